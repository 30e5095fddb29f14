import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FootnoteError } from '../../src/errors.ts';
import { parseSavedPage } from '../../src/papers/saved-page.ts';
import { fixture, parse, titles, withoutLine } from './page-fixtures.ts';

const plain = fixture('plain');
const spaced = fixture('spaced');

describe('parseSavedPage on the shipped pages', () => {
  const pages = readdirSync('data/pages').map((page) => ({
    page,
    text: readFileSync(`data/pages/${page}`, 'utf8'),
  }));

  it('finds 467 records and refuses nothing', () => {
    const parsed = pages.map(parseSavedPage);
    expect(parsed.map(({ records }) => records.length)).toEqual([195, 68, 152, 52]);
    expect(parsed.flatMap(({ refused }) => refused)).toEqual([]);
  });

  it('names the line of every title and keeps every abstract as it stood', () => {
    for (const { page, text } of pages) {
      const lines = text.split('\n');
      for (const record of parseSavedPage({ page, text }).records) {
        expect(lines[record.origin.line - 1]).toContain(record.title);
        expect(lines).toContain(record.abstract);
        expect(record.abstract.length).toBeGreaterThan(400);
      }
    }
  });
});

describe('parseSavedPage on the plain form', () => {
  it('takes "Subscribe" off the first title', () => {
    expect(titles(plain)[0]).toBe(
      'ECAPA2: A Hybrid Neural Network Architecture and Training Strategy for Robust Speaker Embeddings',
    );
    expect(parse(plain).records[0]?.origin).toEqual({ page: 'page.txt', line: 3 });
  });

  it('leaves a title that begins with "Subscribe" whole where none is glued on', () => {
    const text = plain.replace('SubscribeECAPA2', 'Subscribe\nSubscribers of ECAPA2');
    expect(titles(text)[0]).toMatch(/^Subscribers of ECAPA2/);
  });

  it('reads carriage returns, a byte order mark and trailing white space alike', () => {
    const text = `\ufeff${plain.replaceAll('\n', '  \t\r\n')}`;
    expect(parse(text)).toEqual(parse(plain));
  });

  it('reads other languages', () => {
    const { records, refused } = parse(fixture('chinese'));
    expect(records.map(({ title }) => title)).toEqual([
      '面向低资源语言的图神经网络翻译方法',
      '高效的混合专家模型推理',
    ]);
    expect(refused).toEqual([]);
  });
});

describe('parseSavedPage on the form with blank lines', () => {
  it('reads authors, organizations, dates and counts of comments', () => {
    const facts = parse(spaced).records.map(({ title, abstract, origin, ...rest }) => rest);
    expect(facts).toEqual([
      { authorCount: 7, date: '2022-02-25' },
      { authorCount: 5, date: '2025-07-09', dateInferred: true },
      { authorCount: 7, date: '2024-11-25', commentCount: 1 },
      {},
      { organization: 'AQ-MedAI AQ', date: '2025-11-17', dateInferred: true, commentCount: 2 },
    ]);
  });

  it('puts a day after the day of the page into the year before', () => {
    const record = parse(spaced.replace('Jul 9', 'Dec 20')).records[1];
    expect(record).toMatchObject({ date: '2024-12-20', dateInferred: true });
  });

  it('lets the configured year override the inferred one', () => {
    const { records } = parseSavedPage({ page: 'page.txt', text: spaced, year: 2030 });
    expect(records.map(({ date }) => date?.slice(0, 4))).toEqual([
      '2022',
      '2030',
      '2024',
      undefined,
      '2030',
    ]);
  });

  it('gives no date where no year can be known', () => {
    const { records } = parse(spaced.replaceAll(/, 20\d\d/g, ''));
    expect(records.map(({ date }) => date)).toEqual(Array(5).fill(undefined));
  });

  it('reads "1 author"', () => {
    expect(parse(spaced.replace('• 5 authors', '• 1 author')).records[1]?.authorCount).toBe(1);
  });

  it('gives the same records when every blank line is lost', () => {
    const dense = spaced.replaceAll(/\n+/g, '\n');
    expect(titles(dense)).toEqual(titles(spaced));
    expect(parse(dense).records.map(({ date }) => date)).toEqual(
      parse(spaced).records.map(({ date }) => date),
    );
  });

  it('takes the meta block of a refused title for nobody else', () => {
    const { records, refused } = parse(withoutLine(spaced, 23));
    expect(records.map(({ date }) => date)).toEqual([
      '2022-02-25',
      '2024-11-25',
      undefined,
      '2025-11-17',
    ]);
    expect(refused).toEqual([{ line: 21, reason: 'a title without an abstract below it' }]);
  });
});

describe('parseSavedPage on what is no page', () => {
  it.each([
    ['', /The page page\.txt is empty; open the list of papers/],
    ['new\n\nSubscribe\n\n Mar 11\n', /is empty/],
    [fixture('titles-only'), /holds no abstracts; open the list of papers with its abstracts/],
    [`${plain}\0`, /is not a text file: line 11 holds NUL bytes; save it as UTF-8 text/],
    [plain.replace('novel', '\ufffd'), /line 4 holds bytes that are not UTF-8/],
  ])('refuses %j', (text, message) => {
    expect(() => parse(text)).toThrow(FootnoteError);
    expect(() => parse(text)).toThrow(message);
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'input' }));
  });
});
