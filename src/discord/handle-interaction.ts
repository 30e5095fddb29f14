import type { Interaction } from 'discord.js';
import { COMMANDS } from './custom-id.ts';
import { ask } from './handle-ask.ts';
import type { RoomParts } from './room.ts';

/** Does what somebody called, pressed, chose or sent. */
export async function handleInteraction(interaction: Interaction, parts: RoomParts): Promise<void> {
  if (interaction.isChatInputCommand() && interaction.commandName === COMMANDS.ask) {
    const isPrivate = interaction.options.getBoolean('private') ?? undefined;
    const text = interaction.options.getString('question', true);
    return ask(interaction, { text, ...(isPrivate !== undefined && { isPrivate }) }, parts);
  }
}
