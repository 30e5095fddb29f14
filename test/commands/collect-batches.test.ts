import { readdir } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FakeLine } from '../fakes/batch-jobs.ts';
import { makePaper } from '../retrieval/indexed-paper.ts';
import { type BatchRig, KEY, openBatchRig, papers, titles } from './batch-rig.ts';

let rig: BatchRig;
beforeEach(async () => {
  rig = await openBatchRig();
  await rig.index.savePapers(papers);
});
afterEach(() => rig.close());

const embedded = async () => (await rig.index.status()).embedded;
const left = async () => (await readdir(rig.folder)).toSorted();
const refusing =
  (...words: readonly string[]) =>
  ({ body }: FakeLine) =>
    words.includes(body.input[1] ?? '') ? `No luck with ${body.input[1]}.` : undefined;

describe('failed requests of a batch', () => {
  it('are submitted once more', async () => {
    let times = 0;
    rig.server.script.refuse = ({ body }) =>
      body.input[1] === 'Beta' && times++ === 0 ? 'The model was overloaded.' : undefined;
    expect(await rig.embed()).toEqual({ underWay: 0, failures: [] });
    expect(rig.server.titles).toEqual([titles, ['Beta']]);
    expect(await embedded()).toBe(5);
    expect(rig.told[1]).toBe(
      'Batch batch_1 completed: papers without vectors: 1 of 5 (The model was overloaded.). They are submitted once more.',
    );
  });

  it('are reported when they fail again, beside those that came through', async () => {
    rig.server.script.refuse = refusing('Beta', 'Delta');
    const { failures } = await rig.embed();
    expect(rig.server.titles).toEqual([titles, ['Beta', 'Delta']]);
    const reasons = failures.map(({ reason }) => reason).toSorted();
    expect(reasons).toEqual(['No luck with Beta.', 'No luck with Delta.']);
    expect([await embedded(), await left()]).toEqual([3, []]);
  });

  it('go into a batch of their own when all failed, also the next time', async () => {
    rig.server.script.refuse = () => 'Not today.';
    expect((await rig.embed()).failures).toHaveLength(5);
    rig.server.script.refuse = () => undefined;
    expect((await rig.embed()).failures).toEqual([]);
    expect(await embedded()).toBe(5);
  });

  it('never tell the key', async () => {
    rig.server.script.refuse = () => `Wrong key ${KEY}.`;
    const { failures } = await rig.embed();
    expect(JSON.stringify([failures, rig.told])).not.toContain(KEY);
  });
});

describe('a batch that ends otherwise', () => {
  it('(expired) gives what it has; the rest is submitted once more', async () => {
    rig.server.script.endings.push('expired');
    expect((await rig.embed()).failures).toEqual([]);
    expect(rig.server.titles.map(({ length }) => length)).toEqual([5, 4]);
    expect(rig.told[1]).toMatch(/batch_1 expired: papers without vectors: 4 of 5 .+once more/);
    expect(await embedded()).toBe(5);
  });

  it('(cancelled) gives what it has; the rest waits for the next run', async () => {
    rig.server.script.endings.push('cancelled');
    expect((await rig.embed()).failures).toHaveLength(4);
    expect(rig.told[1]).toMatch(
      /batch_1 cancelled: papers without vectors: 4 of 5 .+not submitted again now/,
    );
    expect([await embedded(), await left()]).toEqual([1, []]);
    expect((await rig.embed()).failures).toEqual([]);
    expect(await embedded()).toBe(5);
  });

  it('(failed) is told of with the reason; the next run submits it again', async () => {
    rig.server.script.endings.push('failed');
    const { failures } = await rig.embed();
    expect(failures.map(({ reason }) => reason)).toEqual(
      Array(5).fill('Enqueued token limit reached.'),
    );
    expect(rig.told[1]).toMatch(/batch_1 failed: papers without vectors: 5 of 5 .+token limit/);
    expect((await rig.embed()).failures).toEqual([]);
    expect(await embedded()).toBe(5);
  });

  it('(gone from the server) is submitted once more', async () => {
    await rig.embed({ wait: false });
    rig.server.forget();
    expect((await rig.embed()).failures).toEqual([]);
    expect(rig.told[1]).toMatch(
      /batch_1 gone: papers without vectors: 5 of 5 .+no longer on the server/,
    );
    expect(await embedded()).toBe(5);
  });
});

describe('a server in trouble', () => {
  it.each([
    ['a reply to the creation that got lost', 'create', { kind: 'lost-reply' }],
    ['429 at the creation', 'create', { kind: 'status', status: 429 }],
    ['500 at the upload', 'upload', { kind: 'status', status: 500 }],
    ['500 at the list', 'list', { kind: 'status', status: 500 }],
    ['429 at a look', 'state', { kind: 'status', status: 429 }],
    ['results cut in the middle', 'content', { kind: 'cut' }],
  ] as const)('is asked again after %s; one batch is paid', async (_, route, fault) => {
    rig.server.fail(route, fault);
    expect(await rig.embed()).toEqual({ underWay: 0, failures: [] });
    expect(rig.server.titles).toEqual([titles]);
    expect(await embedded()).toBe(5);
  });

  it('that is away for a while is waited for, but not for ever', async () => {
    await rig.embed({ wait: false });
    const down = (times: number) =>
      Array.from({ length: times }, () => ({ kind: 'status', status: 503 }) as const);
    rig.server.fail('state', ...down(6));
    expect(await rig.embed()).toMatchObject({ failures: [] });
    await rig.index.savePapers([makePaper('Zeta', 'It is new.')]);
    rig.server.fail('state', ...down(40));
    await expect(rig.embed()).rejects.toMatchObject({ code: 'network' });
  }, 60_000);

  it.each([
    ['upload', 401, 'model', /refused the API key \(401\)/],
    ['create', 404, 'model', /has no Batch API.+without --embed-batch/],
    ['list', 403, 'model', /refused the API key \(403\)/],
  ] as const)('(%s: %i) is told of without the key', async (route, status, code, message) => {
    rig.server.fail(route, { kind: 'status', status });
    const error = await rig.embed().catch((cause) => cause);
    expect([error.code, error.message]).toEqual([code, expect.stringMatching(message)]);
    expect(JSON.stringify([error.message, error.facts, String(error.cause)])).not.toContain(KEY);
    expect(await rig.embed()).toEqual({ underWay: 0, failures: [] });
    expect(await embedded()).toBe(5);
  });
});
