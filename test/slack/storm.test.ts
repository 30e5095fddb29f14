import { describe, expect, it } from 'vitest';
import type { IncomingMessage } from '../../src/bot/message.ts';
import { createReplyDoor } from '../../src/slack/reply-door.ts';
import { createSharedStreams } from '../../src/slack/shared-streams.ts';
import { openStore } from '../../src/store/open-store.ts';
import { FakeAnswerer } from '../bot/fake-answerer.ts';
import { makeMessage } from '../bot/make-message.ts';
import { type OpenedBot, openBot, until } from '../bot/open-bot.ts';
import { FakeSlackApi } from './fake-slack-api.ts';

const QUESTIONS = 200;
const PATIENCE_MS = 30_000;

/** A bot whose replies stand in a Slack in memory. */
async function open(api: FakeSlackApi, store: OpenedBot['store'], delayMs: number) {
  const write = () => {};
  const log = Object.assign(write, { debug: write, warn: write });
  const shared = createSharedStreams();
  const door = createReplyDoor({
    workspaces: {
      find: async () => ({ api, self: { teamId: 'T1', botUserId: 'UBOT', botId: 'BBOT' } }),
    },
    log,
    now: () => performance.now(),
    streamsIn: () => shared,
  });
  const quotas = { perPersonAnHour: 10_000, perWorkspaceADay: 10_000 };
  return openBot({
    store,
    answerer: new FakeAnswerer({ delayMs }),
    parts: { doors: { slack: door } },
    settings: { quotas, concurrency: 8, deliverMs: 2_000, leaseMs: 500, graceMs: 20 },
  });
}

function questions(): readonly IncomingMessage[] {
  return Array.from({ length: QUESTIONS }, (_, i) => {
    const ts = `1000.${String(i).padStart(6, '0')}`;
    const channelId = `C${i % 50}`;
    return makeMessage({ messageId: ts, threadId: ts, channelId, text: `What is ${i}?` });
  });
}

describe('a storm of questions', () => {
  it('is answered once each: events come twice, calls fail, and the bot is restarted', async () => {
    const api = new FakeSlackApi().failAtRandom(0.05);
    const store = await openStore({ file: ':memory:' });
    const all = questions();
    const one = await open(api, store, 5);
    await Promise.all(
      [...all, ...all.filter((_, i) => i % 5 === 0)].map((m) => one.bot.receive(m)),
    );
    await until(() => finished(api).length > 60, 'a part of the answers', PATIENCE_MS);
    await one.close();
    const other = await open(api, store, 1);
    await until(() => finished(api).length >= QUESTIONS, 'all answers', PATIENCE_MS);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await other.close();
    await store.close();
    const threads = api.shown.map(({ threadTs }) => threadTs);
    expect(threads.filter((thread, i) => threads.indexOf(thread) !== i)).toEqual([]);
    expect(threads).toHaveLength(QUESTIONS);
    expect(api.failed).toBeGreaterThan(20);
  });
});

/** Messages that have their sources. */
function finished(api: FakeSlackApi) {
  return api.shown.filter(({ blocks }) => JSON.stringify(blocks).includes('container'));
}
