import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeDataDir, type Run, runFootnote } from '../commands/run-footnote.ts';
import { FakeChatServer } from '../fakes/chat-server.ts';
import { TraceSink } from '../fakes/trace-sink.ts';

const KEY = 'sk-0123456789abcdef';

let dataDir: string;
let drop: () => Promise<void>;
let chat: FakeChatServer;
let collector: TraceSink;
let langSmith: TraceSink;

beforeAll(async () => {
  ({ dataDir, drop } = await makeDataDir());
  await runFootnote(['ingest'], { dataDir });
}, 120_000);
afterAll(() => drop());
beforeEach(async () => {
  [chat, collector, langSmith] = await Promise.all([
    FakeChatServer.start(),
    TraceSink.start(),
    TraceSink.start(),
  ]);
  return () => Promise.all([chat, collector, langSmith].map((server) => server.close()));
});

function ask(question: string, env: Readonly<Record<string, string>>): Promise<Run> {
  return runFootnote(['ask', question], {
    dataDir,
    env: {
      CHAT_MODEL: 'openai:gpt-5-mini',
      OPENAI_BASE_URL: chat.baseUrl,
      OPENAI_API_KEY: KEY,
      LANGSMITH_ENDPOINT: langSmith.baseUrl,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.baseUrl,
      ...env,
    },
  });
}

describe('ask with OpenTelemetry asked for', () => {
  it.each([
    { LANGSMITH_OTEL_ENABLED: 'true', LANGSMITH_TRACING: 'true' },
    { OTEL_ENABLED: 'true' },
  ])('sends its runs to the collector, and nothing to LangSmith: %o', async (env) => {
    chat.replyWith(() => ({ kind: 'text', text: 'NONE' }));
    const question = `how does DADAO decouple communication, by ${Object.keys(env)[0]}?`;
    const { code, stderr } = await ask(question, env);
    expect([code, stderr]).toEqual([0, '']);
    expect(collector.posts.map(({ path }) => path)).toContain('POST /v1/traces');
    const sent = collector.posts.map(({ body }) => body).join('');
    const steps = ['read', 'rewrite', 'retrieve', 'recall', 'decide', 'compose', 'finish'];
    // The byte before a name in protobuf is its length.
    const names = ['footnote', 'answer', ...steps].map(
      (name) => `${String.fromCharCode(name.length)}${name}`,
    );
    for (const name of [...names, 'gpt-5-mini', question]) expect(sent).toContain(name);
    expect(sent).not.toContain(KEY);
    expect(langSmith.posts).toEqual([]);
  });

  it('answers as ever when no collector is there, and says so in the log', async () => {
    chat.replyWith(() => ({ kind: 'text', text: 'NONE' }));
    await collector.close();
    const { code, stdout, stderr, ms } = await ask('is DADAO asynchronous?', {
      OTEL_ENABLED: 'true',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
    });
    expect([code, stdout]).toEqual([0, expect.stringContaining('DADAO')]);
    expect(stderr).toContain('tracing.not-sent');
    expect(ms).toBeLessThan(20_000);
  });
});

describe('ask without', () => {
  it('sends nothing to a collector', async () => {
    chat.replyWith(() => ({ kind: 'text', text: 'NONE' }));
    const { code } = await ask('does DADAO need a central server?', { OTEL_ENABLED: 'false' });
    expect(code).toBe(0);
    expect([collector.posts, langSmith.posts]).toEqual([[], []]);
  });
});
