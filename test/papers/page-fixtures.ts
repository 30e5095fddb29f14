import { readFileSync } from 'node:fs';
import type { SavedPage } from '../../src/papers/saved-page.ts';
import { parseSavedPage } from '../../src/papers/saved-page.ts';

/** Reads a text as a page named page.txt. */
export function parse(text: string): SavedPage {
  return parseSavedPage({ page: 'page.txt', text });
}

/** The titles found on a page. */
export function titles(text: string): string[] {
  return parse(text).records.map(({ title }) => title);
}

/** The text without one line, counted from 1. */
export function withoutLine(text: string, number: number): string {
  return text
    .split('\n')
    .toSpliced(number - 1, 1)
    .join('\n');
}

/** A page from the fixtures. */
export function fixture(name: string): string {
  return readFileSync(`test/fixtures/pages/${name}.txt`, 'utf8');
}
