import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PaperId } from '../../src/papers/paper.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';

const paperId = 'arxiv:2401.00001' as PaperId; // as it is built
let store: Store;
beforeEach(async () => {
  store = await openStore({ file: ':memory:' });
});
afterEach(() => store.close());

it('one snapshot a day is kept, the last one, whichever came first', async () => {
  const of = (at: string, upvotes: number) => ({ paperId, at: `2026-11-${at}Z`, upvotes });
  await store.snapshots.add([of('20T12:00:00', 5), of('21T08:00:00', 9)]);
  await store.snapshots.add([of('20T18:00:00', 7), of('21T06:00:00', 8)]);
  expect(await store.snapshots.of(paperId)).toEqual([of('20T18:00:00', 7), of('21T08:00:00', 9)]);
});

it('more of them than one statement takes are kept, and none are no trouble', async () => {
  const many = Array.from({ length: 900 }, (_, at) => ({
    paperId: `arxiv:${at}` as PaperId, // made up
    at: '2026-11-20T00:00:00Z',
    commentCount: at,
  }));
  await store.snapshots.add(many);
  await store.snapshots.add([]);
  expect(await store.snapshots.of('arxiv:899' as PaperId)).toMatchObject([{ commentCount: 899 }]);
});

it('what was asked of titles is remembered, found or not', async () => {
  const ids = Array.from({ length: 1_200 }, (_, at) => `title:${at}` as PaperId); // made up
  const [first, last] = [ids[0] ?? paperId, ids.at(-1) ?? paperId];
  const askedAt = '2026-11-20T00:00:00Z';
  await store.resolvedTitles.put({ titleId: first, arxivId: '2401.00001', askedAt });
  await store.resolvedTitles.put({ titleId: last, arxivId: '2401.00002', askedAt });
  await store.resolvedTitles.put({ titleId: last, askedAt });
  expect([...(await store.resolvedTitles.of(ids)).values()]).toEqual([
    { titleId: first, arxivId: '2401.00001', askedAt },
    { titleId: last, askedAt },
  ]);
});
