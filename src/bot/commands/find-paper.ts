import type { ConversationId, ConversationStore } from '../../answer/conversation.ts';
import { checkQuestion } from '../../answer/read/check-question.ts';
import { foldTitle } from '../../papers/fold.ts';
import type { Paper, PaperId } from '../../papers/paper.ts';
import { paperId } from '../../papers/paper-id.ts';
import type { PaperIndex } from '../../retrieval/paper-index.ts';
import type { Retriever } from '../../retrieval/retriever.ts';

export interface FindPaperParts {
  readonly index: Pick<PaperIndex, 'papersById'>;
  readonly retriever: Retriever;
  readonly conversations: Pick<ConversationStore, 'turns'>;
}

const ARXIV_ID = /(?:^|[/:\s])(\d{4}\.\d{4,5})(?:v\d+)?(?:\.pdf)?\s*$/i;
const STORED_ID = /^(?:arxiv|title):\S+$/;
const NUMBER = /^\[?(\d{1,2})\]?$/;

/**
 * The paper that a person names: by arXiv id or link, by stored id, by its number in the
 * conversation's last answer, or by its title or name. Undefined when none is meant clearly.
 */
export async function findPaper(
  named: string,
  conversationId: ConversationId | undefined,
  parts: FindPaperParts,
): Promise<Paper | undefined> {
  const text = checkQuestion(named).replace(/^["“]|["”]$/g, '');
  const [, number] = NUMBER.exec(text) ?? [];
  if (number !== undefined) return byNumber(Number(number), conversationId, parts);
  const id = idIn(text);
  if (id !== undefined) return (await parts.index.papersById([id]))[0]?.paper;
  return byName(text, parts);
}

function idIn(text: string): PaperId | undefined {
  const [, arxivId] = ARXIV_ID.exec(text) ?? [];
  if (arxivId !== undefined) return paperId({ arxivId, title: '' });
  // Only looked up: an id that was not built by us finds nothing.
  return STORED_ID.test(text) ? (text as PaperId) : undefined;
}

async function byNumber(
  n: number,
  conversationId: ConversationId | undefined,
  { conversations }: FindPaperParts,
): Promise<Paper | undefined> {
  if (conversationId === undefined) return undefined;
  const turns = await conversations.turns(conversationId);
  const last = turns.findLast(({ answer }) => answer.citations.length > 0);
  const cited = last?.answer.citations.find((citation) => citation.n === n);
  return last?.papers.find(({ id }) => id === cited?.paperId);
}

async function byName(text: string, { retriever }: FindPaperParts): Promise<Paper | undefined> {
  const { passages } = await retriever.retrieve({ question: text, limit: 10 });
  const key = foldTitle(text);
  const titled = passages.find(({ paper }) => foldTitle(paper.title) === key);
  return (titled ?? passages.find(({ mention }) => mention !== undefined))?.paper;
}
