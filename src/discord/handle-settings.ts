import {
  type ButtonInteraction,
  InteractionResponseType,
  type MessageComponentInteraction,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js';
import {
  type ChannelSettings,
  type PaperChoice,
  WHOLE_WORKSPACE,
} from '../bot/channel-settings.ts';
import type { CommandResult, SettingsScope } from '../bot/commands/command.ts';
import type { SettingFlag } from '../bot/setting-labels.ts';
import { readCustomId } from './custom-id.ts';
import { orApologise, placeOf, requestOf, taken } from './interactions.ts';
import type { Outgoing } from './outgoing.ts';
import { renderRefusal } from './render-result.ts';
import type { RoomParts } from './room.ts';
import { FIELDS, renderProblem, renderSettings, renderYearsForm } from './settings-card.ts';

type Change = Partial<ChannelSettings>;

/** Somebody chose from a list of the settings. Whether they may is asked of Discord now. */
export function handleSettingChosen(
  interaction: StringSelectMenuInteraction,
  parts: RoomParts,
): Promise<void> {
  const [name = '', where] = readCustomId(interaction.customId).id.split('.');
  const scope = scopeIn(where);
  const field = FIELDS.find((each) => each === name);
  return change(interaction, scope, parts, (settings) => {
    const { values } = interaction;
    switch (field) {
      case 'answerMode':
        // One of ours unless somebody forged the list; then the bot refuses it.
        return { answerMode: values[0] as ChannelSettings['answerMode'] };
      case 'flags':
        return flagsOf(values);
      case 'sources':
        return { papers: withSources(settings.papers, values) };
      case undefined:
        return {};
    }
  });
}

/** Opens the form for years; a form has to be the first answer, so it waits for one look-up only. */
export async function openYears(interaction: ButtonInteraction, parts: RoomParts): Promise<void> {
  const scope = scopeIn(readCustomId(interaction.customId).id);
  const form = renderYearsForm(await settingsThere(interaction, scope, parts), scope);
  await taken(() => parts.api.respond(interaction, form), parts.log);
}

/** Somebody sent the form for years. */
export function handleYears(interaction: ModalSubmitInteraction, parts: RoomParts): Promise<void> {
  const scope = scopeIn(readCustomId(interaction.customId).id);
  return change(interaction, scope, parts, ({ papers: { sources } }) => ({
    papers: {
      ...(sources !== undefined && { sources }),
      ...yearIn(interaction, 'fromYear'),
      ...yearIn(interaction, 'toYear'),
    },
  }));
}

async function change(
  interaction: MessageComponentInteraction | ModalSubmitInteraction,
  scope: SettingsScope,
  parts: RoomParts,
  changeOf: (settings: ChannelSettings) => Change,
): Promise<void> {
  const update = { type: InteractionResponseType.DeferredMessageUpdate };
  if ((await taken(() => parts.api.respond(interaction, update), parts.log)) !== 'ours') return;
  await orApologise(
    interaction,
    async () => {
      const request = requestOf(interaction);
      const wanted = changeOf(await settingsThere(interaction, scope, parts));
      const command = { kind: 'change-settings', change: wanted, scope } as const;
      const result = await parts.bot.run({ ...request, command });
      const now =
        result.kind === 'settings'
          ? result
          : await parts.bot.run({ ...request, command: { kind: 'settings', scope } });
      await parts.api.editOriginal(interaction.token, render(result, now));
    },
    parts,
  );
}

function render(result: CommandResult, now: CommandResult): Outgoing {
  if (now.kind !== 'settings') return renderRefusal('The settings cannot be shown.');
  const card = renderSettings(now);
  return result.kind === 'refused' ? renderProblem(result.text, card) : card;
}

/** Those that a list or form shows: of one channel, or of all without their own. */
async function settingsThere(
  interaction: MessageComponentInteraction | ModalSubmitInteraction,
  scope: SettingsScope,
  { bot }: RoomParts,
): Promise<ChannelSettings> {
  const { workspaceId, channelId } = placeOf(interaction);
  const place = scope === 'workspace' ? WHOLE_WORKSPACE : channelId;
  return bot.settingsIn({ platform: 'discord', workspaceId, channelId: place });
}

function flagsOf(values: readonly string[]): Readonly<Record<SettingFlag, boolean>> {
  return {
    followUps: values.includes('followUps'),
    isPrivate: values.includes('isPrivate'),
    isMuted: values.includes('isMuted'),
  };
}

function withSources({ sources: _, ...years }: PaperChoice, chosen: readonly string[]) {
  return chosen.length === 0 ? years : { ...years, sources: [...chosen] };
}

/** Not checked here: the bot checks what comes from a form. */
function yearIn({ fields }: ModalSubmitInteraction, name: 'fromYear' | 'toYear') {
  const written = fields.getTextInputValue(name).trim();
  return written === '' ? {} : { [name]: Number(written) };
}

function scopeIn(word: string | undefined): SettingsScope {
  return word === 'workspace' ? 'workspace' : 'channel';
}
