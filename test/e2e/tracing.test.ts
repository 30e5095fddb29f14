import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeDataDir, type Run, runFootnote } from '../commands/run-footnote.ts';
import { FakeChatServer } from '../fakes/chat-server.ts';
import { type SentSpan, TraceSink } from '../fakes/trace-sink.ts';

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
    expect(collector.requests).toContain('POST /v1/traces');
    const { spans, sent } = collector;
    const path = (span: SentSpan | undefined): string =>
      span === undefined ? '' : `${path(spans.find(({ id }) => id === span.parent))}/${span.name}`;
    const steps = ['read', 'rewrite', 'retrieve', 'recall', 'decide', 'compose', 'finish'];
    const paths = spans.map(path);
    expect(paths).toEqual(
      expect.arrayContaining(['/answer', ...steps.map((step) => `/answer/${step}`)]),
    );
    expect(paths).toContain('/answer/compose/answer');
    for (const text of ['footnote', 'gpt-5-mini', question]) expect(sent).toContain(text);
    expect(sent).not.toContain(KEY);
    expect(langSmith.requests).toEqual([]);
  });

  it('tells of a failed call without the key that the server told back', async () => {
    chat.replyWith(() => ({ kind: 'status', status: 401 }));
    await ask('what does DADAO need?', { OTEL_ENABLED: 'true', LOG_LEVEL: 'silent' });
    expect(collector.sent).toContain('401 Incorrect API key provided: [redacted]');
    expect(collector.sent).not.toContain(KEY);
  });

  it('answers as ever when no collector is there, and says so in the log', async () => {
    chat.replyWith(() => ({ kind: 'text', text: 'NONE' }));
    await collector.close();
    const { code, stdout, stderr } = await ask('is DADAO asynchronous?', {
      OTEL_ENABLED: 'true',
      // Until then it is tried again: ten seconds by default.
      OTEL_EXPORTER_OTLP_TIMEOUT: '1000',
    });
    expect([code, stdout]).toEqual([0, expect.stringContaining('DADAO')]);
    expect(stderr).toContain('tracing.not-sent');
  });
});

describe('ask without', () => {
  it('sends nothing to a collector', async () => {
    chat.replyWith(() => ({ kind: 'text', text: 'NONE' }));
    const { code } = await ask('does DADAO need a central server?', { OTEL_ENABLED: 'false' });
    expect(code).toBe(0);
    expect([collector.requests, langSmith.requests]).toEqual([[], []]);
  });
});
