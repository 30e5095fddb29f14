import { describe, expect, it } from 'vitest';
import { ChannelPace } from '../../src/slack/channel-pace.ts';

/** A pace whose time passes as timers do, a hundred times faster than Slack's. */
function createPace() {
  return new ChannelPace({ now: () => performance.now(), gapMs: 20 });
}

function noted(order: string[], name: string, turn: Promise<void>): Promise<void> {
  return turn.then(() => void order.push(name));
}

describe('the turns of a channel', () => {
  it('come one after another, in order, a gap apart', async () => {
    const pace = createPace();
    const [order, from] = [[] as string[], performance.now()];
    await Promise.all(['a', 'b', 'c'].map((name) => noted(order, name, pace.turn('C1'))));
    expect(order).toEqual(['a', 'b', 'c']);
    expect(performance.now() - from).toBeGreaterThan(35);
  });

  it('do not wait for those of another', async () => {
    const pace = createPace();
    pace.pause('C1', 60_000);
    const order: string[] = [];
    const stopping = new AbortController();
    const late = noted(order, 'late', pace.turn('C1', { signal: stopping.signal }));
    await noted(order, 'other', pace.turn('C2'));
    stopping.abort(new Error('stopped'));
    await expect(late).rejects.toThrow('stopped');
    expect(order).toEqual(['other']);
  });

  it('go first to what had its turn and was not taken', async () => {
    const pace = createPace();
    const order: string[] = [];
    await pace.turn('C1');
    await Promise.all([
      noted(order, 'next', pace.turn('C1')),
      noted(order, 'again', pace.turn('C1', { isAgain: true })),
    ]);
    expect(order).toEqual(['again', 'next']);
  });

  it('can be waited for before they are used, and given back', async () => {
    const pace = createPace();
    pace.pause('C1', 30);
    expect(pace.isFree('C1')).toBe(false);
    await pace.keep('C1');
    const order: string[] = [];
    const second = noted(order, 'second', pace.keep('C1'));
    await noted(order, 'first', pace.turn('C1'));
    await second;
    pace.giveBack('C1');
    await noted(order, 'third', pace.turn('C1'));
    expect(order).toEqual(['first', 'second', 'third']);
  });

  it('are forgotten when nobody waits', async () => {
    const pace = createPace();
    await pace.turn('C1');
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(pace.isFree('C1')).toBe(true);
  });
});
