import type { ConversationStore, Turn } from '../../answer/conversation.ts';
import type { Paper } from '../../papers/paper.ts';
import type { FeedbackStore } from '../feedback.ts';
import type { AskedQuestions } from '../question-queue.ts';
import { renderBibtex } from './bibtex.ts';
import type { Command, CommandRequest, CommandResult } from './command.ts';

export interface AnswerCommandParts {
  readonly conversations: Pick<ConversationStore, 'turns' | 'turnByAnswer'>;
  readonly asked: Pick<AskedQuestions, 'placeOfAnswer' | 'share'>;
  readonly feedback: Pick<FeedbackStore, 'put'>;
  readonly now: () => Date;
}

/** The papers that an answer, or the conversation so far, cites. */
export async function exportBibtex(
  request: CommandRequest,
  { answerId }: Command & { kind: 'export' },
  parts: AnswerCommandParts,
): Promise<CommandResult> {
  if (answerId !== undefined) {
    const shown = await turnShown(request, answerId, parts);
    return shown === undefined ? answerGone() : bibtexOf([shown.turn], shown.isPrivate);
  }
  const { conversationId, isPrivate } = request;
  if (conversationId === undefined) {
    return {
      kind: 'refused',
      text: 'Say “export” in the thread of an answer, or press the button for BibTeX below one.',
    };
  }
  return bibtexOf(await parts.conversations.turns(conversationId), isPrivate);
}

function bibtexOf(turns: readonly Turn[], isPrivate: boolean): CommandResult {
  const papers = citedPapers(turns);
  if (papers.length === 0) return { kind: 'refused', text: 'No paper is cited here yet.' };
  const text = papers.length === 1 ? 'One paper as BibTeX.' : `${papers.length} papers as BibTeX.`;
  return { kind: 'file', name: 'papers.bib', content: renderBibtex(papers), text, isPrivate };
}

function citedPapers(turns: readonly Turn[]): readonly Paper[] {
  const cited = turns.flatMap(({ answer, papers }) => {
    const ids = new Set(answer.citations.map(({ paperId }) => paperId));
    return papers.filter(({ id }) => ids.has(id));
  });
  return [...new Map(cited.map((paper) => [paper.id, paper])).values()];
}

/** A stored answer with its evidence. */
export async function storedAnswer(
  request: CommandRequest,
  answerId: string,
  parts: AnswerCommandParts,
): Promise<CommandResult> {
  const shown = await turnShown(request, answerId, parts);
  return shown === undefined ? answerGone() : { kind: 'answer', ...shown };
}

/** Lets all who see the channel see a private answer; its asker alone may do that, once. */
export async function shareAnswer(
  request: CommandRequest,
  { kind, answerId }: Command & { kind: 'share' | 'unshare' },
  parts: AnswerCommandParts,
): Promise<CommandResult> {
  const { author, channelId } = request;
  const place = await parts.asked.placeOfAnswer(answerId);
  const shown = await turnShown(request, answerId, parts);
  if (place === undefined || shown === undefined || place.authorId !== author.id) {
    return answerGone();
  }
  if (place.channelId !== channelId) {
    return { kind: 'refused', text: 'I can share it only in the channel where it was asked.' };
  }
  const isShared = kind === 'share';
  if (!(await parts.asked.share(answerId, isShared)) && isShared) {
    return { kind: 'refused', text: 'Everybody in this channel can see that answer already.' };
  }
  return { kind: 'answer', turn: shown.turn, isPrivate: !isShared };
}

/** Keeps what somebody thinks of an answer; a later vote replaces it. */
export async function vote(
  request: CommandRequest,
  { answerId, vote }: Command & { kind: 'feedback' },
  parts: AnswerCommandParts,
): Promise<CommandResult> {
  if ((await turnShown(request, answerId, parts)) === undefined) return answerGone();
  const { platform, author } = request;
  const at = parts.now().toISOString();
  await parts.feedback.put({ answerId, platform, authorId: author.id, vote, at });
  return { kind: 'text', text: 'Thank you, I have noted that.' };
}

/** An answer is shown where it was given or shared, and a private one to its asker only, anywhere. */
async function turnShown(
  { platform, workspaceId, channelId, author }: CommandRequest,
  answerId: string,
  { asked, conversations }: AnswerCommandParts,
): Promise<{ readonly turn: Turn; readonly isPrivate: boolean } | undefined> {
  const place = await asked.placeOfAnswer(answerId);
  const isHere =
    place?.platform === platform &&
    (place.isPrivate
      ? place.authorId === author.id
      : place.workspaceId === workspaceId && place.channelId === channelId);
  const turn = isHere ? await conversations.turnByAnswer(answerId) : undefined;
  return turn && { turn, isPrivate: place?.isPrivate ?? false };
}

function answerGone(): CommandResult {
  return { kind: 'refused', text: 'That answer is not here any more.' };
}
