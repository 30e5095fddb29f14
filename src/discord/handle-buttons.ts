import type { ButtonInteraction, PermissionsString } from 'discord.js';
import type { Command, CommandResult } from '../bot/commands/command.ts';
import { LIMITS } from './components.ts';
import { ACTIONS, type ActionName, readCustomId } from './custom-id.ts';
import { isCode } from './discord-error.ts';
import { plainText } from './escape.ts';
import { renderEvidence } from './evidence-cards.ts';
import { openYears } from './handle-settings.ts';
import { renderHere, replyPrivately, requestOf } from './interactions.ts';
import type { Outgoing } from './outgoing.ts';
import { permissionName } from './permissions.ts';
import { WITH_THREADS } from './read-message.ts';
import { renderRefusal, renderResult } from './render-result.ts';
import type { RoomParts } from './room.ts';
import { share } from './share.ts';

/** Does what a button says. Whether the person may is asked now, never read from the button. */
export async function handleButton(
  interaction: ButtonInteraction,
  parts: RoomParts,
): Promise<void> {
  const { name, id } = readCustomId(interaction.customId);
  const run = (command: Command) => parts.bot.run({ ...requestOf(interaction), command });
  const reply = (work: () => Promise<readonly Outgoing[]>) =>
    replyPrivately(interaction, work, parts);
  const known = Object.values(ACTIONS).find((each) => each === name);
  switch (known satisfies ActionName | undefined) {
    case 'evidence':
      return reply(async () => renderShown(await run({ kind: 'answer', answerId: id })));
    case 'similar':
      return reply(async () => renderResult(await run({ kind: 'similar', paper: id })));
    case 'bibtex':
      return reply(async () =>
        renderHere(interaction, await run({ kind: 'export', answerId: id })),
      );
    case 'good':
    case 'bad': {
      const vote = name === 'good' ? 'up' : 'down';
      return reply(async () => renderResult(await run({ kind: 'feedback', answerId: id, vote })));
    }
    case 'share':
      return share(interaction, id, parts);
    case 'thread':
      return reply(() => openThread(interaction, parts, run({ kind: 'answer', answerId: id })));
    case 'years':
      return openYears(interaction, parts);
    // A list, not a button; or a name of another version.
    case 'setting':
    case undefined:
      return;
  }
}

function renderShown(result: CommandResult): readonly Outgoing[] {
  return result.kind === 'answer' ? renderEvidence(result.turn) : renderResult(result);
}

const FOR_THREADS: PermissionsString[] = ['CreatePublicThreads', 'SendMessagesInThreads'];

/** Opens a thread on the answer: what is asked in it goes on from there. */
async function openThread(
  interaction: ButtonInteraction,
  { api }: RoomParts,
  shown: Promise<CommandResult>,
): Promise<readonly Outgoing[]> {
  const result = await shown;
  if (result.kind !== 'answer') return renderResult(result);
  const theirs = interaction.memberPermissions?.missing('CreatePublicThreads') ?? [];
  if (theirs.length > 0) return [renderRefusal('You may not open threads here.')];
  const ours = interaction.appPermissions.missing(FOR_THREADS);
  if (ours.length > 0) {
    const names = ours.map(permissionName).join(', ');
    return [
      renderRefusal(
        `I may not open a thread here. Whoever manages the server can give me: ${names}.`,
      ),
    ];
  }
  const { channel, channelId, message } = interaction;
  if (channel !== null && !WITH_THREADS.includes(channel.type)) {
    return [
      renderRefusal('A channel of this kind has no threads. Ask on here, or in another one.'),
    ];
  }
  const name = plainText(result.turn.question, LIMITS.threadName);
  try {
    await api.openThread({ channelId, messageId: message.id }, name);
  } catch (error) {
    if (!isCode(error, 'missingAccess', 'missingPermissions')) throw error;
    return [renderRefusal('I may not open a thread here.')];
  }
  return renderResult({ kind: 'text', text: 'The thread is open, below the answer.' });
}
