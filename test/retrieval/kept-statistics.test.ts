import { describe, expect, it } from 'vitest';
import { createRetriever } from '../../src/retrieval/retriever.ts';
import { MemoryIndex } from '../fakes/memory-index.ts';
import { WordCountEmbedder } from '../fakes/word-count-embedder.ts';
import { makePaper } from './indexed-paper.ts';

/** Asks an index that says it has so many papers; how often its words have been counted by then. */
async function makeAsking() {
  const index = new MemoryIndex();
  await index.savePapers([makePaper('Graph networks', 'We study molecules.')]);
  let status = await index.status();
  index.status = async () => status;
  const retriever = createRetriever({ index, embedder: new WordCountEmbedder() });
  return async (papers: number) => {
    status = { ...status, papers, embedded: papers, version: status.version + 1 };
    await retriever.retrieve({ question: 'molecules' });
    return index.calls.sample;
  };
}

describe('the statistics of words', () => {
  it('are read anew with every change of a library that is no larger than their sample', async () => {
    const counted = await makeAsking();
    expect([await counted(386), await counted(386), await counted(19_999)]).toEqual([1, 2, 3]);
  });

  it('of a larger one are kept until it has grown, or shrunk, by a tenth', async () => {
    const counted = await makeAsking();
    expect([await counted(100_000), await counted(109_999)]).toEqual([1, 1]);
    expect([await counted(110_000), await counted(100_000)]).toEqual([2, 2]);
    expect(await counted(99_000)).toBe(3);
  });
});
