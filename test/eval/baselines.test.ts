import { describe, expect, it } from 'vitest';
import { createCommunityBm25 } from '../../src/eval/baselines.ts';
import { paperId } from './made-up-answers.ts';

const PAPERS = [
  { id: paperId('p1'), title: 'Routing tokens', abstract: 'A router sends tokens to experts.' },
  { id: paperId('p2'), title: 'Spiking chips', abstract: 'Neurons fire on a small chip.' },
  { id: paperId('p3'), title: 'Graphs', abstract: 'We learn on graphs.' },
];
const ids = async (query: string) => {
  return (await createCommunityBm25(PAPERS)(query)).map((doc) => doc.id);
};

describe('createCommunityBm25', () => {
  it('ranks papers that share words with the question, best first', async () => {
    expect(await ids('which chip has neurons?')).toEqual(['arxiv:p2']);
    const [first, second] = await createCommunityBm25(PAPERS)('experts tokens graphs');
    expect([first?.id, second?.id]).toEqual(['arxiv:p1', 'arxiv:p3']);
    expect(first?.score).toBeGreaterThan(second?.score ?? Number.POSITIVE_INFINITY);
  });

  it('is not thrown by punctuation and finds nothing in it', async () => {
    expect(await ids('chip (c++ [a-z]* $^ \\')).toContain('arxiv:p2');
    expect(await ids(' ?! ** - ')).toEqual([]);
    expect(await ids('')).toEqual([]);
  });

  it('gives 100 papers at most and none of an empty library', async () => {
    const many = Array.from({ length: 130 }, (_, n) => {
      return { id: paperId(`m${n}`), title: `Graph ${n}`, abstract: 'graphs' };
    });
    expect(await createCommunityBm25(many)('graphs')).toHaveLength(100);
    expect(await createCommunityBm25([])('graphs')).toEqual([]);
  });
});
