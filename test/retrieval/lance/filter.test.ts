import { describe, expect, it } from 'vitest';
import { isIn, quote } from '../../../src/retrieval/lance/connection.ts';
import { filterCondition } from '../../../src/retrieval/lance/filter.ts';

describe('filterCondition', () => {
  it('is undefined without conditions', () => {
    expect(filterCondition(undefined)).toBeUndefined();
    expect(filterCondition({})).toBeUndefined();
  });

  it('joins days and any of the sources', () => {
    expect(filterCondition({ from: '2024-01-01', to: '2024-12-31', sources: ['a', 'b'] })).toBe(
      "date >= '2024-01-01' AND date <= '2024-12-31' AND (array_has(sources, 'a') OR array_has(sources, 'b'))",
    );
  });

  it('never holds for an empty list of sources', () => {
    expect(filterCondition({ sources: [] })).toBe('false');
  });

  it.each([
    ["x') OR 1=1 --", "array_has(sources, 'x'') OR 1=1 --')"],
    ["'", "array_has(sources, '''')"],
    ["\\'", "array_has(sources, '\\''')"],
    ["''", "array_has(sources, '''''')"],
  ])('keeps the source %s inside its quotes', (source, condition) => {
    expect(filterCondition({ sources: [source] })).toBe(`(${condition})`);
  });

  it('keeps days inside their quotes', () => {
    expect(filterCondition({ from: "2024' OR '1'='1" })).toBe("date >= '2024'' OR ''1''=''1'");
  });
});

describe('quote and isIn', () => {
  it('double every quote', () => {
    expect(quote("it's '' so")).toBe("'it''s '''' so'");
    expect(isIn('id', ["a'b", 'c'])).toBe("id IN ('a''b', 'c')");
  });

  it('hold for nothing where there are no values', () => {
    expect(isIn('id', [])).toBe('false');
  });
});
