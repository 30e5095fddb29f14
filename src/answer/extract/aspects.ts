import { analyse } from '../../retrieval/analyzer.ts';
import type { Passage, Retrieval } from '../../retrieval/passage.ts';
import type { Quote } from '../draft.ts';
import { carriesNumber } from '../read/asked-value.ts';
import { isCue, type ScoredSentence, scoreSentences } from './sentence-scores.ts';

/** The row that says what each paper is about, and the one with its figures. */
export const APPROACH = 'approach';
export const FIGURES = 'figures';

// Rows that no word of the abstract needs to name.
const APPROACH_WORDS =
  /^(?:approach|method|methods|idea|main idea|contribution|goal|task|problem|model|architecture|design|technique)s?$/i;
const FIGURE_WORDS = /^(?:figures?|numbers?)$/i;
const RESULT_WORDS = /^(?:results?|performance|findings?|outcome|gains?|improvements?)$/i;
const FINDING =
  /\b(?:outperform|achiev|improv|demonstrat|results? show|superior|better than|state-of-the-art|effective|reduc|speed)\w*/i;

/**
 * The sentence in which an abstract speaks of an aspect, or nothing where none does: for the
 * approach the first that says what is new, for figures the best with a number, for results that or
 * what was found, else the best of those that share a word with the aspect.
 */
export function sentenceOn(
  aspect: string,
  passage: Passage,
  { retrieval, question }: { readonly retrieval: Retrieval; readonly question: string },
): Quote | undefined {
  const sentences = scoreSentences(passage, retrieval, `${question} ${aspect}`);
  if (APPROACH_WORDS.test(aspect)) return sentences.find(({ text }) => isCue(text));
  const best = (fits: (sentence: ScoredSentence) => boolean) =>
    sentences.filter(fits).toSorted((a, b) => b.score - a.score)[0];
  const withNumber = () => best(({ text }) => carriesNumber(text));
  if (FIGURE_WORDS.test(aspect)) return withNumber();
  if (RESULT_WORDS.test(aspect)) return withNumber() ?? best(({ text }) => FINDING.test(text));
  const stems = new Set(analyse(aspect));
  return best(({ terms }) => terms.some((term) => stems.has(term)));
}

const MAX_ASPECTS = 3;
// Words of comparing itself.
const COMPARING = new Set(
  analyse(
    `compare compared comparison comparing difference different differ versus vs between better best
    worse faster slower cheaper same idea thing new each later first second pros cons trade-off
    against contrast main use using paper model method approach`,
  ),
);

/** What a comparison asks about besides the names compared, as typed. */
export function askedAspects(question: string, names: readonly string[]): readonly string[] {
  const named = new Set(names.flatMap((name) => [...analyse(name)]));
  const words = question.match(/\p{L}[\p{L}-]{2,}/gu) ?? [];
  const asked = words.filter((word) => {
    const terms = analyse(word);
    return (
      terms.length > 0 &&
      terms.every((term) => !named.has(term) && !COMPARING.has(term)) &&
      !names.some((name) => name.includes(word.toLowerCase()))
    );
  });
  return [...new Set(asked.map((word) => word.toLowerCase()))].slice(0, MAX_ASPECTS);
}
