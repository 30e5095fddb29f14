import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { textHash } from '../../src/papers/text-hash.ts';
import { embedPapers } from '../../src/retrieval/embed-papers.ts';
import { openLanceIndex } from '../../src/retrieval/lance/lance-index.ts';
import { makePaper } from '../retrieval/indexed-paper.ts';
import { type BatchRig, openBatchRig, papers, titles, twoABatch } from './batch-rig.ts';

let rig: BatchRig;
beforeEach(async () => {
  rig = await openBatchRig();
  await rig.index.savePapers(papers);
});
afterEach(() => rig.close());

const embedded = async () => (await rig.index.status()).embedded;
const left = async () => (await readdir(rig.folder)).toSorted();

describe('embedding through batches', () => {
  it('stores the very vectors that a plain ingest stores', async () => {
    expect(await rig.embed()).toEqual({ underWay: 0, failures: [] });
    expect(rig.server.titles).toEqual([titles]);
    const { model, dimensions } = rig.embedder;
    const location = join(rig.folder, 'plain');
    const plain = await openLanceIndex({ location, model, dimensions });
    await plain.savePapers(papers);
    await embedPapers({ archive: plain, embedder: rig.embedder });
    const hashes = papers.map(textHash);
    const byId = (a: { paperId: string }, b: { paperId: string }) =>
      a.paperId < b.paperId ? -1 : 1;
    const rows = (await rig.index.chunksByText(hashes)).toSorted(byId);
    expect(rows).toEqual((await plain.chunksByText(hashes)).toSorted(byId));
    expect(rows).toHaveLength(5);
    expect(await embedPapers({ archive: rig.index, embedder: rig.embedder })).toBe(0);
    plain.close();
  });

  it('submits nothing for a corpus that has its vectors', async () => {
    await rig.embed();
    rig.server.calls.length = 0;
    expect(await rig.embed()).toEqual({ underWay: 0, failures: [] });
    expect(rig.server.calls).toEqual([]);
    await rig.index.savePapers([makePaper('Zeta', 'It is new.')]);
    await rig.embed();
    expect(rig.server.titles.slice(1)).toEqual([['Zeta']]);
    expect(await left()).toEqual([]);
  });

  it('fills as few batches as the limits allow, and no more', async () => {
    rig.server.script.mostInputs = twoABatch.texts;
    await rig.embed({ limits: twoABatch });
    expect(rig.server.titles.map(({ length }) => length)).toEqual([2, 2, 1]);
    expect(await embedded()).toBe(5);
    expect(rig.told).toEqual([1, 2, 3].map((n) => expect.stringMatching(`^Batch batch_${n}: `)));
  });

  it('embeds a text once that two papers share', async () => {
    const twin = { ...makePaper('Alpha'), abstract: papers[0]?.abstract ?? '' };
    await rig.index.savePapers([{ ...twin, id: 'arxiv:2401.00001' as typeof twin.id }]);
    await rig.embed();
    expect(rig.server.titles).toEqual([titles]);
    expect(await embedded()).toBe(6);
  });

  it('looks after 5 seconds, then ever more rarely, once a minute at last', async () => {
    rig.server.script.looks = 10;
    const progress: number[] = [];
    await rig.embed({ onProgress: ({ done }) => progress.push(done) });
    expect([rig.pauses[0], rig.pauses[1], rig.pauses.at(-1)]).toEqual([5_000, 7_500, 60_000]);
    expect(rig.pauses).toEqual(rig.pauses.toSorted((a, b) => a - b));
    expect([progress[0], progress.at(-1)]).toEqual([0, 5]);
  });

  it('never goes back in what it says is done', async () => {
    rig.server.script.endings.push('expired');
    rig.server.script.looks = 1;
    const progress: string[] = [];
    await rig.embed({
      limits: twoABatch,
      onProgress: ({ done, total }) => progress.push(`${done}/${total}`),
    });
    expect(progress).toEqual(['0/5', '4/5', '4/5', '5/5', '5/5']);
  });

  it('only submits when it is not to wait, and takes the vectors in the next time', async () => {
    expect(await rig.embed({ wait: false })).toEqual({ underWay: 1, failures: [] });
    expect(await rig.embed({ wait: false })).toEqual({ underWay: 1, failures: [] });
    expect(await embedded()).toBe(0);
    await rig.index.savePapers([makePaper('Zeta', 'It is new.')]);
    expect(await rig.embed()).toEqual({ underWay: 0, failures: [] });
    expect(rig.server.titles).toEqual([titles, ['Zeta']]);
    expect(await embedded()).toBe(6);
  });

  it('leaves out a paper whose text changed on the way, and embeds the new text', async () => {
    await rig.embed({ wait: false });
    await rig.index.savePapers([makePaper('Alpha', 'It is another text now.')]);
    await rig.embed();
    expect(rig.server.titles).toEqual([titles, ['Alpha']]);
    expect(await embedded()).toBe(5);
  });
});

describe('an index that was lost', () => {
  it('gets its vectors again from the batch that was paid', async () => {
    await rig.embed();
    const { model, dimensions } = rig.embedder;
    const index = await openLanceIndex({ location: join(rig.folder, 'new'), model, dimensions });
    await index.savePapers(papers);
    await rig.embed({ index });
    expect(rig.server.titles).toEqual([titles]);
    expect(await index.status()).toMatchObject({ papers: 5, embedded: 5 });
    index.close();
  });
});

describe('what was noted of batches', () => {
  it('may be lost: the same requests are found again on the server', async () => {
    await rig.embed({ wait: false });
    await rm(rig.folder, { recursive: true });
    await rig.embed();
    expect(rig.server.titles).toEqual([titles]);
    expect(await embedded()).toBe(5);
  });

  it('may be lost of many batches, on several pages of the list', async () => {
    await rig.embed({ wait: false, limits: twoABatch });
    await rm(rig.folder, { recursive: true });
    await rig.embed({ limits: twoABatch });
    expect([rig.server.titles.length, await embedded()]).toEqual([3, 5]);
  });

  it('may be damaged as well', async () => {
    await rig.embed({ wait: false });
    const [name = ''] = await left();
    await writeFile(join(rig.folder, name), '{"model":');
    await rig.embed();
    expect([rig.server.titles, await embedded()]).toEqual([[titles], 5]);
    expect(await left()).toEqual([]);
  });
});
