import type { Filtered } from '../../retrieval/passage.ts';
import { type DraftSentence, framing } from '../draft.ts';
import type { ReadQuestion } from '../read/read-question.ts';
import { inQuotes } from '../show/in-quotes.ts';

const MAX_PAGES = 8;

/** What must be said before an answer: which part of the question's date or pages was not understood. */
export function headNotes(
  { unreadDate }: Pick<ReadQuestion, 'unreadDate'>,
  filtered: Filtered | undefined,
): readonly DraftSentence[] {
  const notes = [
    unreadDate === undefined ? undefined : dateNote(unreadDate),
    filtered === undefined ? undefined : pageNote(filtered),
  ];
  return notes.filter((note) => note !== undefined).map(framing);
}

/** What to say of a time in a question that could not be read. */
function dateNote(unread: string): string {
  return `I can't read ${inQuotes(unread)} as a date; write a time as 2024, March 2024 or 2024-03-31.`;
}

/** What to say where a page was asked for that there is not; undefined where all are known. */
export function pageNote({ unknownPages = [], pages = [] }: Filtered): string | undefined {
  if (unknownPages.length === 0) return undefined;
  const unknown = unknownPages.map(inQuotes).join(', ');
  const missing = `My library has no page named ${unknown}`;
  if (pages.length === 0) return `${missing}; it holds none yet.`;
  const shown = pages.slice(0, MAX_PAGES).map(inQuotes).join(', ');
  const rest = pages.length > MAX_PAGES ? ` and ${pages.length - MAX_PAGES} more` : '';
  return `${missing}; the pages are ${shown}${rest}.`;
}
