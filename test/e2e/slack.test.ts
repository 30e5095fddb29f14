import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { finished } from '../commands/run-footnote.ts';
import { whyNoLocalSlack } from './local-slack.ts';

const ROOT = join(import.meta.dirname, '../..');
const absent = whyNoLocalSlack();

// Leases that run out after a crash, and a Slack that is away, take their time.
const LONGEST_MS = 240_000;

describe.concurrent('npm start in Slack, against local-slack', () => {
  const unless = absent === undefined ? '' : ` (not tried: ${absent})`;

  it.skipIf(absent !== undefined).each([
    ['over sockets', []],
    ['over signed HTTP', ['--http']],
  ])(
    `holds a whole conversation %s${unless}`,
    async (_name, more) => {
      const demo = join(import.meta.dirname, 'demo-slack.ts');
      const child = spawn(join(ROOT, 'node_modules/.bin/node'), [demo, ...more], { cwd: ROOT });
      const { code, stdout } = await finished(child);
      expect(stdout).not.toContain('FAILED');
      const figures = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { steps: number };
      expect(figures).toEqual({ steps: figures.steps, failed: 0 });
      expect(figures.steps).toBeGreaterThan(10);
      expect(code).toBe(0);
    },
    LONGEST_MS,
  );
});
