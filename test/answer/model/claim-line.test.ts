import { describe, expect, it } from 'vitest';
import { readLine } from '../../../src/answer/model/claim-line.ts';
import { parseClaim } from '../../../src/answer/model/claim-objects.ts';

const quotesOf = (line: string) => {
  const read = readLine(line);
  if (read.kind === 'claim') return [read.claim.text, ...read.claim.evidence.map((one) => one)];
  return read.kind;
};

describe('a line', () => {
  it('may hold quotation marks within its quote', () => {
    expect(quotesOf('It is flexible. [2] "improves "structural flexibility" of it"')).toEqual([
      'It is flexible.',
      { paper: 2, quote: 'improves "structural flexibility" of it' },
    ]);
  });

  it('may leave the last quotation mark out', () => {
    expect(quotesOf('It is fast. [1] "our sorter is fast')).toEqual([
      'It is fast.',
      { paper: 1, quote: 'our sorter is fast' },
    ]);
  });

  // What a comparison is told to write was once read as part of the quote before it.
  it.each([
    ['speed [1] "moves 40 parcels" [2] NOT STATED', 1],
    ['speed [1] NOT STATED [2] "moves 40 parcels"', 2],
    ['speed [1] "moves 40 parcels" [2] "NOT STATED"', 1],
    ['speed [1] not stated in the abstract. [2] "moves 40 parcels" [3] NOT STATED', 2],
  ])(
    'that says of a paper that it does not state it has the quotes of the others: %s',
    (line, n) => {
      expect(quotesOf(line)).toEqual(['speed', { paper: n, quote: 'moves 40 parcels' }]);
    },
  );

  it.each([
    ['', 'blank'],
    ['---', 'blank'],
    ['```json', 'blank'],
    ['## Answer', 'blank'],
    ['},', 'blank'],
    ['NONE', 'none'],
    ['It is fast.', 'bare'],
    ['[1] "our sorter is fast"', 'evidence'],
    ['"our sorter is fast" [1]', 'evidence'],
  ])('of %j is %s', (line, kind) => {
    expect(readLine(line).kind).toBe(kind);
  });
});

describe('an object', () => {
  // Escaped backslashes were once escaped again, which broke the JSON.
  it.each([
    ['escaped', '{"text":"A","paper":1,"quote":"2.08\\\\% test"}'],
    ['left as they are', '{"text":"A","paper":1,"quote":"2.08\\% test"}'],
  ])('keeps backslashes that are %s', (_, json) => {
    expect(parseClaim(json)?.evidence).toEqual([{ paper: 1, quote: '2.08\\% test' }]);
  });

  it.each([
    '{}',
    '[]',
    'null',
    '{"text": "A"}',
    '{"text": "A", "evidence": []}',
    '{"text": 1, "paper": 1, "quote": "b"}',
    '{"text": "A", "paper": "one", "quote": "b"}',
    '{"paper": 1, "quote": "b"}',
    '{"__proto__": {"text": "A", "paper": 1, "quote": "b"}}',
    '{"text": "A", "paper": 1, "quote": "b"',
  ])('that is no claim is none: %s', (json) => {
    expect(parseClaim(json)).toBeUndefined();
  });
});
