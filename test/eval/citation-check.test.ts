import { describe, expect, it } from 'vitest';
import type { Answer, Citation } from '../../src/answer/answer.ts';
import { findCitationProblems } from '../../src/eval/citation-check.ts';
import { abstractOf, answer, citing } from './made-up-answers.ts';

const problems = (changes: Partial<Answer>) => findCitationProblems(answer(changes), abstractOf);

function quoting(quote: string, start: number, end: number): readonly Citation[] {
  return [{ ...citing(1, 'p1'), evidence: [{ quote, start, end }] }];
}

describe('findCitationProblems', () => {
  it('finds none when quotes stand at their offsets', () => {
    const sentences = [{ text: 'It routes tokens [1].', citations: [1] }];
    expect(problems({ sentences, citations: quoting('We route tokens.', 0, 16) })).toEqual([]);
  });

  it.each([
    ['one letter off', 'We routed tokens', 0, 16],
    ['offsets one too far', 'We route tokens.', 1, 17],
    ['an end too far', 'We route tokens.', 0, 17],
    ['another case', 'we route tokens.', 0, 16],
    ['an empty quote', '', 3, 3],
  ])('finds %s', (_name, quote, start, end) => {
    const [problem, ...more] = problems({ citations: quoting(quote, start, end) });
    expect(problem).toContain(`[1] arxiv:p1: not at ${start}-${end}`);
    expect(more).toEqual([]);
  });

  it('finds a citation without a quote and one of an unknown paper', () => {
    const citations = [{ ...citing(1, 'p1'), evidence: [] }, citing(2, 'p9')];
    expect(problems({ citations })).toEqual([
      '[1] arxiv:p1: no quote',
      '[2] arxiv:p9: no such paper',
    ]);
  });

  it('finds a number that no citation has', () => {
    const sentences = [{ text: 'Both route [1][2].', citations: [1, 2] }];
    expect(problems({ sentences, citations: [citing(1, 'p1')] })).toEqual([
      'no such citation: [2]',
    ]);
  });

  it('finds a sentence about a paper without a citation', () => {
    const sentences = [{ text: 'Alpha has 150 experts.', citations: [] }];
    expect(problems({ sentences })).toEqual(['no citation: Alpha has 150 experts.']);
  });

  it.each([
    'The library holds four papers on routing:',
    'Papers that fit:',
    'The abstract does not state the training cost.',
    'I answer from abstracts only.',
  ])('lets "%s" stand alone', (text) => {
    expect(problems({ sentences: [{ text, citations: [] }] })).toEqual([]);
  });

  it('wants no citations of a refusal, of help and of a count', () => {
    const sentences = [{ text: 'Four papers come near.', citations: [] }];
    expect(problems({ kind: 'insufficient-evidence', sentences })).toEqual([]);
    expect(problems({ intent: 'help', sentences })).toEqual([]);
    expect(problems({ intent: 'count', sentences })).toEqual([]);
  });
});
