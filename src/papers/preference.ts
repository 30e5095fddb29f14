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

/** The longest text first; white space that is only wider does not make a text longer. */
export function byLength(a: string, b: string): number {
  return foldSpace(b).length - foldSpace(a).length || compareText(a, b);
}

/** Whether `text` is the beginning of `whole` and not all of it; white space does not count. */
export function isCutShort(text: string, whole: string): boolean {
  const [head, all] = [foldSpace(text), foldSpace(whole)];
  return head.length < all.length && all.startsWith(head);
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

function foldSpace(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function ownLetters(title: string): number {
  return title.match(/[^\p{ASCII}]/gu)?.length ?? 0;
}
