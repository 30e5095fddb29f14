import { foldText } from '../../papers/fold.ts';
import { splitSentences } from '../../papers/sentences.ts';
import { analyse, isStopWord, toTerm, words } from '../../retrieval/analyzer.ts';
import { wordsThatName } from './names.ts';
import { createHolder, isGeneral } from './support.ts';

const ALIGNED = 0.6;
const POSSESSIVE = /['’]s\b/g;
const MOST_WORDS = 60;
// Words that carry little, and numbers, which have a check of their own.
const LIGHT: ReadonlySet<string> = new Set(
  analyse(
    `take go run ran gain unlike different underlying far live put place get keep still thus
    hence even also further well two three four five six seven eight nine ten twice fold million
    billion feed target go goes going give really quite indeed given part way case name author mean lead come thing just
    only out so while however`,
  ),
);

/**
 * Why a sentence that follows one of its evidence nearly word for word has a word of its own where
 * that has another, or undefined: such a word must stand in the evidence, share a stem with a word
 * there, or be a synonym.
 */
export function findExchanged(
  sentence: string,
  { context, whole }: { readonly context: string; readonly whole: string },
): string | undefined {
  const said = words(foldText(sentence).replace(POSSESSIVE, '')).slice(0, MOST_WORDS);
  const holder = createHolder([whole]);
  const names = new Set(wordsThatName(sentence).flatMap(words));
  const own = said.filter((word) => isOwn(word) && !names.has(word) && !holder.has(toTerm(word)));
  if (own.length === 0) return undefined;
  for (const { start, end } of splitSentences(context)) {
    const held = words(context.slice(start, end));
    const matched = longestCommon(said.map(toTerm), held.map(toTerm));
    if (matched >= said.length * ALIGNED) return `the evidence does not say "${own[0]}"`;
  }
  return undefined;
}

function isOwn(word: string): boolean {
  return (
    !isStopWord(word) && !/\d/.test(word) && !isGeneral(toTerm(word)) && !LIGHT.has(toTerm(word))
  );
}

/** The length of the longest run of words that both have in the same order, gaps allowed. */
function longestCommon(one: readonly string[], other: readonly string[]): number {
  let row = new Uint8Array(other.length + 1);
  for (const word of one) {
    const next = new Uint8Array(other.length + 1);
    for (const [i, held] of other.entries()) {
      next[i + 1] = word === held ? (row[i] ?? 0) + 1 : Math.max(row[i + 1] ?? 0, next[i] ?? 0);
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
