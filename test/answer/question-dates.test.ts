import { describe, expect, it } from 'vitest';
import { readDates } from '../../src/answer/question-dates.ts';

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
  ])('reads "%s"', (asked, question, filter) => {
    expect(readDates(asked, NOW)).toEqual({ question, filter });
  });

  it.each(['results on ImageNet 2012', 'did RouteLLM win at NeurIPS in 2024', 'what is 2023'])(
    'leaves "%s" alone: no word for papers stands before the year',
    (asked) => {
      expect(readDates(asked, NOW)).toEqual({ question: asked });
    },
  );

  it('takes linear time over a long question', () => {
    const asked = `${'papers in '.repeat(800)}x`;
    expect(readDates(asked, NOW).filter).toBeUndefined();
  });
});
