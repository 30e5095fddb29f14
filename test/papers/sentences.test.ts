import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseSavedPage } from '../../src/papers/saved-page.ts';
import { splitSentences } from '../../src/papers/sentences.ts';
import { pick, seededRandom } from './seeded-random.ts';

const sentences = (text: string) =>
  splitSentences(text).map(({ start, end }) => text.slice(start, end));

describe('splitSentences', () => {
  it.each([
    [['We train graph networks.', 'They are fast!', 'Are they sound?', 'Yes, they always are.']],
    [['We use e.g. graphs, i.e. sets of edges.', 'The rest follows.']],
    [['Smith et al. propose layers, cf. the tables in Sec. 3 and Fig. 2.', 'We do not agree.']],
    [['We follow Smith et al.', 'Their layers scale well.']],
    [['We follow Smith et al. (ICLR 2020) and Wu et al. [NIPS] here.', 'Others do not.']],
    [['It handles images, text, etc.', 'The code is public.']],
    [['Accuracy rises from 3.5 to 79.2% in 1.6 ms.', 'Cost falls by 0.5 points.']],
    [['We train (see the appendix. It is long.) on graphs.', 'The rest is the same.']],
    [['This was shown by J. Smith and A. B. Jones.', 'We show more than that.']],
    [['Costs fall w.r.t. the baseline of Dr. Who vs. ours.', 'The gap is large.']],
    [['He said "it works fine."', 'We agree with him.']],
    [['Code is at https://github.com/a.b/c.d today.', 'Data is there as well.']],
    [['我们提出一种基于图神经网络的新方法。', '它在三个数据集上都取得了最好的结果！']],
    [['Networks 😀 are fun to train.', '😀 We think so all the time.']],
  ])('splits %j', (expected) => {
    expect(sentences(expected.join(' '))).toEqual(expected);
  });

  // Quotes of up to 764 characters: whole enumerations, and comments of the LaTeX source.
  it.each([
    [['It has two merits: (i) Low Cost: It skips a layer.', '(ii) Speed: It is fast.']],
    [['There are two modules: 1) A module that decouples.', '2) A module that aggregates them.']],
    [['We search macro spaces.', '%However, their structure is a challenge.', 'We cope.']],
    [['It splits the text.', '% The approach is structured in steps.']],
    [['This is shown in Sec. 3) and also in the text.', 'We (cf. Fig. 2) agree.']],
    [['It falls (by 3 points. 2) in the table shows all) today.', 'We agree.']],
  ])('takes items and comments that are sentences apart: %j', (expected) => {
    expect(sentences(expected.join(' '))).toEqual(expected);
  });

  const item = (length: number) => `a claim ${'of words '.repeat(length / 9)}`.trim();

  it('cuts an enumeration in one sentence only where it is too long for a quote', () => {
    const items = [`We show (i) ${item(90)};`, `(ii) ${item(90)};`, `and (iii) ${item(180)}.`];
    expect(sentences(items.join(' '))).toEqual(items);
    const short = [`We show (i) ${item(90)};`, `(ii) ${item(90)}.`].join(' ');
    expect(sentences(short)).toEqual([short]);
  });

  it('keeps items together that say little alone, and those in brackets', () => {
    const text = `We show (i) ${item(270)}; (ii) speed; (iii) ${item(90)}.`;
    expect(sentences(text)).toEqual([
      `We show (i) ${item(270)};`,
      `(ii) speed; (iii) ${item(90)}.`,
    ]);
    const inBracket = `We ${item(270)} do so (that is ${item(45)}; 2) ${item(90)}).`;
    expect(sentences(inBracket)).toEqual([inBracket]);
  });

  it('joins a fragment too short to be a sentence with the next', () => {
    expect(sentences('Yes. We train deep networks.')).toEqual(['Yes. We train deep networks.']);
  });

  it('joins before a lower-case continuation', () => {
    expect(sentences('We train on ImageNet. and then we stop.')).toHaveLength(1);
  });

  it('gives up on a bracket that never closes', () => {
    const text = `We train (on graphs. ${'The network has many layers of neurons. '.repeat(8)}`;
    expect(splitSentences(text).length).toBeGreaterThan(3);
  });

  it('finds none in white space', () => {
    for (const text of ['', ' ', '\n\t\u00a0\ufeff']) expect(splitSentences(text)).toEqual([]);
  });

  it('takes a text without a full stop for one sentence', () => {
    expect(sentences('  deep graphs without an end ')).toEqual(['deep graphs without an end']);
  });
});

describe('the spans of splitSentences', () => {
  const abstracts = readdirSync('data/pages').flatMap((page) => {
    const text = readFileSync(`data/pages/${page}`, 'utf8');
    return parseSavedPage({ page, text }).records.map(({ abstract }) => abstract);
  });

  it('cover every shipped abstract, trimmed and in order', () => {
    const different = new Set(abstracts);
    expect(different.size).toBe(386);
    for (const abstract of different) expectSound(abstract);
  });

  it('are sentences of a sensible length in the shipped abstracts', () => {
    const lengths = abstracts.flatMap(sentences).map(({ length }) => length);
    expect(lengths.filter((length) => length < 12)).toEqual([]);
    expect(Math.max(...lengths)).toBeLessThan(550);
    const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
    expect(mean).toBeGreaterThan(100);
    expect(mean).toBeLessThan(220);
  });

  it('cover texts of emoji, CJK, brackets and odd white space made up at random', () => {
    const random = seededRandom(21);
    const pieces = [
      ...[
        'We train. ',
        'e.g. ',
        'et al. ',
        '3.5 ',
        '(',
        ')',
        ' ',
        '\u00a0',
        '\u3000',
        '\r\n',
        '\n\n',
      ],
      ...[
        '。',
        '图神经',
        '！',
        '😀',
        '👩‍👩‍👧',
        '\u200b',
        '\ufeff',
        'é',
        'e\u0301',
        '"',
        '”',
        '...',
        '?',
        '\ud83d',
      ],
      ...[
        'A',
        'and ',
        'Fig. 2. ',
        'We show that networks learn. ',
        '\u2028',
        '\0',
        '한국어. ',
        'عربي. ',
      ],
    ];
    for (let round = 0; round < 2_000; round += 1) {
      const length = 1 + Math.floor(random() * 40);
      expectSound(Array.from({ length }, () => pick(random, pieces)).join(''));
    }
  });

  it.each([
    ['e.g. '.repeat(4_000)],
    ['(. '.repeat(7_000)],
    ['.'.repeat(20_000)],
    [`a.${'"'.repeat(20_000)}b`],
    ['A. '.repeat(7_000)],
  ])('are found quickly in a long text such as %.12s', (text) => {
    const start = performance.now();
    expectSound(text);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

function expectSound(text: string): void {
  let from = 0;
  for (const { start, end } of splitSentences(text)) {
    const between = text.slice(from, start);
    const sentence = text.slice(start, end);
    if (between.trim() !== '' || start < from || end <= start || sentence !== sentence.trim()) {
      expect.fail(`Span ${start}-${end} of ${JSON.stringify(text)} is wrong.`);
    }
    from = end;
  }
  expect(text.slice(from).trim()).toBe('');
}
