import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { finished } from '../commands/run-footnote.ts';

const ROOT = join(import.meta.dirname, '../..');

// A lease that runs out after a crash takes its time.
const LONGEST_MS = 240_000;

describe('npm start in Discord, against discord-digital-twin', () => {
  it(
    'holds a whole conversation, and sends nothing that Discord would refuse',
    async () => {
      const demo = join(import.meta.dirname, 'demo-discord.ts');
      const child = spawn(join(ROOT, 'node_modules/.bin/node'), [demo], { cwd: ROOT });
      const { code, stdout } = await finished(child);
      expect(stdout).not.toMatch(/FAILED|would refuse/);
      const figures = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { steps: number };
      expect(figures).toEqual({ steps: figures.steps, failed: 0 });
      expect(figures.steps).toBeGreaterThan(15);
      expect(code).toBe(0);
    },
    LONGEST_MS,
  );
});
