import { foldText } from '../../papers/fold.ts';
import type { Paper } from '../../papers/paper.ts';
import { splitSentences } from '../../papers/sentences.ts';
import { type Quote, quoteText } from '../draft.ts';
import type { Claim } from './claim.ts';
import { findQuote } from './find-quote.ts';
import { namesIn } from './names.ts';

/** What a sentence, or a part of it, is checked against. */
export interface Evidence {
  /** The quotes, one after the other. */
  readonly text: string;
  /** The whole sentences that the quotes stand in, LaTeX leftovers folded. */
  readonly context: string;
  readonly titles: readonly string[];
  /** What the papers call their own work, in lower case without signs. */
  readonly ownNames: ReadonlySet<string>;
}

export type Located =
  | { readonly kind: 'found'; readonly quotes: readonly Quote[] }
  | { readonly kind: 'lost'; readonly reason: string };

/** Where the quotes of a claim stand in the abstracts of the papers it points to; or which does not. */
export function locate({ evidence }: Claim, papers: readonly Paper[]): Located {
  if (evidence.length === 0) return { kind: 'lost', reason: 'it has no quote' };
  const quotes: Quote[] = [];
  for (const { paper: number, quote } of evidence) {
    const paper = papers[number - 1];
    if (paper === undefined) return { kind: 'lost', reason: `there is no paper [${number}]` };
    const spans = findQuote(quote, paper.abstract);
    if (spans.length === 0) {
      const reason = `the quote does not stand word for word in the abstract of [${number}]`;
      return { kind: 'lost', reason };
    }
    quotes.push(...spans.map((span) => ({ paper, ...span })));
  }
  return { kind: 'found', quotes };
}

/** The evidence of each paper for itself, in the order of the quotes. */
export function evidenceByPaper(quotes: readonly Quote[]): readonly Evidence[] {
  const groups = Map.groupBy(quotes, ({ paper }) => paper.id);
  return [...groups.values()].map((group) => evidenceOf(group));
}

function evidenceOf(quotes: readonly Quote[]): Evidence {
  const papers = [...new Map(quotes.map(({ paper }) => [paper.id, paper])).values()];
  return {
    text: quotes.map(quoteText).join(' '),
    context: contextOf(quotes),
    titles: papers.map(({ title }) => title),
    ownNames: new Set(papers.flatMap((paper) => [...ownNames(paper)])),
  };
}

/** The evidence of several papers as one. */
export function joinEvidence(all: readonly Evidence[]): Evidence {
  const [first] = all;
  if (first !== undefined && all.length === 1) return first;
  return {
    text: all.map(({ text }) => text).join(' '),
    context: all.map(({ context }) => context).join(' '),
    titles: all.flatMap(({ titles }) => titles),
    ownNames: new Set(all.flatMap((one) => [...one.ownNames])),
  };
}

/** The whole sentences that quotes stand in, LaTeX leftovers folded. */
export function contextOf(quotes: readonly Quote[]): string {
  return foldText(wholeSentences(quotes).map(quoteText).join(' '));
}

/** The quotes drawn out to the ends of the sentences that they stand in. */
export function wholeSentences(quotes: readonly Quote[]): readonly Quote[] {
  return quotes.map(({ paper, start, end }) => {
    const spans = splitSentences(paper.abstract).filter(
      (span) => span.start < end && start < span.end,
    );
    return {
      paper,
      start: Math.min(start, spans[0]?.start ?? start),
      end: Math.max(end, spans.at(-1)?.end ?? end),
    };
  });
}

// "We propose FooNet", "a method called FooNet", "our FooNet".
const INTRODUCED =
  /\b(?:(?:propos|introduc|present|describ|develop)(?:e|es|ed|ing|s)?|called|named|dubbed|termed|namely|our)\b((?:\s[^\s.;:()]+){1,6})/giu;
const LONGEST_HEAD = 40;

/** What stands before the colon of the title, and what the abstract says the paper brings. */
function ownNames({ title, abstract }: Paper): ReadonlySet<string> {
  const [head = '', rest] = title.split(':');
  const names = new Set(
    rest === undefined || head.length > LONGEST_HEAD ? [] : namesIn(`x ${head}`),
  );
  for (const [found, behind = ''] of abstract.matchAll(INTRODUCED)) {
    const near = /^our/i.test(found) ? behind.trim().split(' ', 1).join('') : behind;
    const [name] = namesIn(
      `x ${near.split(/,|\s(?:that|which|for|on|to|using|based|over)\s/)[0] ?? ''}`,
    );
    if (name !== undefined) names.add(name);
  }
  return names;
}
