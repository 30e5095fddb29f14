import { foldText } from './fold.ts';

/** Negative where `a` is to be preferred to `b`; 0 only for equal values. */
export type Preference<T> = (a: T, b: T) => number;

/** The most preferred value, whatever the order of the values. */
export function preferred<T>(values: readonly [T, ...T[]], order: Preference<T>): T {
  return values.reduce((best, value) => (order(value, best) < 0 ? value : best));
}

/** As `preferred`, of the values that are there; undefined when none is. */
export function preferredOrNone<T>(
  values: readonly (T | undefined)[],
  order: Preference<T>,
): T | undefined {
  const [first, ...others] = values.filter((value) => value !== undefined);
  return first === undefined ? undefined : preferred([first, ...others], order);
}

/** The higher count; undefined when neither is known. */
export function highest(...counts: readonly (number | undefined)[]): number | undefined {
  return preferredOrNone(counts, (a, b) => b - a);
}

/** By code units: the same on every machine, unlike a locale's order. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The longest text first. */
export function byLength(a: string, b: string): number {
  return b.length - a.length || compareText(a, b);
}

/** The longest list of authors first. */
export function byAuthors(a: readonly string[], b: readonly string[]): number {
  return b.length - a.length || compareText(JSON.stringify(a), JSON.stringify(b));
}

/** The best spelled of several titles first: without LaTeX leftovers, with its own letters ("ε"). */
export function bySpelling(a: string, b: string): number {
  const leftovers = Number(a !== foldText(a)) - Number(b !== foldText(b));
  return leftovers || ownLetters(b) - ownLetters(a) || compareText(a, b);
}

function ownLetters(title: string): number {
  return title.match(/[^\p{ASCII}]/gu)?.length ?? 0;
}
