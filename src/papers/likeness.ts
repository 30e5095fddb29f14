import { foldText } from './fold.ts';

const LEAST_LETTERS = 4;

/**
 * The share, 0 to 1, of the longer words of the shorter text that the other has too: 1 for a text
 * that was cut short. 0 where one has no such words.
 */
export function likeness(one: string, other: string): number {
  if (one === other) return 1;
  const [few, many] = [wordsOf(one), wordsOf(other)].sort((a, b) => a.size - b.size);
  if (few === undefined || many === undefined || few.size === 0) return 0;
  const shared = [...few].filter((word) => many.has(word)).length;
  return shared / few.size;
}

function wordsOf(text: string): ReadonlySet<string> {
  const words =
    foldText(text)
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.filter((word) => word.length >= LEAST_LETTERS));
}
