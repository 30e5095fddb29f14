import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { testAskedQuestions } from '../contracts/asked-questions.ts';
import { testFeedbackStore } from '../contracts/feedback-store.ts';
import { testAcceptance } from '../contracts/question-acceptance.ts';
import { testQuestionQueue } from '../contracts/question-queue.ts';
import { testSettingsStore } from '../contracts/settings-store.ts';

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
  testSettingsStore(name, open);
  testFeedbackStore(name, open);
}
