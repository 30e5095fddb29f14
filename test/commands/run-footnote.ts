import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const NODE = join(ROOT, 'node_modules/.bin/node');

/** Fourteen papers cut from the pages that ship, thirteen of them dated. */
export const PAGES = join(import.meta.dirname, 'pages');

/** What a run of the program left. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
}

export interface RunOptions {
  readonly dataDir: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The program as a process of its own, with nothing of this one's settings. */
export function startFootnote(args: readonly string[], options: RunOptions): ChildProcess {
  const { PATH = '', HOME = '' } = process.env;
  return spawn(NODE, [join(ROOT, 'src/main.ts'), ...args], {
    env: { PATH, HOME, DATA_DIR: options.dataDir, PAGES_DIR: PAGES, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs the program to its end. */
export function runFootnote(args: readonly string[], options: RunOptions): Promise<Run> {
  return finished(startFootnote(args, options));
}

/** Waits for the end of a process and gathers what it writes from now on. */
export function finished(child: ChildProcess): Promise<Run> {
  const started = performance.now();
  const written = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    written.stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    written.stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code, ...written, ms: performance.now() - started });
    });
  });
}

/** Waits until a process has written what fits; throws when it ends before. */
export function written(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  let text = '';
  return new Promise((resolve, reject) => {
    const read = (piece: Buffer | string) => {
      text += String(piece);
      const found = pattern.exec(text);
      if (found !== null) resolve(found);
    };
    child.stderr?.on('data', read);
    child.once('close', () => reject(new Error(`ended without ${pattern}: ${text}`)));
  });
}

/** A folder for DATA_DIR that lasts until `drop`. */
export async function makeDataDir(): Promise<{ dataDir: string; drop: () => Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'footnote-cli-'));
  return { dataDir, drop: () => rm(dataDir, { recursive: true, force: true }) };
}
