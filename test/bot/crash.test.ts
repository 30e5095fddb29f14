import { afterEach, describe, expect, it } from 'vitest';
import type { ConversationId } from '../../src/answer/conversation.ts';
import type { QuestionQueue } from '../../src/bot/question-queue.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { seededRandom } from '../papers/seeded-random.ts';
import { FakeAnswerer } from './fake-answerer.ts';
import { FakePlatform } from './fake-platform.ts';
import { makeMessage } from './make-message.ts';
import { openBot, until } from './open-bot.ts';

type Step = 'take' | 'settle' | 'beginDelivery' | 'finish';

let store: Store | undefined;
afterEach(() => store?.close());

/** A store whose process dies at a step: the step is made or not, and nothing ever returns again. */
function dyingAt(
  real: Store,
  { step, isMade }: { readonly step: Step; readonly isMade: boolean },
): { readonly store: Store; hasDied: () => boolean } {
  const state = { isDead: false };
  const methods = Object.entries(real.queue).map(([name, method]) => [
    name,
    async (...given: readonly unknown[]) => {
      const result = name === step && !isMade ? undefined : await call(method, given, state);
      if (name === step && (result !== undefined || name !== 'take')) state.isDead = true;
      return state.isDead ? new Promise(() => {}) : result;
    },
  ]);
  const queue = Object.fromEntries(methods) as QuestionQueue; // the same methods
  return { store: { ...real, queue }, hasDied: () => state.isDead };
}

function call(
  method: (...given: readonly unknown[]) => Promise<unknown>,
  given: readonly unknown[],
  { isDead }: { readonly isDead: boolean },
): Promise<unknown> {
  return isDead ? new Promise(() => {}) : method(...given);
}

describe('a process that dies', () => {
  it.each([
    { step: 'take', isMade: true, answers: 1 },
    { step: 'settle', isMade: false, answers: 2 },
    { step: 'settle', isMade: true, answers: 1 },
    { step: 'beginDelivery', isMade: false, answers: 1 },
    { step: 'beginDelivery', isMade: true, answers: 1 },
    { step: 'finish', isMade: false, answers: 1 },
    { step: 'finish', isMade: true, answers: 1 },
  ] as const)('at $step (made: $isMade) leaves one reply and one turn', async (row) => {
    store = await openStore({ file: ':memory:' });
    const [platform, answerer] = [new FakePlatform(), new FakeAnswerer()];
    const dying = dyingAt(store, row);
    const settings = { leaseMs: 400 };
    const first = await openBot({ store: dying.store, platform, answerer, settings });
    await first.bot.receive(makeMessage({ threadId: 't1', text: 'What is it?' }));
    await until(dying.hasDied);
    const second = await openBot({ store, platform, answerer, settings });
    await second.ended(1);
    const queue = store.queue;
    await until(async () => (await queue.load()).working === 0);
    await second.close();
    expect(platform.ends).toHaveLength(1);
    expect(answerer.asked).toHaveLength(row.answers);
    const turns = await store.conversations.turns('slack:T1:C1:t1' as ConversationId);
    expect(turns).toHaveLength(1);
    expect(await store.queue.load()).toEqual({ waiting: 0, working: 0 });
  });

  it('over one question again and again does not do so for ever', async () => {
    store = await openStore({ file: ':memory:' });
    const { queue } = store;
    const message = makeMessage();
    const quotas = { perPersonAnHour: 9, perWorkspaceADay: 9 };
    const conversationId = 'c' as ConversationId;
    const accepted = {
      id: 'q',
      message,
      conversationId,
      isPrivate: false,
      isUnasked: false,
      quotas,
    };
    await queue.accept({ ...accepted, now: new Date() });
    for (let n = 0; n < 6; n += 1) {
      const at = new Date(n).toISOString();
      await queue.take({ worker: `${n}`, platforms: ['slack'], most: 9, now: at, until: at });
    }
    const { platform, answerer, ended, close } = await openBot({ store });
    await ended(1);
    await close();
    expect(platform.ends[0]?.text).toMatch(/^I tried several times/);
    expect(answerer.asked).toEqual([]);
  });
});

describe('a worker that was asleep', () => {
  it('and lost its lease sends nothing when it wakes', async () => {
    store = await openStore({ file: ':memory:' });
    const [platform, sleepy] = [new FakePlatform(), new FakeAnswerer()];
    const wake = sleepy.hold('What is it?');
    const { queue } = store;
    // As when a machine is suspended: its heartbeats do not arrive.
    const deaf = { ...queue, renew: () => new Promise<never>(() => {}) };
    const settings = { leaseMs: 400 };
    const asleep = { ...store, queue: deaf };
    const first = await openBot({ store: asleep, platform, answerer: sleepy, settings });
    await first.bot.receive(makeMessage({ text: 'What is it?' }));
    await until(() => sleepy.asked.length === 1);
    const second = await openBot({ store, platform, settings });
    await second.ended(1);
    wake();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(platform.ends).toHaveLength(1);
    await Promise.all([first.close(), second.close()]);
  });
});

describe('a slow store', () => {
  it('delays a question and does no more', async () => {
    store = await openStore({ file: ':memory:' });
    const slow = Object.entries(store.queue).map(([name, method]) => [
      name,
      async (...given: readonly unknown[]) => {
        await new Promise((resolve) => setTimeout(resolve, 30));
        return method(...given);
      },
    ]);
    const queue = Object.fromEntries(slow) as QuestionQueue; // the same methods, later
    const opened = await openBot({ store: { ...store, queue }, settings: { leaseMs: 400 } });
    const messages = Array.from({ length: 8 }, () => makeMessage());
    for (const message of [...messages, ...messages]) void opened.bot.receive(message);
    await opened.ended(8);
    await opened.close();
    expect(opened.platform.ends).toHaveLength(8);
  });

  it('that fails for a while costs no accepted question its answer', async () => {
    store = await openStore({ file: ':memory:' });
    const { queue: real } = store;
    const random = seededRandom(7);
    const failing = Object.entries(real).map(([name, method]) => [
      name,
      async (...given: readonly unknown[]) => {
        if (name !== 'accept' && random() < 0.3) throw new Error('database is locked');
        return method(...given);
      },
    ]);
    const queue = Object.fromEntries(failing) as QuestionQueue; // the same methods, at times
    const opened = await openBot({ store: { ...store, queue }, settings: { leaseMs: 200 } });
    for (let n = 0; n < 6; n += 1) await opened.bot.receive(makeMessage());
    await opened.ended(6);
    await opened.close();
    expect(opened.platform.ends).toHaveLength(6);
  });
});
