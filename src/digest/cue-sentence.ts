import { isCue, tellsOwnWork } from '../answer/extract/sentence-scores.ts';
import { type SentenceSpan, splitSentences } from '../papers/sentences.ts';
import type { Candidate } from './candidate.ts';
import type { Summary } from './digest.ts';

const CUE = 0.5;
const OWN_WORK = 0.3;
const OPENING = 0.25;
/** Characters; what is longer tells less at a glance. */
const COMFORTABLE = 260;
const TOO_LONG = 0.3;
const TOO_SHORT = 50;

/**
 * The sentence of the abstract that says best what the paper brings: "we propose", near the topic,
 * of a length to be read in passing. It stands as it is in the abstract.
 */
export function cueSentence(
  { paper }: Pick<Candidate, 'paper'>,
  nearness: readonly number[] = [],
): Summary {
  const { abstract } = paper;
  const spans = splitSentences(abstract);
  const worth = (span: SentenceSpan, i: number) => {
    const text = abstract.slice(span.start, span.end);
    return (
      (nearness[i] ?? 0) +
      (isCue(text) ? CUE : 0) +
      (tellsOwnWork(text) ? OWN_WORK : 0) -
      (i === 0 && spans.length > 1 ? OPENING : 0) -
      TOO_LONG * Math.max(0, text.length / COMFORTABLE - 1) -
      (text.length < TOO_SHORT ? OPENING : 0)
    );
  };
  const best = spans
    .map((span, i) => ({ span, worth: worth(span, i) }))
    .toSorted((a, b) => b.worth - a.worth)[0]?.span;
  if (best === undefined) return { by: 'abstract', sentences: [] };
  const quote = abstract.slice(best.start, best.end);
  return { by: 'abstract', sentences: [{ text: quote, evidence: [{ quote, ...best }] }] };
}
