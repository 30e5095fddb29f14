import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createProcessLock } from '../../src/store/process-lock.ts';

const MODULE = join(import.meta.dirname, '../../src/store/process-lock.ts');
// Holds the lock until it is killed.
const HOLDER = `
  const { createProcessLock } = await import(${JSON.stringify(MODULE)});
  await createProcessLock(process.argv[1]).hold(async () => {
    process.stdout.write('held');
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  });`;

let folder: string;
let file: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'footnote-lock-'));
  file = join(folder, 'state', 'build.lock');
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

async function startHolder(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', HOLDER, file]);
  children.push(child);
  await once(child.stdout, 'data');
  return child;
}

it('gives what the work gives and makes the folder of its file', async () => {
  const lock = createProcessLock(file);
  expect(await lock.hold(async () => 7)).toBe(7);
  expect(await lock.tryHold(async () => 8)).toBe(8);
});

it('lets one at a time in, also within one process', async () => {
  const events: string[] = [];
  const work = (name: string) => async () => {
    events.push(`${name} begins`);
    await sleep(50);
    events.push(`${name} ends`);
  };
  await Promise.all(['a', 'b', 'c'].map((name) => createProcessLock(file).hold(work(name))));
  expect(events).toHaveLength(6);
  for (const at of [0, 2, 4]) expect(events[at + 1]).toBe(events[at]?.replace('begins', 'ends'));
});

it('gives its turn back when the work fails', async () => {
  const lock = createProcessLock(file);
  await expect(lock.hold(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  await expect(lock.tryHold(() => Promise.reject(new Error('worse')))).rejects.toThrow('worse');
  expect(await lock.tryHold(async () => 'free')).toBe('free');
});

it('does not wait when told only to try', async () => {
  await startHolder();
  let ran = false;
  const result = await createProcessLock(file).tryHold(async () => {
    ran = true;
  });
  expect([result, ran]).toEqual([undefined, false]);
});

it('waits for another process, says so once, and goes on when that is killed', async () => {
  const holder = await startHolder();
  let told = 0;
  let done = false;
  const held = createProcessLock(file)
    .hold(async () => 'mine', { onWait: () => void told++ })
    .finally(() => {
      done = true;
    });
  await sleep(700);
  expect([told, done]).toEqual([1, false]);
  holder.kill('SIGKILL');
  expect(await held).toBe('mine');
  expect(told).toBe(1);
});

it('says nothing when there is nothing to wait for', async () => {
  let told = 0;
  await createProcessLock(file).hold(async () => {}, { onWait: () => void told++ });
  expect(told).toBe(0);
});

it('stops waiting for a signal, without doing the work', async () => {
  await startHolder();
  const controller = new AbortController();
  let ran = false;
  const work = async () => {
    ran = true;
  };
  const held = createProcessLock(file).hold(work, { signal: controller.signal });
  controller.abort();
  await expect(held).rejects.toMatchObject({ name: 'AbortError' });
  expect(ran).toBe(false);
});

it('takes a lock file that a killed process left', async () => {
  const holder = await startHolder();
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  expect(await createProcessLock(file).tryHold(async () => 'free')).toBe('free');
});

it('says what to do where the file cannot be made', async () => {
  await writeFile(join(folder, 'plain'), '');
  const lock = createProcessLock(join(folder, 'plain', 'build.lock'));
  const error = await lock.hold(async () => 1).catch((reason) => reason);
  expect(error).toMatchObject({ name: 'FootnoteError', code: 'index' });
  expect(error.message).toContain(join(folder, 'plain'));
});

// It was told in the words that the store has for its own file.
it('does not call the lock file a conversation store', async () => {
  await writeFile(join(folder, 'plain'), '');
  const lock = createProcessLock(join(folder, 'plain', 'build.lock'));
  const error = await lock.hold(async () => 1).catch((reason) => reason);
  expect(error.message).not.toMatch(/conversation/i);
});
