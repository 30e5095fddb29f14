import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { FakeChatServer } from '../fakes/chat-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'footnote-killed-spending-'));
const server = await FakeChatServer.start();
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const file = join(folder, 'state.db');
// 50 tokens of reply at $200 a million.
const CALL_USD = 0.01;
const CAP_USD = 0.065;

function start(calls: number): ChildProcess {
  const script = join(import.meta.dirname, 'ask-and-spend.ts');
  const given = [file, server.baseUrl, String(CAP_USD), String(calls)];
  return spawn(process.execPath, [script, ...given], { stdio: ['ignore', 'ignore', 'inherit'] });
}

// Ten calls reached the server once: what was killed was free, and others' running calls as well.
it('processes that are killed or run at once never spend more than the cap of a day', {
  timeout: 60_000,
}, async () => {
  server.replyWith(() => ({ kind: 'hang' }));
  const doomed = [start(1), start(1), start(1), start(1)];
  await expect.poll(() => server.requests.length, { timeout: 20_000 }).toBe(doomed.length);
  for (const child of doomed) child.kill('SIGKILL');
  await Promise.all(doomed.map((child) => child.exitCode ?? once(child, 'exit')));

  server.replyWith(() => ({
    kind: 'counted',
    text: 'Heat.',
    usage: { prompt_tokens: 6, completion_tokens: 50 },
    ending: 'end',
  }));
  await Promise.all([1, 2, 3, 4].map(() => once(start(3), 'exit')));
  expect(server.requests).toHaveLength(6);
  expect(server.requests.length * CALL_USD).toBeLessThanOrEqual(CAP_USD);

  const store = await openStore({ file });
  expect(await store.expenses.spentOn('2026-05-04')).toBeCloseTo(6 * CALL_USD, 9);
  await store.close();
});
