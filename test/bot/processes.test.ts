import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { IncomingMessage } from '../../src/bot/message.ts';
import { openStore } from '../../src/store/open-store.ts';
import { readJournal } from './fake-platform.ts';
import { kill } from './kill.ts';
import { makeMessage } from './make-message.ts';
import { until } from './open-bot.ts';

let folder: string;
let running: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'footnote-bots-'));
});
afterEach(async () => {
  for (const child of running.splice(0)) await kill(child);
  rmSync(folder, { recursive: true });
});

const journal = () => join(folder, 'journal.jsonl');
const ends = () =>
  readJournal({ journal: journal() }).filter(({ kind }) => kind === 'final' || kind === 'fail');

/** A bot in its own process; `stored` collects the messages that it said were taken in. */
async function startBot(stored: Set<string>, answerMs = 5): Promise<ChildProcess> {
  const script = join(import.meta.dirname, 'bot-process.ts');
  const given = [join(folder, 'state.db'), journal(), String(answerMs)];
  const child = fork(script, given, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  child.on('error', () => {}); // a message to one that was just killed
  child.on('message', ({ messageId }: { messageId?: string }) => {
    if (messageId !== undefined) stored.add(messageId);
  });
  running = [...running, child];
  await once(child, 'message');
  return child;
}

function questions(count: number): readonly IncomingMessage[] {
  return Array.from({ length: count }, (_, n) =>
    makeMessage({
      messageId: `question-${n}`,
      channelId: `C${n % 50}`,
      // Every third stands in one of three threads.
      ...(n % 3 === 0 && { channelId: 'C', threadId: `thread-${n % 9}` }),
      author: { id: `U${n % 17}` },
    }),
  );
}

it('two processes that both get every message answer each once', async () => {
  const stored = new Set<string>();
  const bots = await Promise.all([startBot(stored), startBot(stored)]);
  const asked = questions(60);
  for (const message of asked) for (const bot of bots) bot.send(message);
  await until(() => ends().length >= asked.length, 'an end for every question');
  await sleep(300);
  expect(
    ends()
      .map(({ messageId }) => messageId)
      .toSorted(),
  ).toEqual(asked.map(({ messageId }) => messageId).toSorted());
});

it('what a killed process had in work is answered by another, without a restart', async () => {
  const stored = new Set<string>();
  const first = await startBot(stored, 60_000);
  const [message] = questions(1);
  first.send(message ?? {});
  await until(() => stored.size === 1, 'the question to be stored');
  await startBot(stored);
  await kill(first);
  await until(() => ends().length === 1, 'the answer');
});

// The platform sends every message until it is told that it was taken in, and a fifth of them twice.
it('loses and doubles none of 300 questions over two kills', { timeout: 120_000 }, async () => {
  const stored = new Set<string>();
  const asked = questions(300);
  let bot = await startBot(stored, 20);
  for (const [n, message] of asked.entries()) {
    if (n === 100 || n === 200) {
      await kill(bot);
      bot = await startBot(stored, 20);
    }
    for (const copy of n % 5 === 0 ? [message, message] : [message]) bot.send(copy);
    if (n % 10 === 9) await sleep(5);
  }
  const resend = () => {
    for (const message of asked) if (!stored.has(message.messageId)) bot.send(message);
  };
  await sleep(500);
  resend();
  await until(() => stored.size === asked.length, 'every message to be taken in');
  const seen = () => new Set(ends().map(({ messageId }) => messageId));
  await until(() => seen().size === asked.length, 'every question to be answered', 60_000);
  await sleep(1_500); // longer than a lease: what is still in work would come now
  const lost = asked.filter(({ messageId }) => !seen().has(messageId));
  expect({ lost: lost.length, doubled: ends().length - seen().size }).toEqual({
    lost: 0,
    doubled: 0,
  });
  const { interrupted, turns } = await readState();
  expect(interrupted).toBeGreaterThan(0);
  // A turn that was kept twice would be remembered twice.
  expect(turns).toBe(asked.length);
});

async function readState() {
  const store = await openStore({ file: join(folder, 'state.db') });
  expect(await store.queue.load()).toEqual({ waiting: 0, working: 0 });
  await store.close();
  const database = new DatabaseSync(join(folder, 'state.db'));
  const count = (sql: string) => Number(database.prepare(sql).get()?.n);
  const interrupted = count('select count(*) n from questions where attempts > 1');
  const turns = count('select count(*) n from turns');
  database.close();
  return { interrupted, turns };
}
