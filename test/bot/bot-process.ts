import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from '../../src/bot/message.ts';
import { openStore } from '../../src/store/open-store.ts';
import { FakeAnswerer } from './fake-answerer.ts';
import { FakePlatform } from './fake-platform.ts';
import { openBot } from './open-bot.ts';

// A bot in a process of its own: the store's FILE, the platform's JOURNAL, and how long the model
// and the platform take. Messages come from the parent, who is told what became of each.
const [file = '', journal = '', answerMs = '5', sendMs = '2'] = process.argv.slice(2);
const quotas = { perPersonAnHour: 100_000, perWorkspaceADay: 100_000 };
const opened = await openBot({
  store: await openStore({ file }),
  platform: new FakePlatform({ journal, delayMs: Number(sendMs) }),
  answerer: new FakeAnswerer({ delayMs: Number(answerMs), newId: randomUUID }),
  settings: { quotas, leaseMs: 1_000, concurrency: 8, deliverMs: 5_000, stepMs: 2_000 },
});
process.on('message', (message: IncomingMessage) => void takeIn(message));
process.send?.({ ready: true });

async function takeIn(message: IncomingMessage): Promise<void> {
  const received = await opened.bot.receive(message);
  process.send?.({ messageId: message.messageId, kind: received.kind });
}
