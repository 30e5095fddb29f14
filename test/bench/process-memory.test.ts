import { describe, expect, it } from 'vitest';
import { startNode, stopChild } from '../../bench/child.ts';
import { childrenOf, readMemory } from '../../bench/process-memory.ts';

describe.runIf(process.platform === 'linux')('the memory of a process', () => {
  it('is what Linux counts, in MB, its peak no lower', async () => {
    const memory = await readMemory(process.pid);
    const now = process.memoryUsage().rss / 2 ** 20;
    expect(memory?.resident).toBeGreaterThan(now / 2);
    expect(memory?.resident).toBeLessThan(now * 2);
    expect(memory?.peak).toBeGreaterThanOrEqual(memory?.resident ?? 0);
  });

  it('is undefined when the process is gone', async () => {
    expect(await readMemory(2 ** 30)).toBeUndefined();
    expect(await childrenOf(2 ** 30)).toEqual([]);
  });

  it('can be read of its children, too', async () => {
    const { signal } = new AbortController();
    const child = startNode({ args: ['-e', 'setInterval(() => {}, 1000)'], signal });
    try {
      expect(await childrenOf(process.pid)).toContain(child.process.pid);
    } finally {
      await stopChild(child.process);
    }
  });
});
