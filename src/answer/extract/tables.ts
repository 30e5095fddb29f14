import type { Passage, Retrieval } from '../../retrieval/passage.ts';
import { type DraftSentence, type Quote, quoteText } from '../draft.ts';
import type { DraftTable } from '../model/written.ts';
import { capital } from '../show/capital.ts';
import { inQuotes } from '../show/in-quotes.ts';
import { APPROACH, askedAspects, FIGURES, sentenceOn } from './aspects.ts';

export const NOT_STATED = 'not stated in the abstract';

const LONGEST_NAME = 40;

/** A comparison by rules: what is asked for, what each paper is about, and its figures. */
export function extractTable(
  columns: readonly Passage[],
  request: { readonly retrieval: Retrieval; readonly question: string },
): DraftTable {
  const names = columns.flatMap(({ mention, paper }) => [...(mention?.names ?? []), paper.title]);
  const aspects = [...askedAspects(request.question, names), APPROACH, FIGURES];
  const used = new Set<string>();
  const rows = aspects.map((aspect) => ({
    aspect,
    cells: columns.map((passage) => unused(sentenceOn(aspect, passage, request), used)),
  }));
  return { columns, rows: rows.filter(({ cells }) => cells.some((cell) => cell !== undefined)) };
}

/** What was already quoted in another row says nothing new here. */
function unused(quote: Quote | undefined, used: Set<string>): Quote | undefined {
  if (quote === undefined) return undefined;
  const key = `${quote.paper.id} ${quote.start}`;
  if (used.has(key)) return undefined;
  used.add(key);
  return quote;
}

/** The rows as sentences, for readers without tables: fixed words and quotes, nothing else. */
export function tableSentences({ columns, rows }: DraftTable): readonly DraftSentence[] {
  return rows.map(({ aspect, cells }) => {
    const parts = cells.map((cell, i) => {
      const name = shortName(columns[i]?.paper.title ?? '');
      return `${name}: ${cell === undefined ? NOT_STATED : inQuotes(quoteText(cell))}`;
    });
    return {
      text: `${capital(aspect)} – ${parts.join('; ')}.`,
      quotes: cells.filter((cell) => cell !== undefined),
    };
  });
}

/** The part of a title before its colon, where it is short. */
export function shortName(title: string): string {
  const [head = title] = title.split(/:\s/);
  return head.length <= LONGEST_NAME ? head : `${head.slice(0, LONGEST_NAME - 1).trimEnd()}…`;
}
