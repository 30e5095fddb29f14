import type { Interaction } from 'discord.js';
import { COMMANDS } from './custom-id.ts';
import { ask } from './handle-ask.ts';
import { offerTitles } from './handle-autocomplete.ts';
import { handleButton } from './handle-buttons.ts';
import { handleForm, openAskForm } from './handle-forms.ts';
import { handlePapers } from './handle-papers.ts';
import { handleSettingChosen } from './handle-settings.ts';
import type { RoomParts } from './room.ts';

/** Does what somebody called, pressed, chose or sent; what is not ours is passed over. */
export async function handleInteraction(interaction: Interaction, parts: RoomParts): Promise<void> {
  if (interaction.isAutocomplete()) return offerTitles(interaction, parts);
  if (interaction.isButton()) return handleButton(interaction, parts);
  if (interaction.isStringSelectMenu()) return handleSettingChosen(interaction, parts);
  if (interaction.isModalSubmit()) return handleForm(interaction, parts);
  if (interaction.isMessageContextMenuCommand()) return openAskForm(interaction, parts);
  if (!interaction.isChatInputCommand()) return;
  if (interaction.commandName === COMMANDS.papers) return handlePapers(interaction, parts);
  if (interaction.commandName !== COMMANDS.ask) return;
  const isPrivate = interaction.options.getBoolean('private') ?? undefined;
  const text = interaction.options.getString('question', true);
  return ask(interaction, { text, ...(isPrivate !== undefined && { isPrivate }) }, parts);
}
