import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BatchFault, FakeBatchServer } from '../fakes/batch-server.ts';
import { startFootnote } from '../fixtures/footnote-process.ts';

const KEY = 'sk-test-0123456789abcdef';
const PAGE = 'test/fixtures/pages/plain.txt';
const OTHER_PAGE = 'test/fixtures/pages/spaced.txt';
const WHOLE = '4 papers in the index, 4 of them embedded.\n';
const ARGS = ['ingest', '--embed-batch', PAGE];

let dataDir: string;
let server: FakeBatchServer;
let settings: Readonly<Record<string, string>>;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'footnote-e2e-batch-'));
  server = await FakeBatchServer.start();
  settings = {
    DATA_DIR: dataDir,
    EMBEDDER: 'openai:tiny',
    OPENAI_API_KEY: KEY,
    OPENAI_BASE_URL: server.baseUrl,
  };
});
afterEach(async () => {
  await server.close();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

const run = (args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
  startFootnote(args, { ...settings, ...more }).finished;

describe('ingest --embed-batch', { timeout: 60_000 }, () => {
  it('embeds all papers in one batch, says how far, and submits nothing the next time', async () => {
    const first = await run(ARGS);
    expect([first.code, first.stdout], first.stderr).toEqual([0, WHOLE]);
    expect(first.stderr).toMatch(/Batch batch_1: 4 papers submitted\.\n.*Papers in batches 4\/4/s);
    server.calls.length = 0;
    const second = await run(ARGS);
    expect([second.code, second.stdout]).toEqual([0, WHOLE]);
    // One request learns the length of the vectors, as for any ingest.
    expect(server.calls).toEqual(['embeddings']);
  });

  it.each<[string, 'upload' | 'create' | 'state' | 'content', BatchFault]>([
    ['as it sends the requests', 'upload', { kind: 'hang' }],
    ['before the batch is created', 'create', { kind: 'hang' }],
    ['after the batch was created, before it knew', 'create', { kind: 'done-and-hang' }],
    ['as it waits', 'state', { kind: 'hang' }],
    ['as the vectors come', 'content', { kind: 'done-and-hang' }],
  ])('killed %s goes on and pays for one batch', async (_, route, fault) => {
    server.fail(route, fault);
    const killed = startFootnote(ARGS, settings);
    while (!server.calls.includes(route)) await sleep(5);
    await sleep(100);
    killed.child.kill('SIGKILL');
    expect((await killed.finished).code).toBeNull();
    const { code, stdout, stderr } = await run(ARGS);
    expect([code, stdout], stderr).toEqual([0, WHOLE]);
    expect(server.titles).toHaveLength(1);
    expect((await run(ARGS)).stdout).toBe(WHOLE);
    expect(server.titles).toHaveLength(1);
  });

  it('with --no-wait ends after submitting; a plain ingest then pays nothing twice', async () => {
    const submitted = await run([...ARGS, '--no-wait']);
    expect([submitted.code, submitted.stdout]).toEqual([
      0,
      '4 papers in the index, 0 of them embedded.\n',
    ]);
    expect(submitted.stderr).toMatch(/Batches under way: 1\..+npm run ingest -- --embed-batch/);
    const plain = await run(['ingest', PAGE]);
    expect([plain.code, plain.stdout]).toEqual([1, '']);
    expect(plain.stderr).toMatch(/under way \(batches: 1\).+--embed-batch.+or delete/);
    server.calls.length = 0;
    expect((await run(['ask', 'what do the papers say?'])).code).toBe(0);
    // The length of the vectors, and at most the question's own: no paper's.
    expect(server.calls.filter((call) => call === 'embeddings').length).toBeLessThanOrEqual(2);
    const more = await run(['ingest', '--embed-batch', PAGE, OTHER_PAGE]);
    expect([more.code, more.stdout]).toEqual([0, '9 papers in the index, 9 of them embedded.\n']);
    expect(server.titles.map(({ length }) => length)).toEqual([4, 5]);
  });

  it('stops at once when told to, and goes on the next time', async () => {
    server.script.looks = 1;
    const { child, said, finished } = startFootnote(ARGS, settings);
    await said('submitted');
    while (!server.calls.includes('state')) await sleep(5);
    await sleep(100);
    child.kill('SIGTERM');
    const { stderr } = await finished;
    expect(stderr).toMatch(/Stopped\.\n$/);
    expect((await run(ARGS)).stdout).toBe(WHOLE);
    expect(server.titles).toHaveLength(1);
  });

  it('ends with 1 and says why where papers are left', async () => {
    server.script.refuse = ({ body }) =>
      body.input[1]?.startsWith('ECAPA2') ? `It is too odd for ${KEY}.` : undefined;
    const { code, stdout, stderr } = await run(ARGS);
    expect([code, stdout]).toEqual([1, '4 papers in the index, 3 of them embedded.\n']);
    expect(stderr).toContain('Papers without vectors: 1 (It is too odd for [redacted].).');
    expect(stderr).not.toContain(KEY);
    // A plain ingest takes what is left.
    expect((await run(['ingest', PAGE])).stdout).toBe(WHOLE);
  });

  it('tells of a refused key without telling the key', async () => {
    server.fail('upload', { kind: 'status', status: 401 });
    const { code, stderr } = await run(ARGS);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/refused the API key \(401\)/)]);
    expect(stderr).not.toContain(KEY);
  });

  it.each([
    ['another embedder', ARGS, { EMBEDDER: 'local' }, /needs OpenAI embeddings: set EMBEDDER=/],
    ['--no-wait alone', ['ingest', '--no-wait'], {}, /--no-wait goes with --embed-batch/],
  ])('with %s is wrong usage', async (_, args, more, message) => {
    const { code, stdout, stderr } = await run(args, more);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^[^\n]*Usage: npm run ingest[^\n]*\n$/);
    expect(server.calls).toEqual([]);
  });
});
