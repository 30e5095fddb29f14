import {
  type ButtonInteraction,
  InteractionResponseType,
  type PermissionsString,
} from 'discord.js';
import type { Turn } from '../answer/conversation.ts';
import type { Command } from '../bot/commands/command.ts';
import { orExplain, requestOf, taken } from './interactions.ts';
import type { Outgoing } from './outgoing.ts';
import { permissionName } from './permissions.ts';
import { renderAnswer } from './render-answer.ts';
import { renderRefusal, renderResult } from './render-result.ts';
import type { RoomParts } from './room.ts';

/**
 * Posts a private answer for all, with buttons of its own; others may look into it from then on. It
 * is shared once: the store tells a second press, and then the button goes. Where it could not be
 * posted, all is as before, and the person is told beside the answer.
 */
export async function share(
  interaction: ButtonInteraction,
  answerId: string,
  parts: RoomParts,
): Promise<void> {
  const update = { type: InteractionResponseType.DeferredMessageUpdate };
  if ((await taken(() => parts.api.respond(interaction, update), parts.log)) !== 'ours') return;
  const tell = (message: Outgoing) =>
    parts.api.followUp(interaction.token, message, { isEphemeral: true });
  await orExplain(() => shareOrTell(interaction, answerId, { parts, tell }), tell, parts);
}

interface Telling {
  readonly parts: RoomParts;
  readonly tell: (message: Outgoing) => Promise<void>;
}

async function shareOrTell(
  interaction: ButtonInteraction,
  answerId: string,
  { parts, tell }: Telling,
): Promise<void> {
  const missing = missingToSpeak(interaction);
  if (missing !== undefined) {
    return tell(renderRefusal(`You may not write here (${permissionName(missing)}).`));
  }
  const run = (kind: 'share' | 'unshare') => {
    const command: Command = { kind, answerId };
    return parts.bot.run({ ...requestOf(interaction), command });
  };
  const result = await run('share');
  if (result.kind !== 'answer') {
    for (const message of renderResult(result)) await tell(message);
    return;
  }
  try {
    await post(interaction, result.turn, parts);
  } catch (error) {
    await run('unshare');
    throw error;
  }
  // Without the button that was pressed.
  const [kept] = renderAnswer(result.turn, { isQuestionShown: true });
  if (kept !== undefined) await parts.api.editOriginal(interaction.token, kept);
}

async function post({ token }: ButtonInteraction, turn: Turn, { api }: RoomParts): Promise<void> {
  for (const message of renderAnswer(turn, { isQuestionShown: true })) {
    await api.followUp(token, message, { isEphemeral: false });
  }
}

function missingToSpeak(interaction: ButtonInteraction): PermissionsString | undefined {
  const right = interaction.channel?.isThread() ? 'SendMessagesInThreads' : 'SendMessages';
  return (interaction.memberPermissions?.has(right) ?? true) ? undefined : right;
}
