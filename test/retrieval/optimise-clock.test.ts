import { describe, expect, it } from 'vitest';
import { createOptimiseClock } from '../../src/retrieval/optimise-clock.ts';

function makeClock() {
  let time = 0;
  const clock = createOptimiseClock(() => time);
  const pass = (ms: number) => {
    time += ms;
  };
  const fold = (ms: number) => clock.time(async () => pass(ms));
  return { clock, pass, fold };
}

describe('the clock of folding in', () => {
  it('waits for enough rows and for enough time', () => {
    const { clock, pass } = makeClock();
    clock.add(50_000);
    expect(clock.isDue()).toBe(false);
    pass(10_000);
    expect(clock.isDue()).toBe(true);
    const idle = makeClock();
    idle.clock.add(999);
    idle.pass(1_000_000);
    expect(idle.clock.isDue()).toBe(false);
    idle.clock.add(1);
    expect(idle.clock.isDue()).toBe(true);
  });

  it.each([200, 74_000])('gives a folding in that takes %i ms a tenth of the time', async (ms) => {
    const { clock, pass, fold } = makeClock();
    clock.add(2_000);
    await fold(ms);
    expect(clock.isDue()).toBe(false);
    clock.add(2_000);
    pass(ms * 10 - 1);
    expect(clock.isDue()).toBe(false);
    pass(1);
    expect(clock.isDue()).toBe(true);
  });

  it('goes by the time even when folding in failed', async () => {
    const { clock, pass } = makeClock();
    clock.add(2_000);
    pass(10_000);
    const failing = clock.time(async () => {
      throw new Error('no room');
    });
    await expect(failing).rejects.toThrow('no room');
    expect(clock.isDue()).toBe(true);
  });
});
