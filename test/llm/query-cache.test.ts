import { describe, expect, it } from 'vitest';
import { withQueryCache } from '../../src/llm/query-cache.ts';
import { testEmbedder } from '../contracts/embedder.ts';
import { WordCountEmbedder } from '../fakes/word-count-embedder.ts';

testEmbedder('the fake embedder', async () => new WordCountEmbedder());
testEmbedder('an embedder with a query cache', async () => withQueryCache(new WordCountEmbedder()));

describe('the query cache', () => {
  it('asks for a query once, and for the missing ones of a list in one call', async () => {
    const fake = new WordCountEmbedder();
    const embedder = withQueryCache(fake);
    const [heat] = await embedder.embedQueries(['heat']);
    const vectors = await embedder.embedQueries(['cold', 'heat', 'rain', 'cold']);
    expect(fake.queries).toEqual([['heat'], ['cold', 'rain']]);
    expect(vectors).toHaveLength(4);
    expect(vectors[1]).toBe(heat);
    expect(vectors[3]).toBe(vectors[0]);
  });

  it('asks once for equal queries at the same time', async () => {
    const fake = new WordCountEmbedder();
    const embedder = withQueryCache(fake);
    await Promise.all([
      embedder.embedQueries(['heat']),
      embedder.embedQueries(['heat', 'cold']),
      embedder.embedQueries(['cold']),
    ]);
    expect(fake.queries).toEqual([['heat'], ['cold']]);
  });

  it('forgets the query not asked for longest', async () => {
    const fake = new WordCountEmbedder();
    const embedder = withQueryCache(fake, { maxQueries: 2 });
    for (const query of ['heat', 'cold', 'heat', 'rain', 'heat', 'cold']) {
      await embedder.embedQueries([query]);
    }
    expect(fake.queries).toEqual([['heat'], ['cold'], ['rain'], ['cold']]);
  });

  it('answers a list longer than it keeps', async () => {
    const fake = new WordCountEmbedder();
    const embedder = withQueryCache(fake, { maxQueries: 2 });
    expect(await embedder.embedQueries(['a', 'b', 'c', 'd', 'a'])).toHaveLength(5);
  });

  it('does not keep a failure', async () => {
    const fake = new WordCountEmbedder();
    const embedder = withQueryCache(fake);
    fake.failNext(new Error('down'));
    await expect(embedder.embedQueries(['heat', 'cold'])).rejects.toThrow('down');
    expect(await embedder.embedQueries(['heat', 'cold'])).toHaveLength(2);
  });
});
