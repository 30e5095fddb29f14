import { foldText } from '../../papers/fold.ts';
import type { Paper } from '../../papers/paper.ts';
import { splitSentences } from '../../papers/sentences.ts';
import type { Acronyms } from '../../retrieval/acronyms.ts';
import type { DraftSentence, Quote } from '../draft.ts';
import { findWrongMeasure } from './check-measures.ts';
import type { Claim } from './claim.ts';
import { findQuote } from './find-quote.ts';
import { findForeignName } from './names.ts';
import { findOverclaim } from './overclaim.ts';
import { findConflict } from './polarity.ts';
import { hasSwappedRoles } from './roles.ts';
import { isSupported } from './support.ts';
import { plainWording } from './wording.ts';

/** A claim that may be shown, with quotes out of the stored abstracts; or why it may not. */
export type CheckedClaim =
  | { readonly kind: 'released'; readonly sentence: DraftSentence }
  | { readonly kind: 'failed'; readonly claim: Claim; readonly reason: string };

export interface CheckContext {
  /** The papers as they were numbered in the prompt: number 1 is the first. */
  readonly papers: readonly Paper[];
  readonly acronyms: Acronyms;
}

/**
 * Checks by rules alone that a sentence may be said: its papers were given, its quotes stand in
 * their abstracts, every number, unit and name in it stands in its evidence, and it does not say the
 * opposite. Takes well under a millisecond.
 */
export function checkClaim(claim: Claim, { papers, acronyms }: CheckContext): CheckedClaim {
  const failed = (reason: string): CheckedClaim => ({ kind: 'failed', claim, reason });
  const wording = plainWording(claim.text, claim.evidence);
  if (wording.kind === 'unfit') return failed(wording.reason);
  const located = locate(claim, papers);
  if (located.kind === 'lost') return failed(located.reason);
  const { text, links } = wording;
  const { quotes } = located;
  const evidence = quotes.map(textOf).join(' ');
  if (links.some((link) => !evidence.includes(link))) return failed('it holds a link of its own');
  const reason = findFault(text, quotes, acronyms);
  if (reason === undefined) return { kind: 'released', sentence: { text, quotes } };
  // A quote cut too short may still stand in a sentence that bears it all out.
  const whole = wholeSentences(quotes);
  return findFault(text, whole, acronyms) === undefined
    ? { kind: 'released', sentence: { text, quotes: whole } }
    : failed(reason);
}

/** Why the quotes do not bear out the sentence, if they do not. */
function findFault(text: string, quotes: readonly Quote[], acronyms: Acronyms): string | undefined {
  const evidence = quotes.map(textOf).join(' ');
  const context = wholeSentences(quotes).map(textOf).map(foldText).join(' ');
  const titles = quotes.map(({ paper }) => paper.title);
  const name = findForeignName(text, { texts: [evidence, ...titles], acronyms });
  return (
    findWrongMeasure(text, evidence) ??
    (name === undefined ? undefined : `"${name}" does not stand in the quote`) ??
    findOverclaim(text, { evidence, context }) ??
    findConflict(text, context) ??
    (hasSwappedRoles(text, evidence) ? 'it turns the comparison round' : undefined) ??
    (isSupported(text, [evidence, ...titles]) ? undefined : 'the quote is about something else')
  );
}

function textOf({ paper, start, end }: Quote): string {
  return paper.abstract.slice(start, end);
}

type Located =
  | { readonly kind: 'found'; readonly quotes: readonly Quote[] }
  | { readonly kind: 'lost'; readonly reason: string };

function locate({ evidence }: Claim, papers: readonly Paper[]): Located {
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

/** The quotes drawn out to the ends of the sentences that they stand in. */
function wholeSentences(quotes: readonly Quote[]): readonly Quote[] {
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
