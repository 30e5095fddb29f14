import { readFile } from 'node:fs/promises';
import { FootnoteError } from '../src/errors.ts';

/** Memory of one process in MB, as Linux counts it. */
export interface ProcessMemory {
  /** Resident now. */
  readonly resident: number;
  /** The most that was ever resident. */
  readonly peak: number;
}

const KB_PER_MB = 1024;

/** Undefined when the process is gone. Throws FootnoteError `config` on systems without `/proc`. */
export async function readMemory(pid: number): Promise<ProcessMemory | undefined> {
  const status = await readProc(`${pid}/status`);
  if (status === undefined) return undefined;
  const read = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / KB_PER_MB;
  const memory = { resident: read('VmRSS'), peak: read('VmHWM') };
  return memory.peak > 0 ? memory : undefined; // a process that has just ended has none
}

/** The processes that this one started and that still run. */
export async function childrenOf(pid: number): Promise<readonly number[]> {
  const children = await readProc(`${pid}/task/${pid}/children`);
  return (children ?? '').split(' ').filter(Boolean).map(Number);
}

async function readProc(file: string): Promise<string | undefined> {
  if (process.platform !== 'linux') {
    throw new FootnoteError('config', 'Memory is read from /proc: run this bench on Linux.');
  }
  return readFile(`/proc/${file}`, 'utf8').catch(() => undefined);
}
