import { describe, expect, it } from 'vitest';
import type { BeirDocument } from '../../src/eval/beir.ts';
import { thinCorpus } from '../../src/eval/thin-corpus.ts';

const ids = ['a', 'b', 'gold', 'c', 'd', 'e', 'second', 'f'];

async function* corpus(): AsyncGenerator<BeirDocument> {
  for (const id of ids) yield { id, title: id, text: '' };
}

describe('thinCorpus', () => {
  it('keeps every judged text and every so many of the others, each time it is read', async () => {
    const qrels = new Map([
      ['q1', new Map([['gold', 1]])],
      ['q2', new Map([['second', 2]])],
    ]);
    const thin = thinCorpus({ queries: [], qrels, corpus }, 3);
    for (const _ of [1, 2]) {
      const kept = (await Array.fromAsync(thin.corpus())).map(({ id }) => id);
      expect(kept).toEqual(['a', 'gold', 'd', 'second']);
    }
  });
});
