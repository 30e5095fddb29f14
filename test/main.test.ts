import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makeDataDir, runFootnote } from './commands/run-footnote.ts';

const Package = z.object({ scripts: z.record(z.string(), z.string()) });

describe('the entry', () => {
  let dataDir: string;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    ({ dataDir, drop } = await makeDataDir());
  });
  afterAll(() => drop());

  it('has a script in package.json for each of its commands, and no other', async () => {
    const { stderr } = await runFootnote(['no-such-command'], { dataDir });
    const commands = /one of (.+)\n$/.exec(stderr)?.[1]?.split(', ') ?? [];
    const text = await readFile(join(import.meta.dirname, '../package.json'), 'utf8');
    const scripts = Object.entries(Package.parse(JSON.parse(text)).scripts).flatMap(
      ([name, script]) => {
        const command = /^node (?:--\S+ )*src\/main\.ts (\w+)$/.exec(script)?.[1];
        return command === undefined ? [] : [[name, command]];
      },
    );
    expect(commands.length).toBeGreaterThan(5);
    expect(scripts.map(([name]) => name).sort()).toEqual(commands.toSorted());
    for (const [name, command] of scripts) expect(command).toBe(name);
  });

  it('loads each of them: an unknown option gets the usage line of that command', async () => {
    const { stderr } = await runFootnote(['no-such-command'], { dataDir });
    const commands = /one of (.+)\n$/.exec(stderr)?.[1]?.split(', ') ?? [];
    for (const command of commands) {
      const run = await runFootnote([command, '--no-such-option'], { dataDir });
      const usage = command === 'start' ? 'npm start' : `npm run ${command}`;
      expect(run.stderr).toContain(`Unknown option '--no-such-option'. Usage: ${usage}`);
      expect([run.code, run.stdout]).toEqual([2, '']);
    }
  });

  it('tells of the settings before it does anything', async () => {
    const { code, stderr } = await runFootnote(['start'], { dataDir, env: { PORT: 'x' } });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^These settings are wrong: PORT /)]);
  });
});
