import type { MessageContextMenuCommandInteraction, ModalSubmitInteraction } from 'discord.js';
import { FORMS, readCustomId } from './custom-id.ts';
import { ask } from './handle-ask.ts';
import { handleYears } from './handle-settings.ts';
import { taken } from './interactions.ts';
import { readText } from './message-text.ts';
import type { RoomParts } from './room.ts';
import { renderAskForm } from './settings-card.ts';

/** Opens the form for a question about a message; a form has to be the first answer. */
export async function openAskForm(
  interaction: MessageContextMenuCommandInteraction,
  parts: RoomParts,
): Promise<void> {
  const { text } = readText(interaction.targetMessage.content, parts.self.userId);
  await taken(() => parts.api.respond(interaction, renderAskForm(text)), parts.log);
}

/** Takes in a form that somebody sent. What a menu asked is answered to its asker alone. */
export async function handleForm(
  interaction: ModalSubmitInteraction,
  parts: RoomParts,
): Promise<void> {
  const { name } = readCustomId(interaction.customId);
  if (name === FORMS.years) return handleYears(interaction, parts);
  if (name !== FORMS.ask) return;
  const text = interaction.fields.getTextInputValue('question');
  return ask(interaction, { text, isPrivate: true }, parts);
}
