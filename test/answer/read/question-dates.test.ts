import { describe, expect, it } from 'vitest';
import { readDates } from '../../../src/answer/read/question-dates.ts';

const NOW = new Date('2026-11-22T12:00:00Z');

describe('readDates', () => {
  it.each([
    ['papers from 2023 about NAS', 'papers about NAS', { from: '2023-01-01', to: '2023-12-31' }],
    ['anything since 2024 on agents', 'anything on agents', { from: '2024-01-01' }],
    ['anything newer than 2024 on agents', 'anything on agents', { from: '2025-01-01' }],
    ['works before 2020', 'works', { to: '2019-12-31' }],
    ['papers until 2019', 'papers', { to: '2019-12-31' }],
    ['papers from 2020 to 2022', 'papers', { from: '2020-01-01', to: '2022-12-31' }],
    ['papers between 2020 and 2022?', 'papers ?', { from: '2020-01-01', to: '2022-12-31' }],
    ['papers from March 2024', 'papers', { from: '2024-03-01', to: '2024-03-31' }],
    ['papers since Feb 2024', 'papers', { from: '2024-02-01' }],
    ['papers after May 2024', 'papers', { from: '2024-06-01' }],
    ['research from last year', 'research', { from: '2025-01-01', to: '2025-12-31' }],
    ['papers from last month', 'papers', { from: '2026-10-01', to: '2026-10-31' }],
    ['papers of June 9, 2025', 'papers', { from: '2025-06-09', to: '2025-06-09' }],
    ['papers of 9 June 2025', 'papers', { from: '2025-06-09', to: '2025-06-09' }],
    ['papers since yesterday', 'papers', { from: '2026-11-21' }],
    ['papers since 3 days ago', 'papers', { from: '2026-11-19' }],
    ['papers from two years ago', 'papers', { from: '2024-01-01', to: '2024-12-31' }],
    ['papers of the last 3 months', 'papers', { from: '2026-08-22', to: '2026-11-22' }],
    ['papers from 2024-05', 'papers', { from: '2024-05-01', to: '2024-05-31' }],
    ['papers since 2024-05-13', 'papers', { from: '2024-05-13' }],
    ['papers in May', 'papers', { from: '2026-05-01', to: '2026-05-31' }],
    ['papers from December', 'papers', { from: '2025-12-01', to: '2025-12-31' }],
    ['papers between 2022 and 2020', 'papers', { from: '2020-01-01', to: '2022-12-31' }],
  ])('reads "%s"', (asked, question, filter) => {
    expect(readDates(asked, NOW)).toEqual({ question, filter });
  });

  it.each(['results on ImageNet 2012', 'did RouteLLM win at NeurIPS in 2024', 'what is 2023'])(
    'leaves "%s" alone: no word for papers stands before the year',
    (asked) => {
      expect(readDates(asked, NOW)).toEqual({ question: asked });
    },
  );

  // Each was dropped without a word.
  it.each([
    ['papers from 2024-13-45', '2024-13-45'],
    ['papers from 2024-02-30', '2024-02-30'],
    ['papers from February 30, 2024', 'February 30, 2024'],
    ['papers since 13/05/2024', '13/05/2024'],
    ['papers from 3024', '3024'],
    ['papers in 1850', '1850'],
    ['papers from early 2024', 'early 2024'],
    ['papers from Q3 2024', 'Q3 2024'],
    ['papers from the 2020s', '2020s'],
    ["papers from '23", "'23"],
  ])('hands back of "%s" what is no date to be read', (asked, unread) => {
    expect(readDates(asked, NOW)).toEqual({ question: 'papers', unread });
  });

  it.each([
    'papers of 2048 tokens',
    'papers with a batch size of 4096',
    'which papers run in 2-3 steps?',
    'papers on quantization from 2-bit to 4-bit',
    'papers in mixture of experts',
    'papers on decoding of decoder 2',
  ])('sees no date in "%s"', (asked) => {
    expect(readDates(asked, NOW)).toEqual({ question: asked });
  });

  it('takes linear time over a long question', () => {
    const asked = `${'papers in '.repeat(800)}x`;
    expect(readDates(asked, NOW).filter).toBeUndefined();
  });
});
