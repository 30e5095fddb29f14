import { describe, expect, it } from 'vitest';
import { latencies, latencyRows, peerFigures } from '../../bench/question-race.ts';
import { megabytes, ms, printFigures, printTable, times } from '../../bench/report.ts';

function createOutput() {
  const written: string[] = [];
  const stdout = { write: (text: string) => written.push(text) > 0 };
  // The two functions only write to it.
  return { written, context: { stdout: stdout as unknown as NodeJS.WriteStream } };
}

describe('printTable', () => {
  it('names the machine in the heading and lines the columns up', () => {
    const { written, context } = createOutput();
    printTable(context, {
      title: 'Speed',
      rows: [
        ['system', 'p50'],
        ['a', '12.0 ms'],
      ],
    });
    const [heading, ...lines] = written.join('').split('\n');
    expect(heading).toMatch(/^Speed \(\d+ cores, .*Node 2\d\.[\d.]+, load [\d.]+\)$/);
    expect(lines).toEqual(['  system      p50', '  a       12.0 ms', '', '']);
  });
});

describe('printFigures', () => {
  it('writes one line of JSON, figures rounded to three places', () => {
    const { written, context } = createOutput();
    printFigures(context, { p50Ms: 1.23456, peers: { scan: 2 } });
    expect(written.join('')).toBe('{"p50Ms":1.235,"peers":{"scan":2}}\n');
  });
});

describe('figures for people', () => {
  it('have their units', () => {
    expect([ms(7.44), ms(1234.4), megabytes(99.6), times(2.08), times(31.4)]).toEqual([
      '7.4 ms',
      '1,234 ms',
      '100 MB',
      '2.08x',
      '31x',
    ]);
  });
});

describe('the latencies of a race', () => {
  const raced = new Map([
    ['ours', [10, 20, 30]],
    ["community's BM25Retriever", [40, 40, 40]],
    ['question vector, plain cosine scan in memory', [5, 5, 5]],
    ["question vector, LanceDB's hybrid query with RRF", [20, 20, 20]],
  ]);
  const all = latencies(raced);

  it('are medians and 95% points', () => {
    expect(all.get('ours')).toEqual({ p50: 20, p95: 30 });
  });

  it("are printed beside each median as a multiple of Footnote's", () => {
    expect(latencyRows(all, 'ours')[1]).toEqual([
      "community's BM25Retriever",
      '40.0 ms',
      '40.0 ms',
      '2.00x',
    ]);
  });

  it("are given as Footnote's median over that of each peer", () => {
    expect(peerFigures(all, 'ours')).toEqual({
      peers: { communityBm25: 40, cosineScan: 5, lanceHybrid: 20 },
      ratio: { communityBm25: 0.5, cosineScan: 4, lanceHybrid: 1 },
    });
  });
});
