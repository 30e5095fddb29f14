import { randomUUID } from 'node:crypto';
import type { Answerer } from '../../src/answer/answerer.ts';

import { openSlack } from '../../src/slack/open-room.ts';
import { openStore } from '../../src/store/open-store.ts';
import { FakeAnswerer } from '../bot/fake-answerer.ts';
import { openBot } from '../bot/open-bot.ts';
import { TOKENS } from '../fakes/hostile-slack/hostile-slack.ts';
import { WritingAnswerer } from './writing-answerer.ts';

// A bot in a process of its own, by the real client: the store's FILE, the Slack's URL, and whether
// its answers are written sentence by sentence.
const [file = '', apiUrl = '', writes = ''] = process.argv.slice(2);
const write = () => {};
const log = Object.assign(write, { debug: write, warn: write });
const store = await openStore({ file });
const choice = { kind: 'socket', botToken: TOKENS.bot, appToken: TOKENS.app, apiUrl } as const;
const room = await openSlack(choice, { ...store, mount: () => () => {}, log });
const answerer =
  writes === 'writes' ? new WritingAnswerer({ sentences: 4, everyMs: 300 }) : createQuoter();
const { bot } = await openBot({
  store,
  isStarted: false,
  parts: { answerer, doors: { slack: room.door }, log },
  settings: {
    quotas: { perPersonAnHour: 10_000, perWorkspaceADay: 10_000 },
    leaseMs: 1_000,
    concurrency: 8,
    deliverMs: 5_000,
    stepMs: 2_000,
    retryMs: 100,
  },
});
await room.connect(bot);
bot.start();
process.send?.({ ready: true });

/** Shows nothing before the whole answer is there. */
function createQuoter(): Answerer {
  const fake = new FakeAnswerer({ delayMs: 30, newId: randomUUID });
  return { answer: ({ question }) => fake.answer({ question }) };
}
