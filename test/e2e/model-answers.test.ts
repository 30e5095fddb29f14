import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  finished,
  makeDataDir,
  runFootnote,
  startFootnote,
  written,
} from '../commands/run-footnote.ts';
import type { ChatReply } from '../fakes/chat-replies.ts';
import type { ChatBody } from '../fakes/chat-rules.ts';
import { FakeChatServer } from '../fakes/chat-server.ts';
import { allEvents, readEvents } from '../web/read-events.ts';

const QUESTION = 'how does DADAO decouple communication from computation?';

const Sentence = z.object({
  text: z.string(),
  citations: z.array(z.int()),
  sources: z.array(z.looseObject({ n: z.int(), title: z.string() })),
});
const Whole = z.looseObject({
  conversation: z.string(),
  sentences: z.array(z.looseObject({ text: z.string() })),
  trace: z.looseObject({ mode: z.string() }),
});

let dataDir: string;
let drop: () => Promise<void>;
let fake: FakeChatServer;
let env: Record<string, string>;

beforeAll(async () => {
  ({ dataDir, drop } = await makeDataDir());
  await runFootnote(['ingest'], { dataDir });
}, 120_000);
afterAll(() => drop());
beforeEach(async () => {
  fake = await FakeChatServer.start();
  env = {
    CHAT_MODEL: 'openai:gpt-5-mini',
    OPENAI_BASE_URL: fake.baseUrl,
    OPENAI_API_KEY: 'sk-0123456789abcdef',
    MODEL_PRICE_USD: '0.25,2',
    PORT: '0',
  };
});
afterEach(() => fake.close());

/** The first two sentences of the first paper in the prompt, in the form that is asked for. */
function quoteFirst({ messages }: ChatBody): string {
  const prompt = messages.map(({ content }) => content).join('\n');
  const abstract = /<paper number="1"[^>]*>\n.*\n(.*)\n/.exec(prompt)?.[1] ?? '';
  const sentences = abstract.split(/(?<=\.) (?=[A-Z])/).slice(0, 2);
  return sentences.map((sentence) => `- ${sentence} [1] "${sentence}"\n`).join('');
}

async function serving<T>(use: (url: string, child: ChildProcess) => Promise<T>): Promise<T> {
  const child = startFootnote(['start'], { dataDir, env });
  const ended = finished(child);
  try {
    const [, url = ''] = await written(child, /Footnote is at (http:\S+) /);
    return await use(url, child);
  } finally {
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 0, stdout: '' });
  }
}

function ask(url: string, question: string, signal?: AbortSignal): Promise<Response> {
  return fetch(`${url}/api/ask`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
    body: JSON.stringify({ question }),
    ...(signal && { signal }),
  });
}

describe('ask', () => {
  it('prints what the model wrote as prose, with its name and its cost', async () => {
    fake.replyWith((body) => ({ kind: 'text', text: quoteFirst(body) }));
    const { code, stdout, stderr } = await runFootnote(['ask', QUESTION], { dataDir, env });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).not.toMatch(/^DADAO/);
    expect(stdout).toMatch(/\[1\] [\s\S]*\[1\]\n\n\[1\] DADAO/);
    expect(stdout).toMatch(/written by openai:gpt-5-mini · [\d.]+ m?s · \$0\.00\d\d ·/);
  });

  it('says in a plain sentence that the model failed, and nothing of why', async () => {
    fake.replyWith(() => ({ kind: 'status', status: 401 }));
    const question = 'what does DADAO do about communication?';
    const { code, stdout } = await runFootnote(['ask', question], {
      dataDir,
      env: { ...env, LOG_LEVEL: 'silent' },
    });
    expect(code).toBe(0);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(
      /^The language model is not set up right; tell whoever runs Footnote; these are the papers' own sentences\. DADAO/,
    );
    expect(stdout).not.toMatch(/401|sk-0|API key|fallback/i);
  });
});

describe('start', () => {
  const slowly = (body: ChatBody): ChatReply => ({
    kind: 'text',
    text: quoteFirst(body),
    tokensPerSecond: 100,
  });

  it('streams checked sentences that stand in the answer as they are', async () => {
    fake.replyWith(slowly);
    const events = await serving(async (url) =>
      allEvents(await ask(url, 'how does DADAO work on time-varying networks?')),
    );
    expect(events.map(({ event }) => event)).toEqual([
      'status',
      'status',
      'sentence',
      'sentence',
      'answer',
    ]);
    const told = events.slice(2, 4).map(({ data }) => Sentence.parse(data));
    const whole = Whole.parse(events.at(-1)?.data);
    expect(told.map(({ text }) => text)).toEqual(whole.sentences.map(({ text }) => text));
    expect(told[0]?.sources[0]?.title).toMatch(/^DADAO/);
    expect(whole.trace.mode).toBe('model');
  });

  it('ends the call to the model when the reader leaves', async () => {
    fake.replyWith(slowly);
    await serving(async (url) => {
      const left = new AbortController();
      const events = readEvents(await ask(url, 'is DADAO asynchronous or not?', left.signal));
      for await (const { event } of events) if (event === 'sentence') break;
      left.abort();
      for (let tries = 0; fake.closedEarly === 0 && tries < 40; tries += 1) await sleep(50);
      expect(fake.closedEarly).toBe(1);
    });
  });
});
