import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { plainMessage } from '../../src/discord/components.ts';
import { DiscordError } from '../../src/discord/discord-error.ts';
import type { Outgoing } from '../../src/discord/outgoing.ts';
import { createPacedEdits, EDIT_MS } from '../../src/discord/paced-edits.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Edits that take so long, with a clock that the test moves. */
function openEdits(ms = 100, fail?: Error) {
  const shown: { readonly text: string; readonly at: number }[] = [];
  const under = { way: 0, most: 0 };
  const edits = createPacedEdits({
    async edit(message: Outgoing) {
      under.way += 1;
      under.most = Math.max(under.most, under.way);
      shown.push({
        text: JSON.stringify(message).match(/"content":"(\w+)"/)?.[1] ?? '',
        at: Date.now(),
      });
      await new Promise((resolve) => setTimeout(resolve, ms));
      under.way -= 1;
      if (fail !== undefined) throw fail;
    },
    log: { warn() {} },
    now: () => Date.now(),
  });
  return { edits, shown, under };
}

const show = ({ edits }: ReturnType<typeof openEdits>, text: string) =>
  edits.show(plainMessage(text));

describe('paced edits', () => {
  it('show the latest text, one at a time and 1.2 seconds apart', async () => {
    const opened = openEdits(2_000);
    for (let i = 0; i < 60; i += 1) {
      void show(opened, `t${i}`);
      await vi.advanceTimersByTimeAsync(100);
    }
    await vi.advanceTimersByTimeAsync(10_000);
    const { shown, under } = opened;
    expect(under.most).toBe(1);
    expect(shown.at(-1)?.text).toBe('t59');
    expect(shown.length).toBeLessThan(7);
    const gaps = shown.slice(1).map(({ at }, i) => at - (shown[i]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(EDIT_MS);
  });

  it('show nothing where the end comes at once', async () => {
    const opened = openEdits();
    void show(opened, 'early');
    expect(opened.edits.isEarly).toBe(true);
    await opened.edits.stop();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(opened.shown).toEqual([]);
  });

  it('end when what is under way has ended, and show no more', async () => {
    const opened = openEdits(500);
    void show(opened, 'one');
    await vi.advanceTimersByTimeAsync(EDIT_MS + 100);
    const stopped = opened.edits.stop().then(() => Date.now());
    await vi.advanceTimersByTimeAsync(1_000);
    expect((await stopped) - (opened.shown[0]?.at ?? 0)).toBe(500);
    void show(opened, 'two');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(opened.shown).toHaveLength(1);
  });

  it('tell when a text has been shown', async () => {
    const opened = openEdits(300);
    const at = show(opened, 'one').then(() => Date.now());
    await vi.advanceTimersByTimeAsync(5_000);
    expect((await at) - (opened.shown[0]?.at ?? 0)).toBe(300);
  });

  it('go on after a failure, but not where the message is gone', async () => {
    const stumbling = openEdits(10, new DiscordError({ what: 'edit', status: 503, reason: 'x' }));
    const gone = openEdits(
      10,
      new DiscordError({ what: 'edit', status: 404, code: 10_008, reason: 'x' }),
    );
    for (let i = 0; i < 3; i += 1) {
      void show(stumbling, `t${i}`);
      void show(gone, `t${i}`);
      await vi.advanceTimersByTimeAsync(EDIT_MS + 50);
    }
    expect(stumbling.shown).toHaveLength(3);
    expect(gone.shown).toHaveLength(1);
  });
});
