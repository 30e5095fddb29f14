import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FootnoteError } from '../../src/errors.ts';
import { forkEmbedProcess } from '../../src/llm/embed-child.ts';
import { createLocalEmbedder } from '../../src/llm/local-embedder.ts';
import { createProcessEmbedder } from '../../src/llm/process-embedder.ts';
import { dot, testEmbedder } from '../contracts/embedder.ts';
import { copyModel, inputsFromPage, MODEL, WEIGHTS } from './model-folder.ts';

testEmbedder('the process embedder', () => createProcessEmbedder({ folder: MODEL }));

describe('the embedding process', () => {
  it('starts with the first texts, not for queries, and ends when idle', async () => {
    const { embedder, children } = await openRecorded({ idleMs: 50 });
    await embedder.embedQueries(['heat']);
    expect(children).toHaveLength(0);
    await embedder.embedTexts([{ title: 'Heat', sentences: [] }]);
    await embedder.embedTexts([{ title: 'Cold', sentences: [] }]);
    expect(children).toHaveLength(1);
    await ended(children[0]);
    await embedder.embedTexts([{ title: 'Heat', sentences: [] }]);
    expect(children).toHaveLength(2);
  });

  it('gives the vectors that the local embedder gives', async () => {
    const inputs = await inputsFromPage(5);
    const { embedder } = await openRecorded();
    const local = await createLocalEmbedder(MODEL);
    expect(await embedder.embedTexts(inputs)).toStrictEqual(await local.embedTexts(inputs));
    const [query] = await embedder.embedQueries(['heat']);
    const [text] = await embedder.embedTexts([{ title: 'heat', sentences: [] }]);
    expect(dot(query, text?.vector)).toBeGreaterThan(0.9999);
    await local.close();
  });

  it('killed in the midst is replaced, and nothing is lost', async () => {
    const { embedder, children } = await openRecorded();
    const inputs = await inputsFromPage(20);
    const embedding = embedder.embedTexts(inputs);
    await sleep(300);
    children[0]?.kill('SIGKILL');
    const texts = await embedding;
    expect(texts.map(({ sentences }) => sentences.length)).toEqual(
      inputs.map(({ sentences }) => sentences.length + 1),
    );
    expect(children).toHaveLength(2);
  });

  it('killed twice gives a sentence that says what to do', async () => {
    const { embedder, children } = await openRecorded({ onFork: (child) => child.kill('SIGKILL') });
    const failure = await embedder
      .embedTexts([{ title: 'Heat', sentences: [] }])
      .catch((error) => error);
    expect(failure).toBeInstanceOf(FootnoteError);
    expect(failure.message).toMatch(/ended twice .* Free about/);
    expect(children).toHaveLength(2);
  });

  it('serves several calls at once', async () => {
    const { embedder, children } = await openRecorded();
    const calls = ['Heat', 'Cold', 'Rain'].map((title) =>
      embedder.embedTexts([{ title, sentences: [] }]),
    );
    expect((await Promise.all(calls)).map((texts) => texts.length)).toEqual([1, 1, 1]);
    expect(children).toHaveLength(1);
  });

  it('tells of its errors in the same words', async () => {
    const folder = await copyModel();
    const { embedder } = await openRecorded({ folder });
    await rm(join(folder, WEIGHTS));
    const failure = await embedder
      .embedTexts([{ title: 'Heat', sentences: [] }])
      .catch((error) => error);
    expect(failure).toBeInstanceOf(FootnoteError);
    expect(failure).toMatchObject({ code: 'model' });
    expect(failure.message).toMatch(/cannot be read. Restore it/);
  });

  it('is gone once the embedder is closed, even in the midst', async () => {
    const { embedder, children } = await openRecorded();
    const embedding = embedder.embedTexts(await inputsFromPage(70));
    const outcome = expect(embedding).rejects.toThrow('closed');
    await sleep(100);
    await embedder.close();
    await outcome;
    expect(children).toHaveLength(1);
    expect(isRunning(children[0]?.pid)).toBe(false);
  });

  it.each(['SIGKILL', 'SIGINT'] as const)('is gone after its parent got %s', async (signal) => {
    const program = fileURLToPath(new URL('embed-and-wait.ts', import.meta.url));
    const parent = spawn(process.execPath, [program, MODEL], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(parent.stdout, 'data');
    const pid = Number(line);
    expect(isRunning(pid)).toBe(true);
    parent.kill(signal);
    await expect.poll(() => isRunning(pid), { timeout: 5_000 }).toBe(false);
  });

  it('does not keep a finished parent waiting', async () => {
    const program = fileURLToPath(new URL('embed-and-wait.ts', import.meta.url));
    const parent = spawn(process.execPath, [program, MODEL, 'finish'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(parent.stdout, 'data');
    const at = performance.now();
    const [code] = await once(parent, 'exit');
    expect(code).toBe(0);
    expect(performance.now() - at).toBeLessThan(2_000);
    await expect.poll(() => isRunning(Number(line)), { timeout: 5_000 }).toBe(false);
  });
});

interface Recording {
  readonly folder?: string;
  readonly idleMs?: number;
  readonly onFork?: (child: ChildProcess) => void;
}

async function openRecorded({ folder = MODEL, onFork, ...options }: Recording = {}) {
  const children: ChildProcess[] = [];
  const fork = (at: string) => {
    const child = forkEmbedProcess(at);
    children.push(child);
    onFork?.(child);
    return child;
  };
  const embedder = await createProcessEmbedder({ folder, fork, ...options });
  onTestFinished(() => embedder.close());
  return { embedder, children };
}

async function ended(child: ChildProcess | undefined): Promise<void> {
  await expect.poll(() => child?.exitCode, { timeout: 5_000 }).toBe(0);
}

// A process that ended stays listed as a zombie until its parent, here perhaps init, asks for it.
function isRunning(pid: number | undefined): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.startsWith('Z');
}
