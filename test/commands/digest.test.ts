import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeDataDir, runFootnote } from './run-footnote.ts';

let made: Awaited<ReturnType<typeof makeDataDir>>;
beforeAll(async () => {
  made = await makeDataDir();
});
afterAll(() => made.drop());
const run = (...args: readonly string[]) => runFootnote(['digest', ...args], made);

it('a preview shows a day without sending anything, as text, JSON and picture', async () => {
  const picture = join(made.dataDir, 'map.png');
  const asked = [
    'preview',
    '--date',
    '2026-11-20',
    '--topics',
    'neural networks, at most 2, not picky',
  ];
  const text = await run(...asked, '--picture', picture);
  expect(text.code).toBe(0);
  expect(text.stdout).toMatch(/^Nothing is new, so here (?:are|is)/);
  expect(text.stdout).toContain('Here because it fits “neural networks” (+0.');
  expect(text.stderr).toMatch(/There is no picture|The picture is in/);
  if (existsSync(picture)) expect((await readFile(picture)).subarray(1, 4).toString()).toBe('PNG');
  const json = await run(...asked, '--json');
  expect(JSON.parse(json.stdout)).toMatchObject({ kind: 'papers', period: '2026-11-20' });
  expect((await run('list')).stdout).toContain('Nothing is subscribed yet.');
});

it.each([
  [['preview'], 'needs either --topics or --subscription'],
  [['preview', '--topics', 'agents', '--date', 'tomorrow'], '“tomorrow” is no day.'],
  [['preview', '--topics', 'at 9'], 'Say what it shall be about'],
])('digest %j says what is wrong', async (args, words) => {
  const { code, stderr } = await run(...args);
  expect(code).toBe(2);
  expect(stderr).toContain(words);
});
