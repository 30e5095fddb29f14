import { describe, expect, it } from 'vitest';
import { median, race } from '../../bench/race.ts';

describe('race', () => {
  it('gives every contender every input in turn, starting with another one each time', async () => {
    const order: string[] = [];
    const contender = (name: string) => ({
      name,
      run: async (input: number) => void order.push(`${name}${input}`),
    });
    const times = await race({
      contenders: [contender('a'), contender('b')],
      inputs: [1, 2],
      rounds: 2,
      signal: new AbortController().signal,
    });
    expect(order).toEqual(['a1', 'b1', 'b2', 'a2', 'b1', 'a1', 'a2', 'b2']);
    expect([...times.keys()]).toEqual(['a', 'b']);
    expect(times.get('a')).toHaveLength(2);
  });

  it('does not time the warm-up', async () => {
    const seen: string[] = [];
    const run = async (input: string) => void seen.push(input);
    const signal = new AbortController().signal;
    const contenders = [{ name: 'a', run }];
    const times = await race({ contenders, inputs: ['x'], warmUp: ['w'], rounds: 1, signal });
    expect(seen).toEqual(['w', 'x']);
    expect(times.get('a')).toHaveLength(1);
  });

  it('stops when it is aborted', async () => {
    const abort = new AbortController();
    let runs = 0;
    const run = async () => {
      runs += 1;
      abort.abort(new Error('stopped'));
    };
    const contenders = [{ name: 'a', run }];
    const racing = race({ contenders, inputs: [1, 2], rounds: 3, signal: abort.signal });
    await expect(racing).rejects.toThrow('stopped');
    expect(runs).toBe(1);
  });
});

describe('median', () => {
  it('is the middle value, whatever the order', () => {
    expect(median([9, 1, 5])).toBe(5);
  });
});
