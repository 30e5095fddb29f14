import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, it } from 'vitest';
import type { ConversationId } from '../../src/answer/conversation.ts';
import { openStore } from '../../src/store/open-store.ts';
import { makeMessage } from '../bot/make-message.ts';
import { testAskedQuestions } from '../contracts/asked-questions.ts';
import { testDeliveryStore } from '../contracts/delivery-store.ts';
import { testDigestMemory } from '../contracts/digest-memory.ts';
import { testFeedbackStore } from '../contracts/feedback-store.ts';
import { testInstallationStore } from '../contracts/installation-store.ts';
import { testIntroductions } from '../contracts/introductions.ts';
import { testAcceptance } from '../contracts/question-acceptance.ts';
import { testQuestionQueue } from '../contracts/question-queue.ts';
import { testSettingsStore } from '../contracts/settings-store.ts';
import { testSubscriptionStore } from '../contracts/subscription-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'footnote-bot-stores-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

const STORES = {
  'the SQLite store in memory': () => openStore({ file: ':memory:' }),
  'the SQLite store on disk': () => openStore({ file: join(folder, `state-${++files}.db`) }),
};

for (const [name, open] of Object.entries(STORES)) {
  testAcceptance(name, open);
  testQuestionQueue(name, open);
  testAskedQuestions(name, open);
  testIntroductions(name, open);
  testSettingsStore(name, open);
  testFeedbackStore(name, open);
  testInstallationStore(name, open);
  testSubscriptionStore(name, open);
  testDeliveryStore(name, open);
  testDigestMemory(name, open);
}

it('a stored question that cannot be read is told of once and holds up no other', async () => {
  const file = join(folder, 'damaged.db');
  const { queue, close } = await openStore({ file });
  const quotas = { perPersonAnHour: 9, perWorkspaceADay: 9 };
  for (const id of ['damaged', 'whole']) {
    const conversationId = id as ConversationId;
    const facts = { conversationId, isPrivate: false, isUnasked: false, quotas };
    await queue.accept({ id, message: makeMessage(), ...facts, now: new Date() });
  }
  const other = new DatabaseSync(file);
  other.exec(`update questions set message = '{"text":' where id = 'damaged'`);
  other.close();
  const now = new Date().toISOString();
  const request = { worker: 'w', platforms: ['slack'] as const, most: 9, now, until: now };
  await expect(queue.take(request)).rejects.toMatchObject({
    code: 'index',
    message: expect.stringContaining(`The stored question damaged in ${file} cannot be read`),
  });
  expect((await queue.take(request))?.lease.id).toBe('whole');
  await close();
});
