import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createProgress } from '../../src/terminal/progress.ts';

describe('createProgress without a terminal', () => {
  it('writes a plain line every five seconds at most, and one at the end', () => {
    const { progress, clock, written } = start();
    for (let second = 1; second <= 12; second += 1) {
      clock.now = second * 1_000;
      progress.update(second * 10, 'embedding');
    }
    progress.end();
    expect(written()).toBe(
      ['Papers 50/200 embedding', 'Papers 100/200 embedding', 'Papers 120/200 embedding', ''].join(
        '\n',
      ),
    );
  });

  it('writes only the last line of a short task, once', () => {
    const { progress, clock, written } = start();
    progress.update(100);
    clock.now = 100;
    progress.update(200);
    progress.end();
    progress.end();
    clock.now = 60_000;
    progress.update(3);
    expect(written()).toBe('Papers 200/200\n');
  });

  it('writes foreign text in one safe, short line', () => {
    const { progress, written } = start();
    progress.update(1, `\u001b[2Jpage\nof ${'x'.repeat(200)}`);
    progress.end();
    expect(written()).toMatch(/^Papers 1\/200 page of…\n$/);
  });
});

describe('createProgress on a terminal', () => {
  it('draws a bar with counts that ends full and on a new line', () => {
    const { progress, written } = start({ isTTY: true, columns: 80 });
    progress.update(50, 'embedding');
    progress.update(200);
    progress.end();
    expect(written()).toContain('[----');
    expect(stripVTControlCharacters(written())).toMatch(/Papers \[=+\] 100% 200\/200 *\n$/);
  });

  it('fits a terminal of 40 columns', () => {
    const { progress, written } = start({ isTTY: true, columns: 40 });
    progress.update(200, 'a note that is longer than what is left');
    progress.end();
    const frames = written().split('\u001b[1G').map(stripVTControlCharacters);
    expect(Math.max(...frames.map((frame) => frame.trimEnd().length))).toBeLessThanOrEqual(40);
    expect(frames.at(-1)).toContain('100% 200/200');
  });

  it('leaves the wrapping and the cursor of the terminal alone', () => {
    const { progress, written } = start({ isTTY: true, columns: 80 });
    progress.update(1);
    progress.end();
    expect(written()).not.toContain('\u001b[?');
  });
});

describe('createProgress when silent', () => {
  it.each([true, false])('writes nothing (terminal: %s)', (isTTY) => {
    const { progress, clock, written } = start({ isTTY, silent: true });
    clock.now = 60_000;
    progress.update(1);
    progress.end();
    expect(written()).toBe('');
  });
});

function start({ isTTY = false, columns = 80, silent = false } = {}) {
  const clock = { now: 0 };
  const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY, columns });
  const chunks: string[] = [];
  stream.on('data', (chunk) => chunks.push(String(chunk)));
  const now = () => clock.now;
  const progress = createProgress({ stream, label: 'Papers', total: 200, silent, now });
  return { progress, clock, written: () => chunks.join('') };
}
