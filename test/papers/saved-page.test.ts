import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FootnoteError } from '../../src/errors.ts';
import { parseSavedPage } from '../../src/papers/saved-page.ts';

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

function parse(text: string) {
  return parseSavedPage({ page: 'page.txt', text });
}

function titles(text: string): string[] {
  return parse(text).records.map(({ title }) => title);
}

function withoutLine(text: string, number: number): string {
  return text
    .split('\n')
    .toSpliced(number - 1, 1)
    .join('\n');
}

function fixture(name: string): string {
  return readFileSync(`test/fixtures/pages/${name}.txt`, 'utf8');
}
