import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { SETTING_NAMES } from '../src/config.ts';

/** The folder of the program. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));
export const MAIN = join(ROOT, 'src', 'main.ts');

/** A Node process under measurement. */
export interface NodeChild {
  readonly process: ChildProcess;
  /** What it has written so far. */
  stdout(): string;
  stderr(): string;
  /** Resolves when it has ended; throws unless its exit code is 0. */
  done(): Promise<void>;
}

export interface ChildRequest {
  readonly args: readonly string[];
  /** Footnote's settings, by name; all others are at their defaults, whatever `.env` says. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

const GRACE_MS = 5_000;

/** Starts this program's own Node in the program's folder; an abort ends it. */
export function startNode({ args, settings = {}, signal }: ChildRequest): NodeChild {
  signal.throwIfAborted();
  const child = spawn(process.execPath, [...args], {
    cwd: ROOT,
    env: { ...process.env, ...blankSettings(), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const stop = () => void stopChild(child);
  signal.addEventListener('abort', stop, { once: true });
  const ended = once(child, 'close').finally(() => signal.removeEventListener('abort', stop));
  ended.catch(() => {}); // told by done()
  return {
    process: child,
    stdout,
    stderr,
    done: async () => {
      const [code] = await ended;
      signal.throwIfAborted();
      if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}:\n${stderr()}`);
    },
  };
}

function collect(stream: Readable): () => string {
  let all = '';
  stream.setEncoding('utf8').on('data', (text: string) => {
    all += text;
  });
  return () => all;
}

/** Runs it to its end; the wall time in milliseconds. */
export async function runNode(request: ChildRequest): Promise<number> {
  const start = performance.now();
  await startNode(request).done();
  return performance.now() - start;
}

/** Asks it to end, makes it end after some seconds, and resolves when it is gone. */
export async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  await gone;
  clearTimeout(timer);
}

/** Gives the work a new folder, removed at the end however it ends. */
export async function withTempFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'footnote-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function blankSettings(): Readonly<Record<string, string>> {
  return Object.fromEntries(SETTING_NAMES.map((name) => [name, '']));
}
