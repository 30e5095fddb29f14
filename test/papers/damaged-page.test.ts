import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FootnoteError } from '../../src/errors.ts';
import type { SavedPage } from '../../src/papers/saved-page.ts';
import { parseSavedPage } from '../../src/papers/saved-page.ts';
import { fixture, parse, titles, withoutLine } from './page-fixtures.ts';
import { pick, seededRandom } from './seeded-random.ts';

const plain = fixture('plain');
const spaced = fixture('spaced');
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
const pages = ['plain', 'spaced', 'chinese', 'titles-only'].map((name) => fixture(name));

describe('parseSavedPage on damaged pages', () => {
  it('refuses the last title of a page cut short and keeps the rest', () => {
    const text = `${plain}A Title whose Abstract is Lost\n`;
    expect(titles(text)).toEqual(titles(plain));
    expect(parse(text).refused).toEqual([
      { line: 11, reason: 'a title without an abstract below it' },
    ]);
  });

  it('does not shift later records when an abstract is missing', () => {
    const whole = parse(plain).records;
    const { records, refused } = parse(withoutLine(plain, 6));
    expect(records.map(({ abstract }) => abstract)).toEqual(
      [whole[0], whole[2], whole[3]].map((record) => record?.abstract),
    );
    expect(refused).toEqual([{ line: 5, reason: 'a title without an abstract below it' }]);
  });

  it('does not shift later records when a title is missing', () => {
    const { records, refused } = parse(withoutLine(plain, 5));
    const kept = titles(plain);
    expect(records.map(({ title }) => title)).toEqual([kept[0], kept[2], kept[3]]);
    expect(refused).toEqual([{ line: 5, reason: 'an abstract without a title above it' }]);
  });

  it('keeps both copies of a block that stands twice', () => {
    const lines = plain.split('\n');
    const twice = [...lines.slice(0, 6), ...lines.slice(4, 6), ...lines.slice(6)].join('\n');
    expect(titles(twice)).toEqual([0, 1, 1, 2, 3].map((at) => titles(plain)[at]));
  });

  it('takes a long title that ends with a full stop', () => {
    const title = `A Long Title about ${'Very '.repeat(25)}Deep Graph Networks.`;
    const abstract = parse(plain).records[0]?.abstract;
    expect(parse(`${plain}${title}\n${abstract}\n`).records.at(-1)).toMatchObject({
      title,
      abstract,
    });
  });

  it('takes a very long line before an abstract for a title', () => {
    const title = `A Long Title about ${'Very '.repeat(45)}Deep Graph Networks`;
    const abstract = parse(plain).records[0]?.abstract;
    const { records, refused } = parse(`${plain}A Lost Abstract\n${title}\n${abstract}\n`);
    expect(records.at(-1)).toMatchObject({ title, abstract });
    expect(refused.map(({ line }) => line)).toEqual([11]);
  });

  it('takes a short abstract that ends with a link', () => {
    const abstract = 'We study graphs. Code: https://example.org/graphs';
    const { records, refused } = parse(`${plain}A Note on Graphs\n${abstract}\n`);
    expect(records.at(-1)?.abstract).toBe(abstract);
    expect(refused).toEqual([]);
  });

  it('knows a Chinese abstract whose title is lost', () => {
    expect(parse(withoutLine(fixture('chinese'), 3)).refused).toEqual([
      { line: 3, reason: 'an abstract without a title above it' },
    ]);
  });

  it('takes the meta block of a refused abstract for nobody else', () => {
    const { records } = parse(withoutLine(spaced, 29));
    expect(records[1]).toMatchObject({ authorCount: 5, date: '2025-07-09' });
    expect(records.length).toBe(4);
  });

  it('keeps abstract and date where the line of authors is lost', () => {
    const { records } = parse(withoutLine(spaced, 17));
    expect(records[0]).toEqual({
      title: parse(spaced).records[0]?.title,
      abstract: parse(spaced).records[0]?.abstract,
      origin: { page: 'page.txt', line: 13 },
      date: '2022-02-25',
    });
  });

  it('keeps the first day where a page has two headers', () => {
    const text = spaced.replace('Jul 9', 'Dec 8') + spaced.replace('Dec 10', 'Dec 5');
    expect(parse(text).records[1]?.date).toBe('2025-12-08');
  });

  it('reads two pages in one file', () => {
    expect(titles(`${plain}${spaced}`)).toEqual([...titles(plain), ...titles(spaced)]);
  });

  it('takes a short abstract that is a sentence', () => {
    const { records } = parse(`${plain}A Note on Graphs\nWe study graphs.\n`);
    expect(records.at(-1)).toMatchObject({
      title: 'A Note on Graphs',
      abstract: 'We study graphs.',
    });
  });

  it('refuses a line of 50 MB quickly, and only that', () => {
    const lines = plain.split('\n');
    lines[5] = 'word. '.repeat(50_000_000 / 6);
    const text = lines.join('\n');
    const start = performance.now();
    const { records, refused } = parse(text);
    expect(performance.now() - start).toBeLessThan(2_000);
    expect(records.length).toBe(3);
    expect(refused).toEqual([{ line: 5, reason: 'the text is longer than 20,000 characters' }]);
  });
});

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
