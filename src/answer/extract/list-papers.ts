import type { PaperFilter } from '../../retrieval/paper-index.ts';
import type { Passage, Retrieval } from '../../retrieval/passage.ts';
import { type DraftSentence, framing } from '../draft.ts';
import { hasTopic, type ReadQuestion } from '../read/read-question.ts';
import { compose } from './compose.ts';
import type { DraftedAnswer, DraftRequest } from './draft-answer.ts';
import { headNotes } from './library-notes.ts';

const MAX_LISTED = 8;
const PAPERS_ALONE = /^\W*(?:(?:all|the|any|your)\s+)*(?:papers|abstracts|articles)\W*$/i;

/** One sentence of each of these papers. */
export function listThese(
  passages: readonly Passage[],
  { question, retrieval }: { readonly question: string; readonly retrieval: Retrieval },
): readonly DraftSentence[] {
  const only = { ...retrieval, passages };
  return compose({ intent: 'list', question, passages, retrieval: only });
}

/** Whether a question asks for papers whatever they are about. */
export function asksForAll({ read, history }: DraftRequest): boolean {
  const { intent, filter, unreadDate, question } = read;
  if (read.fixed === 'size') return true;
  const isListing = intent === 'list' || intent === 'count' || PAPERS_ALONE.test(question);
  if (!isListing && (filter ?? unreadDate) === undefined) return false;
  // "List them" leans on what was asked before.
  if (filter === undefined && history.length > 0 && !/\b(?:papers|library)\b/i.test(question))
    return false;
  return !hasTopic(question);
}

/** The papers that a filter leaves, or the library has, counted; the latest or some of them named. */
export function listAll(
  { read: { question, intent, unreadDate, filter: asked }, filter = asked }: DraftRequest,
  retrieval: Retrieval,
): DraftedAnswer {
  const notes = headNotes({ ...(unreadDate !== undefined && { unreadDate }) }, retrieval.filtered);
  const found = retrieval.passages.toSorted((a, b) => dateOf(b).localeCompare(dateOf(a)));
  const passages = found.slice(0, MAX_LISTED).map((passage) => ({ ...passage, score: 1 }));
  const sentences = listThese(passages, { question, retrieval });
  const shown = passages.length === 0 ? '' : ` ${showing(retrieval, filter)}`;
  const head = framing(`${countSentence(retrieval, filter)}${shown}`);
  const listed = intent === 'count' ? 'count' : 'list';
  return { kind: 'answered', intent: listed, sentences: [...notes, head, ...sentences], retrieval };
}

/** How many papers a time in the question leaves, and how many dates are known. */
export function dateCoverage(
  { filter }: Pick<ReadQuestion, 'filter'>,
  retrieval: Retrieval,
): readonly DraftSentence[] {
  return filter === undefined ? [] : [framing(countSentence(retrieval, filter))];
}

function countSentence({ status, filtered }: Retrieval, filter: PaperFilter = {}): string {
  const { papers, dated } = status;
  const left = filtered?.papers ?? papers;
  const known = `the date is known for ${dated} of them`;
  if (!isDated(filter) && filter.sources === undefined) {
    return `My library holds ${papers === 1 ? 'one paper' : `${papers} papers`}; ${known}.`;
  }
  const which = left === 1 ? 'one is' : `${left} are`;
  return isDated(filter)
    ? `Of the ${papers} papers in my library ${which} known to be ${describe(filter)}; ${known}.`
    : `Of the ${papers} papers in my library ${which} ${describe(filter)}.`;
}

/** The latest can only be told where all that is left was looked at. */
function showing({ status, filtered, passages }: Retrieval, filter: PaperFilter = {}): string {
  const left = filtered?.papers ?? status.papers;
  const isAll = passages.length >= left;
  const order = isAll && isDated(filter) ? 'the latest first' : 'in no particular order';
  return left <= MAX_LISTED && isAll
    ? `Here ${left === 1 ? 'it is' : 'they are'}:`
    : `Here are ${Math.min(MAX_LISTED, passages.length)}, ${order}:`;
}

/** What to say where the filter leaves no paper at all. */
export function noneLeft(
  { read, filter = read.filter }: DraftRequest,
  { status, filtered }: Retrieval,
): readonly DraftSentence[] {
  const notes = headNotes(read, filtered);
  const isUnknown = (filtered?.unknownPages?.length ?? 0) > 0;
  if (filter === undefined || (isUnknown && !isDated(filter))) return notes;
  const { papers, dated } = status;
  const which = `None of the ${papers} papers in my library is known to be ${describe(filter)}`;
  return [...notes, framing(`${which}; the date is known for ${dated} of them.`)];
}

/** What a filter lets through, as in "papers of that time". */
function describe({ from, to, sources }: PaperFilter): string {
  const isOfTime = from !== undefined || to !== undefined;
  if (sources === undefined) return 'of that time';
  return isOfTime ? 'of that time and page' : 'from that page';
}

function isDated({ from, to }: PaperFilter): boolean {
  return from !== undefined || to !== undefined;
}

function dateOf({ paper }: Passage): string {
  return paper.date ?? '';
}
