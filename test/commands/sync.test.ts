import { expect, it } from 'vitest';
import type { CommandContext } from '../../src/commands/command.ts';
import { runSync } from '../../src/commands/sync.ts';
import { batchLines, totalLine } from '../../src/commands/sync-lines.ts';
import { parseConfig } from '../../src/config.ts';
import { createLogger } from '../../src/log.ts';

// Refused before anything is opened or asked.
const refusal = async (args: readonly string[]): Promise<unknown> => {
  const { stdout, stderr } = process;
  const context: CommandContext = {
    config: parseConfig({ DATA_DIR: '/no/such/folder' }),
    args,
    stdout,
    stderr,
    log: createLogger({ level: 'silent' }),
    signal: new AbortController().signal,
  };
  return runSync(context).catch((error) => error);
};

it.each([
  [[], 'Name a source with --source, or set SYNC_SOURCES.'],
  [['hf'], 'sync takes no names without --source.'],
  [['--source', 'x'], 'There is no source "x"'],
  [['--date', '2026-02-30'], '--date takes a date such as 2026-11-20.'],
  [['--week', '2026-11-20'], '--week takes a week such as 2026-W47.'],
  [['--week', '2026-W54'], '--week takes a week such as 2026-W47.'],
  [['--month', '2026-13'], '--month takes a month such as 2026-11.'],
  [['--month', '2026'], '--month takes a month such as 2026-11.'],
  [['--date', '2026-11-20', '--month', '2026-11'], 'do not go together'],
  [['--source', 'arxiv:cs.LG', '--date', '2026-11-20'], 'goes with --source hf alone'],
  [['--date', '2026-11-20', '--since', '2026-11-01'], 'goes with --source hf alone'],
  [['--since', 'monday'], '--since takes a day'],
])('%j is told as wrong usage', async (args, sentence) => {
  expect(await refusal(args)).toMatchObject({
    code: 'usage',
    message: expect.stringContaining(sentence),
  });
});

it('what a batch brought is told in a line, with the first of what was refused', () => {
  const refused = Array.from({ length: 7 }, (_, at) => ({
    place: `item ${at + 1}`,
    reason: 'bad\u001b[31m',
  }));
  const report = {
    added: 3,
    changed: 2,
    same: 1,
    revised: 1,
    withdrawn: 1,
    passedOver: 9,
    refused,
  };
  const lines = batchLines('hf', { ...report, label: '2026-11-20' });
  expect(lines).toHaveLength(7);
  expect(lines[0]).toBe(
    'hf 2026-11-20: 3 added, 2 changed, 1 of them with a new version, 1 withdrawn, 1 already there, 9 older ones passed over, 7 refused',
  );
  expect(lines[6]).toBe('hf 2026-11-20: 2 more refused');
  expect(lines.join('')).not.toContain('\u001b');
  expect(
    totalLine([
      { ...report, label: '' },
      { ...report, label: '' },
    ]),
  ).toBe('6 papers added, 4 changed.');
});
