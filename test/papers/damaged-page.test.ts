import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FootnoteError } from '../../src/errors.ts';
import type { SavedPage } from '../../src/papers/saved-page.ts';
import { parseSavedPage } from '../../src/papers/saved-page.ts';
import { pick, seededRandom } from './seeded-random.ts';

const ROUNDS = 3_000;
const JUNK = [
  '',
  '·',
  '  • 7 authors',
  'Dec 10',
  'new',
  'Subscribe',
  'Title',
  '\0',
  '\ufffd',
  '\r',
  '。',
  '{{{',
  'a. b.',
];
const pages = ['plain', 'spaced', 'chinese', 'titles-only'].map((name) =>
  readFileSync(`test/fixtures/pages/${name}.txt`, 'utf8'),
);

it('throws nothing but FootnoteErrors on pages damaged at random', () => {
  const random = seededRandom(11);
  const outcomes = { read: 0, refused: 0 };
  for (let round = 0; round < ROUNDS; round += 1) {
    const text = damaged(random, pick(random, pages));
    const page = parseOrRefusal(text);
    if (page === undefined) outcomes.refused += 1;
    else {
      outcomes.read += 1;
      expectSound(page, text);
    }
  }
  expect(outcomes.read).toBeGreaterThan(ROUNDS / 10);
  expect(outcomes.refused).toBeGreaterThan(ROUNDS / 10);
});

it('pairs no title with the abstract of another when whole lines are lost', () => {
  const random = seededRandom(12);
  const whole = readFileSync('data/pages/000_79f9fff56daa8b9e.txt', 'utf8');
  const known = new Map(
    parseSavedPage({ page: 'page', text: whole }).records.map((r) => [r.title, r.abstract]),
  );
  for (let round = 0; round < 50; round += 1) {
    const lines = whole.split('\n').filter((_, at) => at < 3 || random() > 0.1);
    const { records } = parseSavedPage({ page: 'page', text: lines.join('\n') });
    const strays = records.filter(({ title, abstract }) => known.get(title) !== abstract);
    // Where an abstract and the next title are both lost, nothing can tell.
    expect(strays.length).toBeLessThan(8);
    expect(records.length).toBeGreaterThan(140);
  }
});

function parseOrRefusal(text: string): SavedPage | undefined {
  try {
    return parseSavedPage({ page: 'page', text });
  } catch (error) {
    expect(error).toBeInstanceOf(FootnoteError);
    return undefined;
  }
}

function expectSound({ records, refused }: SavedPage, text: string): void {
  const lineCount = text.split(/\r\n?|\n/).length;
  for (const { title, abstract, origin } of records) {
    expect(title).toBe(title.trim());
    expect(abstract).not.toBe('');
    expect(origin.line).toBeLessThanOrEqual(lineCount);
  }
  for (const { line } of refused) expect(line).toBeLessThanOrEqual(lineCount);
}

function damaged(random: () => number, text: string): string {
  const lines = text.split('\n');
  for (let hit = 0; hit < 1 + random() * 6; hit += 1) {
    const at = Math.floor(random() * lines.length);
    const length = Math.floor(random() * 4);
    const kind = pick(random, ['delete', 'insert', 'repeat', 'cut', 'move'] as const);
    if (kind === 'delete') lines.splice(at, length);
    if (kind === 'insert') lines.splice(at, 0, pick(random, JUNK));
    if (kind === 'repeat') lines.splice(at, 0, ...lines.slice(at, at + length));
    if (kind === 'cut') lines.length = Math.max(1, at);
    if (kind === 'move') lines.push(...lines.splice(at, length));
  }
  return lines.join('\n').slice(0, random() < 0.2 ? random() * 2_000 : undefined);
}
