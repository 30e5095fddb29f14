import type { ConversationStore } from '../../answer/conversation.ts';
import type { PaperIndex } from '../../retrieval/paper-index.ts';
import type { FeedbackStore } from '../feedback.ts';
import type { Health } from '../health.ts';
import type { AskedQuestions, QuestionQueue } from '../question-queue.ts';
import { exportBibtex, shareAnswer, storedAnswer, vote } from './answer-commands.ts';
import { changeSettings, type SettingsParts, showSettings } from './change-settings.ts';
import type { CommandRequest, CommandResult } from './command.ts';
import { type DigestParts, runDigest } from './digest-command.ts';
import type { FindPaperParts } from './find-paper.ts';
import { help } from './help.ts';
import { search, show, similar } from './paper-commands.ts';
import { showStatus } from './status.ts';

export interface CommandParts extends FindPaperParts, SettingsParts, DigestParts {
  readonly index: Pick<PaperIndex, 'papersById' | 'pages' | 'status' | 'count'>;
  readonly conversations: ConversationStore;
  readonly feedback: FeedbackStore;
  readonly asked: AskedQuestions;
  readonly queue: Pick<QuestionQueue, 'load'>;
  readonly health: Pick<Health, 'report'>;
  readonly now: () => Date;
}

const SHOWN_QUESTIONS = 10;

/** Does what was asked, if it is permitted. Doing it twice is the same as doing it once. */
export async function runCommand(
  request: CommandRequest,
  parts: CommandParts,
): Promise<CommandResult> {
  const { command } = request;
  switch (command.kind) {
    case 'help':
      return help({
        papers: (await parts.index.status()).papers,
        instead: command.instead,
        hasDigests: parts.digests?.[request.platform] !== undefined,
      });
    case 'search':
      return search(request, command.words, parts);
    case 'similar':
      return similar(request, command.paper, parts);
    case 'show':
      return show(request, command.paper, parts);
    case 'status':
      return showStatus(request, parts);
    case 'export':
      return exportBibtex(request, command, parts);
    case 'answer':
      return storedAnswer(request, command.answerId, parts);
    case 'share':
    case 'unshare':
      return shareAnswer(request, command, parts);
    case 'settings':
      return showSettings(request, command.scope ?? 'channel', parts);
    case 'change-settings':
      return changeSettings(request, command, parts);
    case 'mute':
    case 'unmute':
      return mute(request, command.kind === 'mute', parts);
    case 'forget':
      return forget(request, parts);
    case 'feedback':
      return vote(request, command, parts);
    case 'recent':
      return recent(request, parts);
    case 'digest':
      return runDigest(request, command.command, parts);
  }
}

async function mute(
  { conversationId }: CommandRequest,
  isMuted: boolean,
  { settings }: CommandParts,
): Promise<CommandResult> {
  if (conversationId === undefined) {
    return { kind: 'refused', text: 'Say this in a thread: it is for that thread.' };
  }
  await settings.muteThread(conversationId, isMuted);
  return {
    kind: 'text',
    text: isMuted
      ? 'I keep quiet in this thread unless I am mentioned.'
      : 'I take questions in this thread again.',
  };
}

async function forget(
  { platform, workspaceId, author }: CommandRequest,
  { asked }: CommandParts,
): Promise<CommandResult> {
  const gone = await asked.forget({ platform, workspaceId, authorId: author.id });
  const what = gone === 1 ? 'one question' : `${gone} questions`;
  return { kind: 'text', text: `I have forgotten ${what} of yours, with the answers.` };
}

/** Questions asked elsewhere are shown to nobody but their asker. */
async function recent(
  { platform, workspaceId, channelId, author, isPrivate }: CommandRequest,
  { asked }: CommandParts,
): Promise<CommandResult> {
  const asker = { platform, workspaceId, authorId: author.id, ...(!isPrivate && { channelId }) };
  return { kind: 'recent', questions: await asked.recent(asker, SHOWN_QUESTIONS) };
}
