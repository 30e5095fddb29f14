import type { Paper } from '../../papers/paper.ts';
import type { Acronyms } from '../../retrieval/acronyms.ts';
import { type DraftSentence, type Quote, quoteText } from '../draft.ts';
import type { Claim } from './claim.ts';
import { evidenceByPaper, locate, wholeSentences } from './evidence.ts';
import { findFault } from './find-fault.ts';
import { asWritten } from './known-names.ts';
import { isForeignLink } from './links.ts';
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
 * their abstracts, every number, unit and name in it stands in the evidence of the paper it speaks
 * of, and it does not say the opposite. Takes about a millisecond.
 */
export function checkClaim(claim: Claim, { papers, acronyms }: CheckContext): CheckedClaim {
  const failed = (reason: string): CheckedClaim => ({ kind: 'failed', claim, reason });
  const wording = plainWording(claim.text, claim.evidence);
  if (wording.kind === 'unfit') return failed(wording.reason);
  const located = locate(claim, papers);
  if (located.kind === 'lost') return failed(located.reason);
  const { text, links } = wording;
  const { quotes } = located;
  const quoted = quotes.map(quoteText).join(' ');
  const known = [quoted, ...quotes.map(({ paper }) => paper.title)].join(' ');
  if (links.some((link) => isForeignLink(link, known))) return failed('it holds a link of its own');
  const said = asWritten(text, { papers, evidence: known });
  const reason = findFault(said, evidenceByPaper(quotes), acronyms);
  if (reason === undefined) return { kind: 'released', sentence: { text, quotes } };
  // A quote cut too short may still stand in a sentence that bears it all out.
  const whole = wholeSentences(quotes);
  if (isSame(whole, quotes)) return failed(reason);
  return findFault(said, evidenceByPaper(whole), acronyms) === undefined
    ? { kind: 'released', sentence: { text, quotes: whole } }
    : failed(reason);
}

function isSame(one: readonly Quote[], other: readonly Quote[]): boolean {
  return one.every(({ start, end }, i) => start === other[i]?.start && end === other[i]?.end);
}
