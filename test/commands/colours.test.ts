import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDataDir, PAGES, runFootnote } from './run-footnote.ts';

const ROOT = join(import.meta.dirname, '../..');
const SCRIPT = '/usr/bin/script';

// `script` runs a program in a terminal of its own.
describe.skipIf(!existsSync(SCRIPT))('on a terminal', () => {
  let dataDir: string;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    ({ dataDir, drop } = await makeDataDir());
    await runFootnote(['ingest'], { dataDir });
  });
  afterAll(() => drop());

  async function search(env: Readonly<Record<string, string>>): Promise<string> {
    const command = `${join(ROOT, 'node_modules/.bin/node')} ${join(ROOT, 'src/main.ts')} search graphs`;
    const { PATH = '', HOME = '' } = process.env;
    const { stdout } = await promisify(execFile)(SCRIPT, ['-qec', command, '/dev/null'], {
      env: { PATH, HOME, TERM: 'xterm-256color', DATA_DIR: dataDir, PAGES_DIR: PAGES, ...env },
    });
    return stdout;
  }

  it('the results have colours', async () => {
    expect(await search({})).toContain('\u001b[1m');
  });

  it('NO_COLOR takes them away', async () => {
    const plain = await search({ NO_COLOR: '1' });
    expect(plain).toContain('Towards');
    expect(plain).not.toContain('\u001b[');
  });
});
