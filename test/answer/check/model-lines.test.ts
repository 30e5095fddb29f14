import { describe, expect, it } from 'vitest';
import { checkClaim } from '../../../src/answer/check/check-claim.ts';
import { readLine } from '../../../src/answer/model/claim-line.ts';
import { statisticsOf } from '../made-up-library.ts';
import { numbered, readModelLines } from '../model-lines.ts';
import { readShippedPapers } from '../shipped-papers.ts';

const papers = readShippedPapers();
const { acronyms } = await statisticsOf(papers);
const lines = readModelLines();
const lies = lines.filter(({ kind }) => kind !== 'truth');
const truths = lines.filter(({ kind }) => kind === 'truth');

function check(line: string) {
  const { given, line: filled } = numbered(line, papers);
  const read = readLine(filled);
  if (read.kind !== 'claim') return { kind: 'failed', reason: `it is ${read.kind}` } as const;
  return checkClaim(read.claim, { papers: given, acronyms });
}

describe('the table of what models write', () => {
  it('has at least 60 lies of 10 kinds, and 50 truths', () => {
    expect(lies.length).toBeGreaterThanOrEqual(60);
    expect(new Set(lies.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(10);
    expect(truths.length).toBeGreaterThanOrEqual(50);
  });

  it.each(lies)('$kind is not released: $line', ({ line }) => {
    expect(check(line)).toMatchObject({ kind: 'failed' });
  });

  it.each(truths)('a truth is released: $line', ({ line }) => {
    expect(check(line)).toMatchObject({ kind: 'released' });
  });
});
