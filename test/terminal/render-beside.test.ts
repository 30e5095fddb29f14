import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/answer/answer.ts';
import type { Paper, PaperId } from '../../src/papers/paper.ts';
import { renderAnswer } from '../../src/terminal/render-answer.ts';
import { displayWidth } from '../../src/terminal/wrap-text.ts';
import { FIRST, makeClaim, makeComparison, SECOND } from '../answer/made-up-beside.ts';
import { FORBIDDEN, HOSTILE } from './hostile-text.ts';
import { makeAnswer } from './made-up-papers.ts';

interface Shown {
  readonly answer: Answer;
  readonly papers: readonly Paper[];
}

function render({ answer, papers }: Shown, width = 80, colour = false): string {
  return renderAnswer({ question: 'which is cheaper?', answer, papers, width, colour });
}

/** A paper that says what is foreign wherever it can. */
function foreign(text: string): Paper {
  return { ...SECOND, title: text, abstract: `${text} ${text}` };
}

describe('a comparison', () => {
  it('is a table in columns, its sources without the quotes that stand in it', () => {
    expect(render(makeComparison())).toBe(
      [
        '               Alpha [1]                        Beta [2]',
        '─'.repeat(79),
        'Cost           “Alpha halves the cost.”         “Beta doubles the cost. It',
        '                                                keeps the quality.”',
        '',
        'Training data  “It is trained on chats.”        not stated in the abstract',
        '',
        '[1] Alpha: A Fast Router',
        '    https://arxiv.org/abs/2401.00001',
        '[2] Beta: A Careful Router',
        '    https://arxiv.org/abs/2401.00001',
        '',
        'written by openai:gpt-5-mini · 1.2 s · $0.0012 · a1b2c3',
        '',
      ].join('\n'),
    );
  });

  it('stands aspect by aspect where columns would be too narrow', () => {
    expect(render(makeComparison(), 40)).toMatch(
      /^Cost\n {2}Alpha \[1\]\n {4}“Alpha halves the cost\.”\n {2}Beta \[2\]\n {4}“Beta doubles the cost\. It keeps the\n {4}quality\.”\n\nTraining data\n/,
    );
  });

  it.each([20, 31, 40, 60, 80, 100])('fits %i columns, links apart', (width) => {
    const wide = { ...SECOND, title: `${'深度学习'.repeat(30)} end`, abstract: '模型'.repeat(90) };
    const lines = render(makeComparison(FIRST, wide), width).split('\n');
    const text = lines.filter((line) => !line.includes('https://'));
    expect(Math.max(...text.map(displayWidth))).toBeLessThanOrEqual(width);
  });

  it('dims what is not stated, and has the same letters without colours', () => {
    const coloured = render(makeComparison(), 80, true);
    expect(coloured).toContain('\u001b[2mnot stated in the abstract\u001b[22m');
    expect(stripVTControlCharacters(coloured)).toBe(render(makeComparison()));
  });

  it('keeps our own words above it', () => {
    const { answer, papers } = makeComparison();
    const own = { text: 'My library is in English.', citations: [] };
    const shown = render({ answer: { ...answer, sentences: [own, ...answer.sentences] }, papers });
    expect(shown).toMatch(/^My library is in English\.\n\n {15}Alpha/);
    expect(shown).not.toContain('Told of');
  });

  it.each(HOSTILE)('passes on nothing of %s', (_name, text) => {
    const comparison = makeComparison(FIRST, foreign(text), text);
    for (const width of [40, 80]) expect(render(comparison, width)).not.toMatch(FORBIDDEN);
  });
});

describe('a claim', () => {
  it('groups papers under where they stand, with their words', () => {
    expect(render(makeClaim())).toMatch(
      /^Supports the claim\n {2}Beta \[2\]\n {4}“Beta doubles the cost\. It keeps the quality\.”\n\nContradicts the claim\n {2}Alpha \[1\]\n/,
    );
  });

  it('colours each stance', () => {
    const coloured = render(makeClaim(), 80, true);
    expect(coloured).toContain('\u001b[32mSupports the claim');
    expect(coloured).toContain('\u001b[31mContradicts the claim');
  });

  it.each(HOSTILE)('passes on nothing of %s', (_name, text) => {
    expect(render(makeClaim(FIRST, foreign(text)))).not.toMatch(FORBIDDEN);
  });
});

describe('notes', () => {
  const asked = (newTitles: readonly string[], question = 'Which is cheaper?') =>
    makeAnswer({
      askedBefore: {
        question,
        at: '2026-11-24T08:00:00.000Z',
        newPapers: newTitles.map((title) => ({ paperId: 'x' as PaperId, title, score: 1 })),
      },
    });

  it('say that the question was asked before, and what is new', () => {
    expect(render({ answer: asked([]), papers: [] })).toContain(
      '\n\nAsked before on 24 Nov 2026; nothing new since.\n\n',
    );
    expect(render({ answer: asked(['One', 'Two']), papers: [] })).toContain(
      'Asked before on 24 Nov 2026; new since: One; Two\n',
    );
  });

  it('say that the model failed before anything else', () => {
    const trace = { ...makeAnswer().trace, mode: 'extractive-fallback', notes: ['timeout'] };
    const shown = render({ answer: makeAnswer({ trace }), papers: [] });
    expect(shown).toMatch(/^The language model could not be used just now; these are the papers'/);
    expect(shown).not.toContain('timeout');
  });

  it.each(HOSTILE)('pass on nothing of %s', (_name, text) => {
    expect(render({ answer: asked([text], text), papers: [] })).not.toMatch(FORBIDDEN);
  });
});
