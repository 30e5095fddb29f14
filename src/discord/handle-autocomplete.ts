import { type AutocompleteInteraction, InteractionResponseType } from 'discord.js';
import { within } from '../llm/time-limit.ts';
import { LIMITS } from './components.ts';
import { plainText } from './escape.ts';
import { placeOf } from './interactions.ts';
import type { RoomParts } from './room.ts';

/** Discord waits three seconds; a list that comes late is of no use. */
const PATIENCE_MS = 1_500;

/** Offers titles while somebody types; what they choose is the paper's id. */
export async function offerTitles(
  interaction: AutocompleteInteraction,
  { bot, api, log }: RoomParts,
): Promise<void> {
  const { workspaceId, channelId } = placeOf(interaction);
  const place = { platform: 'discord', workspaceId, channelId } as const;
  const words = interaction.options.getFocused();
  const found = await within(PATIENCE_MS, () => bot.titles(words, place, LIMITS.options)).catch(
    (err: unknown) => {
      log.warn('discord.titles-not-found', { err });
      return [];
    },
  );
  const choices = found
    .filter(({ id }) => id.length <= LIMITS.option)
    .map(({ id, title }) => ({ name: plainText(title, LIMITS.option), value: id }));
  const type = InteractionResponseType.ApplicationCommandAutocompleteResult;
  await api.respond(interaction, { type, data: { choices } });
}
