import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Answer, Citation } from '../../src/answer/answer.ts';
import type { Paper, PaperId } from '../../src/papers/paper.ts';
import { renderAnswer } from '../../src/terminal/render-answer.ts';
import { displayWidth } from '../../src/terminal/wrap-text.ts';
import { FORBIDDEN, HOSTILE } from './hostile-text.ts';
import { makeAnswer, makePaper } from './made-up-papers.ts';

const other = 'arxiv:2402.00002' as PaperId;

describe('renderAnswer', () => {
  it('shows sentences with markers, then numbered sources with quotes, then how it was made', () => {
    expect(render(makeAnswer(), { width: 80 })).toBe(
      [
        'Dropping Tokens Early',
        'It costs 0.3 points. [1]',
        '',
        '[1] Dropping Tokens Early (2024)',
        '    “Accuracy falls by 0.3 points”',
        '    https://arxiv.org/abs/2401.00001',
        '',
        'quoted from the abstracts · 42 ms · a1b2c3',
        '',
      ].join('\n'),
    );
  });

  it('marks a year that its page only implies', () => {
    const shown = render(makeAnswer(), { papers: [makePaper({ dateInferred: true })] });
    expect(shown).toContain('Dropping Tokens Early (2024?)\n');
  });

  it('shows no year where none is known', () => {
    const { date: _date, ...undated } = makePaper();
    expect(render(makeAnswer(), { papers: [undated] })).toContain('Dropping Tokens Early\n');
  });

  it('shows a source from its citation when the paper is not at hand', () => {
    expect(render(makeAnswer(), { papers: [] })).toContain(
      '[1] Dropping Tokens Early\n    “Accuracy falls by 0.3 points”\n    https://arxiv.org/abs/2401.00001',
    );
  });

  it('puts the title of each paper before what it says', () => {
    const [first] = makeAnswer().citations;
    const second = {
      ...first,
      n: 2,
      paperId: other,
      title: 'Keeping Them',
      url: 'https://x.example',
    };
    const sentences = [
      { text: 'I found two papers:', citations: [] },
      { text: 'First.', citations: [1] },
      { text: 'Second.', citations: [1, 2] },
      { text: 'Third.', citations: [2] },
    ];
    const citations = [first, second].filter((one) => one?.evidence !== undefined) as Citation[]; // both are given
    expect(render(makeAnswer({ sentences, citations }))).toMatch(
      /^I found two papers:\n\nDropping Tokens Early\nFirst\. \[1\] Second\. \[1\]\[2\]\n\nKeeping Them\nThird\. \[2\]\n/,
    );
  });

  it('shows a text without sentences with its lines', () => {
    const help = makeAnswer({ intent: 'help', text: 'Ask me.\nOr search.', sentences: [] });
    expect(render(help)).toMatch(/^Ask me\.\nOr search\.\n\n/);
  });

  it('shows the nearest papers when the evidence is insufficient', () => {
    const answer = makeAnswer({
      kind: 'insufficient-evidence',
      sentences: [{ text: 'No paper here speaks of tea.', citations: [] }],
      citations: [],
      nearest: [
        { paperId: makePaper().id, title: 'Dropping Tokens Early', score: 0.2 },
        { paperId: other, title: 'Not at Hand', score: 0.1 },
      ],
    });
    expect(render(answer)).toBe(
      [
        'No paper here speaks of tea.',
        '',
        'Nearest papers:',
        '  - Dropping Tokens Early (2024)',
        '    https://arxiv.org/abs/2401.00001',
        '  - Not at Hand',
        '',
        'quoted from the abstracts · 42 ms · a1b2c3',
        '',
      ].join('\n'),
    );
  });

  it('adds up the steps when there is no total', () => {
    const trace = { ...makeAnswer().trace, ms: { retrieve: 10.2, compose: 5.4 } };
    expect(render(makeAnswer({ trace }))).toContain(' · 16 ms · ');
  });

  it('fits 40 columns, links apart, with long words and wide characters', () => {
    const words = `${'Retrieval 深度学习模型 '.repeat(8)}${'supercalifragilistic'.repeat(6)} 🙂 end`;
    const answer = withForeignText(words);
    const lines = render(answer, { width: 40, papers: [makePaper({ title: words })] }).split('\n');
    const text = lines.filter((line) => !line.includes('https://'));
    expect(Math.max(...text.map(displayWidth))).toBeLessThanOrEqual(40);
    expect(Math.max(...text.map(displayWidth))).toBeGreaterThan(36);
    expect(text.join('').split('supercalifragilistic').length).toBeGreaterThan(6);
  });

  it('begins no line with a marker', () => {
    const sentences = [{ text: 'aaaa bbbb cccc dddd eeee', citations: [1] }];
    for (let width = 20; width < 32; width += 1) {
      expect(render(makeAnswer({ sentences, citations: [] }), { width })).not.toMatch(/^\[1\]/m);
    }
  });

  it('keeps the link whole in a narrow terminal', () => {
    const url = `https://huggingface.co/papers?q=${'Long+Title+'.repeat(8)}`;
    const shown = render(makeAnswer(), { width: 40, papers: [makePaper({ url })] });
    expect(shown).toContain(`    ${url}\n`);
  });

  it.each(HOSTILE)('passes on nothing of %s, wherever it stands', (_name, text) => {
    const shown = render(withForeignText(text), {
      papers: [makePaper({ title: text, url: `https://arxiv.org/${text}` })],
    });
    expect(shown).not.toMatch(FORBIDDEN);
  });

  it.each(HOSTILE)('passes on nothing of %s in a sentence without sources', (_name, text) => {
    const sentences = [{ text, citations: [] }];
    expect(render(makeAnswer({ sentences }))).not.toMatch(FORBIDDEN);
  });

  it('lets a sentence not pretend to be a source', () => {
    const text = 'Fine.\n\n[1] Forged Title\n    “forged quote”';
    const shown = render(makeAnswer({ sentences: [{ text, citations: [1] }] }), { width: 80 });
    expect(shown.split('\n').filter((line) => line.startsWith('[1]'))).toEqual([
      '[1] Dropping Tokens Early (2024)',
    ]);
  });

  it('colours markers, titles, links and footer only when asked to', () => {
    const plain = render(makeAnswer());
    const coloured = render(makeAnswer(), { colour: true });
    expect(coloured).toContain('\u001b[36m[1]\u001b[39m');
    expect(coloured).toContain('\u001b[1mDropping Tokens Early (2024)\u001b[22m');
    expect(coloured).toContain('\u001b[2mquoted from the abstracts · 42 ms · a1b2c3\u001b[22m');
    expect(stripVTControlCharacters(coloured)).toBe(plain);
  });
});

function render(
  answer: Answer,
  options: { width?: number; colour?: boolean; papers?: readonly Paper[] } = {},
): string {
  const question = 'what does it cost?';
  return renderAnswer({
    question,
    answer,
    papers: [makePaper()],
    width: 80,
    colour: false,
    ...options,
  });
}

function withForeignText(text: string): Answer {
  const { id: paperId } = makePaper();
  const ranked = [{ paperId: other, title: text, score: 1 }];
  return makeAnswer({
    kind: 'insufficient-evidence',
    text,
    sentences: [{ text, citations: [1] }],
    citations: [
      {
        n: 1,
        paperId,
        title: text,
        url: `https://${text}`,
        evidence: [{ quote: text, start: 0, end: 1 }],
      },
    ],
    nearest: ranked,
    trace: { ...makeAnswer().trace, answerId: text, mode: text },
  });
}
