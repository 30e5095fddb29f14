import { spawnSync } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';

const MODULE = fileURLToPath(new URL('../../src/commands/lean-process.ts', import.meta.url));
const PROGRAM = `
  import { beginLean } from ${JSON.stringify(pathToFileURL(MODULE).href)};
  beginLean();
  const { MALLOC_ARENA_MAX } = process.env;
  console.log(JSON.stringify({ MALLOC_ARENA_MAX, args: process.argv.slice(1), flags: process.execArgv }));
`;

describe.runIf(process.platform === 'linux')('beginLean', () => {
  it('begins the program anew once, with its arguments and few arenas', () => {
    const args = ['--input-type=module', '-e', PROGRAM, '--', 'a b', '--c'];
    const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    const lines = stdout.trim().split('\n');
    expect(lines).toHaveLength(1);
    const { MALLOC_ARENA_MAX, flags } = JSON.parse(lines[0] ?? '');
    expect(MALLOC_ARENA_MAX).toBe('2');
    expect(flags[0]).toBe('--max-semi-space-size=4');
  });
});
