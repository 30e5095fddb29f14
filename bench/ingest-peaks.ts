import { setTimeout as sleep } from 'node:timers/promises';
import { childrenOf, readMemory } from './process-memory.ts';

/** The most memory, in MB, of the process and of the one it starts to embed; 0 without one. */
export interface Peaks {
  readonly parent: number;
  readonly child: number;
}

const LOOK_EVERY_MS = 50;

/** Looks at the process and its children until it ends. */
export async function watchPeaks(pid: number): Promise<Peaks> {
  let parent = 0;
  const children = new Map<number, number>();
  for (;;) {
    const memory = await readMemory(pid);
    if (memory === undefined) return { parent, child: Math.max(0, ...children.values()) };
    parent = memory.peak;
    for (const id of await childrenOf(pid)) {
      children.set(id, (await readMemory(id))?.peak ?? children.get(id) ?? 0);
    }
    await sleep(LOOK_EVERY_MS);
  }
}
