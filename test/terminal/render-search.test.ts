import { describe, expect, it } from 'vitest';
import type { Signals } from '../../src/retrieval/signals.ts';
import { renderSearch } from '../../src/terminal/render-search.ts';
import { displayWidth } from '../../src/terminal/wrap-text.ts';
import { FORBIDDEN, HOSTILE } from './hostile-text.ts';
import { makePaper } from './made-up-papers.ts';

const signals: Signals = {
  dense: 0.5,
  sentences: 0.25,
  clauses: 0.125,
  lexical: 0.1,
  coverage: 1,
  mention: 0,
};
const first = { paper: makePaper(), rank: 1, score: 0.81251, signals };

describe('renderSearch', () => {
  it('shows rank, score, title, year and link', () => {
    const tenth = { ...first, rank: 10, score: 0, paper: makePaper({ dateInferred: true }) };
    expect(renderSearch({ passages: [first, tenth], width: 80, colour: false })).toBe(
      [
        '  1  0.813  Dropping Tokens Early (2024)',
        '            https://arxiv.org/abs/2401.00001',
        ' 10  0.000  Dropping Tokens Early (2024?)',
        '            https://arxiv.org/abs/2401.00001',
        '',
      ].join('\n'),
    );
  });

  it('adds what speaks for a paper when asked to', () => {
    const shown = renderSearch({ passages: [first], width: 60, colour: false, showSignals: true });
    expect(shown.split('\n').slice(1, 3)).toEqual([
      '            dense 0.500 sentences 0.250 clauses 0.125',
      '            lexical 0.100 coverage 1.000 mention 0.000',
    ]);
  });

  it('fits 40 columns, links apart', () => {
    const paper = makePaper({ title: `${'深'.repeat(40)} ${'x'.repeat(90)}` });
    const shown = renderSearch({
      passages: [{ ...first, paper }],
      width: 40,
      colour: false,
      showSignals: true,
    });
    const lines = shown.split('\n').filter((line) => !line.includes('https://'));
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(40);
  });

  it.each(HOSTILE)('passes on nothing of %s in a title', (_name, title) => {
    const passages = [{ ...first, paper: makePaper({ title }) }];
    expect(renderSearch({ passages, width: 80, colour: false })).not.toMatch(FORBIDDEN);
  });

  it('says that nothing was found', () => {
    expect(renderSearch({ passages: [], width: 80, colour: true })).toBe('No papers found.\n');
  });
});
