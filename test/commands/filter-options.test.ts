import { describe, expect, it } from 'vitest';
import { readFilter } from '../../src/commands/filter-options.ts';

const read = (values: Parameters<typeof readFilter>[0]) => readFilter(values, 'npm run x');

describe('readFilter', () => {
  it('is none without options', () => {
    expect(read({})).toBeUndefined();
  });

  it('takes a year or a month for all of its days', () => {
    expect(read({ from: '2023', to: '2024' })).toEqual({ from: '2023-01-01', to: '2024-12-31' });
    expect(read({ from: '2023-04', to: '2023-04' })?.from).toBe('2023-04-01');
    const to = read({ to: '2023-04' })?.to ?? '';
    expect(to >= '2023-04-30' && to < '2023-05-01').toBe(true);
  });

  it('takes days as they are, and the pages named', () => {
    const values = { from: '2024-02-29', to: '2024-02-29', source: ['a.txt', 'b.txt'] };
    expect(read(values)).toEqual({
      from: '2024-02-29',
      to: '2024-02-29',
      sources: ['a.txt', 'b.txt'],
    });
  });

  it.each([
    'soon',
    '',
    '23',
    '2023-4',
    '2023/04/01',
    '2023-13',
    '2023-00',
    '2023-04-31',
    '2023-02-29',
    '2023-04-00',
    '2023-04-01T00:00',
  ])('refuses %j as wrong usage', (from) => {
    expect(() => read({ from })).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: expect.stringContaining(`"${from}" is no date`),
      }),
    );
  });

  it('refuses an end before the start, which no paper could meet', () => {
    expect(() => read({ from: '2025', to: '2024' })).toThrow(
      expect.objectContaining({ code: 'usage' }),
    );
    expect(read({ from: '2025-06', to: '2025-06' })).toBeDefined();
  });
});
