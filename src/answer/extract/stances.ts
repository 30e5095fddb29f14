import type { Passage, Retrieval } from '../../retrieval/passage.ts';
import type { Stance } from '../answer.ts';
import { findWrongMeasure } from '../check/check-measures.ts';
import { contextOf } from '../check/evidence.ts';
import { findConflict, takesSides, withoutSides } from '../check/polarity.ts';
import { hasSwappedRoles } from '../check/roles.ts';
import { isSupported } from '../check/support.ts';
import { type DraftSentence, type Quote, quoteText } from '../draft.ts';
import type { DraftStance } from '../model/written.ts';
import { inQuotes } from '../show/in-quotes.ts';
import { scoreSentences } from './sentence-scores.ts';

/** Without a model, nearly all of the claim must stand in the quote. */
const NEARLY_ALL = 0.75;
const ASKING =
  /^\W*(?:is it (?:really )?(?:true|the case)(?: that)?|true or false|fact[- ]check|claim|(?:does|do) (?:the )?(?:evidence|papers|studies) (?:show|agree|support)(?: that)?|i heard(?: that)?)[:,\s]*/i;

/** What is claimed in "is it true that ...?". */
export function claimOf(question: string): string {
  return question
    .replace(ASKING, '')
    .replace(/,?\s*(?:true|right|correct|is that so)?\s*\?+\s*$/i, '')
    .trim();
}

/**
 * Where a quote stands on a claim, as far as rules can tell: a proposal to call it support or
 * contradiction is taken only if the words bear it out, else it is unclear.
 */
export function judgeStance(
  claim: string,
  quote: Quote,
  proposed?: Stance['stance'],
): Stance['stance'] {
  const said = quoteText(quote);
  const isAbout =
    proposed === undefined
      ? isSupported(withoutSides(claim), [said], NEARLY_ALL)
      : isSupported(claim, [said, quote.paper.title]);
  if (!isAbout || proposed === 'unclear' || !takesSides(claim, said)) return 'unclear';
  const isAgainst =
    findConflict(claim, contextOf([quote])) !== undefined ||
    findWrongMeasure(claim, said) !== undefined ||
    hasSwappedRoles(claim, said);
  const seen = isAgainst ? 'contradicts' : 'supports';
  return proposed === undefined || proposed === seen ? seen : 'unclear';
}

/** The stances by rules alone: the sentence of each paper that is nearest to the claim. */
export function extractStances(
  passages: readonly Passage[],
  { retrieval, question }: { readonly retrieval: Retrieval; readonly question: string },
): readonly DraftStance[] {
  const claim = claimOf(question);
  return passages.flatMap((passage) => {
    const quote = scoreSentences(passage, retrieval, question).toSorted(
      (a, b) => b.overlap - a.overlap || b.score - a.score,
    )[0];
    return quote === undefined ? [] : [{ stance: judgeStance(claim, quote), quote }];
  });
}

/** The stances as sentences: a fixed word and the quote. */
export function stanceSentences(stances: readonly DraftStance[]): readonly DraftSentence[] {
  return stances.map(({ stance, quote }) => ({
    text: `${LABELS[stance]}: ${inQuotes(quoteText(quote))}`,
    quotes: [quote],
  }));
}

const LABELS: Readonly<Record<Stance['stance'], string>> = {
  supports: 'Supports it',
  contradicts: 'Contradicts it',
  unclear: 'Near it, but unclear',
};
