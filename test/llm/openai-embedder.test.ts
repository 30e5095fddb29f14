import { inspect } from 'node:util';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { FootnoteError } from '../../src/errors.ts';
import { createOpenAIEmbedder } from '../../src/llm/openai-embedder.ts';
import { testEmbedder } from '../contracts/embedder.ts';
import { FakeOpenAIServer, type OpenAIFault } from '../fakes/openai-server.ts';

const KEY = 'sk-test-0123456789abcdef';
const HEAT = [{ title: 'Heat', sentences: ['It moves.'] }];

const server = await FakeOpenAIServer.start();
const servers = [server];
afterAll(() => Promise.all(servers.map((one) => one.close())));

const open = (options: { maxRetries?: number; timeoutMs?: number; baseUrl?: string } = {}) =>
  createOpenAIEmbedder({ model: 'tiny', apiKey: KEY, baseUrl: server.baseUrl, ...options });

testEmbedder('the OpenAI embedder', () => open());

describe('requests to an OpenAI-compatible server', () => {
  beforeEach(() => {
    server.requests.length = 0;
  });

  it('name the model and the server in the embedder, which learns the dimensions', async () => {
    const embedder = await open();
    expect(embedder.model).toBe(`openai:tiny@${server.host}`);
    expect(embedder.dimensions).toBe(64);
    expect(server.requests).toEqual([['dimensions']]);
  });

  it('hold the whole text, the title and every sentence', async () => {
    const embedder = await open();
    await embedder.embedTexts(HEAT);
    expect(server.requests[1]).toEqual(['Heat. It moves.', 'Heat', 'It moves.']);
  });

  it('hold at most 256 texts and 200,000 tokens, two requests at once', async () => {
    const embedder = await open();
    server.busiest = 0;
    await embedder.embedQueries(Array.from({ length: 600 }, (_, i) => `query ${i}`));
    expect(server.requests.slice(1).map(({ length }) => length)).toEqual([256, 256, 88]);
    expect(server.busiest).toBe(2);
    server.requests.length = 0;
    const long = 'Heat moves through copper wires. '.repeat(700);
    const vectors = await embedder.embedQueries(Array.from({ length: 60 }, () => long));
    expect(vectors).toHaveLength(60);
    expect(server.requests.map(({ length }) => length)).toEqual([25, 25, 10]);
  });

  it('cut a text past the limit', async () => {
    const embedder = await open();
    await embedder.embedQueries(['熱'.repeat(10_000), 'a'.repeat(30_000)]);
    expect(server.requests[1]?.map(({ length }) => length)).toEqual([8_191, 24_573]);
  });

  it('stop at the server as well when aborted', async () => {
    const embedder = await open();
    const before = server.closedEarly;
    server.script({ kind: 'hang' });
    const embedding = embedder.embedTexts(HEAT, { signal: AbortSignal.timeout(50) });
    await expect(embedding).rejects.toThrow(/timeout/);
    await expect.poll(() => server.closedEarly).toBe(before + 1);
  });
});

describe.concurrent('an OpenAI-compatible server in trouble', () => {
  it.each<{ name: string; faults: OpenAIFault[] }>([
    { name: '429 with a time to wait', faults: [{ kind: 'status', status: 429, retryAfter: '0' }] },
    { name: '429 without', faults: [{ kind: 'status', status: 429 }] },
    { name: '500', faults: [{ kind: 'status', status: 500 }] },
    { name: 'a hanging reply', faults: [{ kind: 'hang' }] },
  ])('is asked again after $name', async ({ faults }) => {
    const { embedder } = await openTroubled(faults);
    expect(await embedder.embedTexts(HEAT)).toHaveLength(1);
  });

  it('is waited for as long as it says', async () => {
    const fault = { kind: 'status', status: 429, retryAfter: '3' } as const;
    const { embedder } = await openTroubled([fault]);
    const at = performance.now();
    await embedder.embedQueries(['heat']);
    expect(performance.now() - at).toBeGreaterThan(2_900);
  });

  it.each<{ fault: OpenAIFault; times: number; code: string; says: RegExp }>([
    {
      fault: { kind: 'status', status: 401 },
      times: 1,
      code: 'model',
      says: /refused the API key \(401\). Set OPENAI_API_KEY/,
    },
    {
      fault: { kind: 'status', status: 403 },
      times: 1,
      code: 'model',
      says: /refused the API key \(403\). Set OPENAI_API_KEY/,
    },
    {
      fault: { kind: 'status', status: 404 },
      times: 1,
      code: 'model',
      says: /knows no embedding model "tiny".*EMBEDDER=openai:NAME/,
    },
    {
      fault: { kind: 'status', status: 400 },
      times: 1,
      code: 'model',
      says: /does not accept the texts \(400\): .*Choose another model/,
    },
    { fault: { kind: 'quota' }, times: 1, code: 'network', says: /spent quota. Wait/ },
    {
      fault: { kind: 'status', status: 429, retryAfter: '3600' },
      times: 1,
      code: 'network',
      says: /too many requests.*Wait/,
    },
    {
      fault: { kind: 'status', status: 503 },
      times: 2,
      code: 'network',
      says: /failed again and again \(503\). Try again later/,
    },
    { fault: { kind: 'hang' }, times: 2, code: 'network', says: /did not answer in time. Check/ },
    { fault: { kind: 'not-json' }, times: 1, code: 'model', says: /in another form.*BASE_URL/ },
    { fault: { kind: 'web-page' }, times: 1, code: 'model', says: /in another form.*BASE_URL/ },
    { fault: { kind: 'too-few-vectors' }, times: 1, code: 'model', says: /in another form/ },
    { fault: { kind: 'shorter-vectors' }, times: 1, code: 'model', says: /in another form/ },
  ])('says what to do, without the key: $fault', async ({ fault, times, code, says }) => {
    const faults = Array.from({ length: times }, () => fault);
    const { troubled, embedder } = await openTroubled(faults);
    const error = await embedder.embedTexts(HEAT).catch((cause) => cause);
    expect(error).toBeInstanceOf(FootnoteError);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(says);
    expect(troubled.requests).toHaveLength(1 + times);
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(KEY);
  });

  it('that is not there is not asked again', async () => {
    const gone = await FakeOpenAIServer.start();
    const { baseUrl } = gone;
    await gone.close();
    for (const url of [baseUrl, 'http://no-such-host.invalid/v1']) {
      const at = performance.now();
      const error = await open({ baseUrl: url }).catch((cause) => cause);
      expect(error).toMatchObject({ name: 'FootnoteError', code: 'network' });
      expect(error.message).toMatch(/cannot be reached \(E\w+\).*OPENAI_BASE_URL/);
      expect(performance.now() - at).toBeLessThan(1_000);
    }
  });
});

/** An embedder whose server meets the next requests with these faults. */
async function openTroubled(faults: readonly OpenAIFault[]) {
  const troubled = await FakeOpenAIServer.start();
  servers.push(troubled);
  const embedder = await open({ maxRetries: 1, timeoutMs: 400, baseUrl: troubled.baseUrl });
  troubled.script(...faults);
  return { troubled, embedder };
}
