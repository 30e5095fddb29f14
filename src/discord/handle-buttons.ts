import {
  type ButtonInteraction,
  InteractionResponseType,
  type PermissionsString,
} from 'discord.js';
import type { Command, CommandResult } from '../bot/commands/command.ts';
import { LIMITS } from './components.ts';
import { ACTIONS, type ActionName, readCustomId } from './custom-id.ts';
import { isCode } from './discord-error.ts';
import { plainText } from './escape.ts';
import { renderEvidence } from './evidence-cards.ts';
import { openYears } from './handle-settings.ts';
import { orApologise, renderHere, replyPrivately, requestOf, taken } from './interactions.ts';
import type { Outgoing } from './outgoing.ts';
import { permissionName } from './permissions.ts';
import { renderAnswer } from './render-answer.ts';
import { renderRefusal, renderResult } from './render-result.ts';
import type { RoomParts } from './room.ts';

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
      return share(interaction, () => run({ kind: 'answer', answerId: id }), parts);
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

/** Shows a private answer to all; then the button is gone, since a second press would share it twice. */
async function share(
  interaction: ButtonInteraction,
  find: () => Promise<CommandResult>,
  parts: RoomParts,
): Promise<void> {
  const { token } = interaction;
  const update = { type: InteractionResponseType.DeferredMessageUpdate };
  if ((await taken(() => parts.api.respond(interaction, update), parts.log)) !== 'ours') return;
  const tell = (message: Outgoing, isEphemeral: boolean) =>
    parts.api.followUp(token, message, { isEphemeral });
  await orApologise(
    interaction,
    async () => {
      const result = await find();
      const problem = whyNotShared(interaction, result);
      if (result.kind !== 'answer' || problem !== undefined) {
        return tell(renderRefusal(problem ?? 'There is no answer.'), true);
      }
      const [kept] = renderAnswer(result.turn, { isQuestionShown: true });
      if (kept !== undefined) await parts.api.editOriginal(token, kept);
      for (const message of renderAnswer(result.turn, { isQuestionShown: true, isShared: true })) {
        await tell(message, false);
      }
    },
    parts,
  );
}

function whyNotShared(interaction: ButtonInteraction, result: CommandResult): string | undefined {
  if (result.kind !== 'answer') return 'text' in result ? result.text : 'There is no answer.';
  const right: PermissionsString = interaction.channel?.isThread()
    ? 'SendMessagesInThreads'
    : 'SendMessages';
  const maySpeak = interaction.memberPermissions?.has(right) ?? true;
  return maySpeak ? undefined : `You may not write here (${permissionName(right)}).`;
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
  const { channelId, message } = interaction;
  const name = plainText(result.turn.question, LIMITS.threadName);
  try {
    await api.openThread({ channelId, messageId: message.id }, name);
  } catch (error) {
    if (!isCode(error, 'missingAccess', 'missingPermissions')) throw error;
    return [renderRefusal('I may not open a thread here.')];
  }
  return renderResult({ kind: 'text', text: 'The thread is open, below the answer.' });
}
