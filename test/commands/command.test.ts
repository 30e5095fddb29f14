import { describe, expect, it } from 'vitest';
import { readArguments, screenOf, wrongUsage } from '../../src/commands/command.ts';
import { pageLines, unfinishedLines } from '../../src/commands/page-lines.ts';

const usage = 'npm run x -- [--json]';
const options = { json: { type: 'boolean' }, limit: { type: 'string' } } as const;

describe('readArguments', () => {
  it('parts options from names', () => {
    const { values, positionals } = readArguments(['a', '--json', '--limit=3', 'b'], {
      options,
      usage,
    });
    expect([{ ...values }, positionals]).toEqual([{ json: true, limit: '3' }, ['a', 'b']]);
  });

  it('takes what follows -- as it stands', () => {
    expect(readArguments(['--', '--json'], { options, usage }).positionals).toEqual(['--json']);
  });

  it.each([[['--nope']], [['--json=yes']], [['--limit']], [['-x']]])(
    'refuses %j in one line with the usage',
    (args) => {
      const message = expect.stringMatching(/^[^\n]+\. Usage: npm run x -- \[--json\]$/);
      expect(() => readArguments(args, { options, usage })).toThrow(
        expect.objectContaining({ code: 'usage', message }),
      );
    },
  );
});

describe('wrongUsage', () => {
  it('tells what is wrong and how it is right', () => {
    expect(wrongUsage('No.', usage)).toMatchObject({
      code: 'usage',
      message: `No. Usage: ${usage}`,
    });
  });
});

describe('screenOf', () => {
  const stream = (fields: object) => fields as NodeJS.WriteStream; // only what is read of it

  it('is plain and 80 wide where there is no terminal', () => {
    expect(screenOf(stream({}))).toEqual({ width: 80, colour: false });
  });

  it('is as wide as the terminal, up to what can be read', () => {
    const hasColors = () => true;
    expect(screenOf(stream({ isTTY: true, columns: 60, hasColors }))).toEqual({
      width: 60,
      colour: true,
    });
    expect(screenOf(stream({ isTTY: true, columns: 300, hasColors })).width).toBe(100);
  });

  it('takes a terminal that does not know its width for an ordinary one', () => {
    expect(screenOf(stream({ isTTY: true, columns: 0, hasColors: () => true })).width).toBe(80);
  });

  it('has no colours where NO_COLOR says so', () => {
    const screen = stream({ isTTY: true, columns: 60, hasColors: () => false });
    expect(screenOf(screen).colour).toBe(false);
  });
});

describe('pageLines', () => {
  it('tells each refused place with page and line, and lets nothing act on the terminal', () => {
    const counts = { added: 2, merged: 1, changed: 0, same: 3 };
    const kept = [{ line: 9, reason: 'cut\u0007 short' }];
    const refused = [{ line: 7, reason: 'no abstract \u001b[2J' }];
    expect(pageLines({ kind: 'read', page: 'a.txt', ...counts, kept, refused })).toEqual([
      'a.txt: 2 added, 1 merged, 0 changed, 3 already there, 1 refused',
      'a.txt:7: refused: no abstract',
      'a.txt:9: kept: cut short',
    ]);
  });

  it('has one line for a page that is unchanged or refused as a whole', () => {
    expect(pageLines({ kind: 'unchanged', page: 'a.txt' })).toEqual(['a.txt: unchanged']);
    const refused = { kind: 'refused', page: 'a\u0007.txt', reason: 'too large' } as const;
    expect(pageLines({ ...refused, refused: [] })).toEqual(['a.txt: refused: too large']);
  });

  it('names the lines of a page that gave no paper at all', () => {
    const refused = [{ line: 3, reason: 'no abstract' }];
    expect(pageLines({ kind: 'refused', page: 'a.txt', reason: 'nothing kept', refused })).toEqual([
      'a.txt: refused: nothing kept',
      'a.txt:3: refused: no abstract',
    ]);
  });
});

describe('unfinishedLines', () => {
  it('tells what is read now, and how to repeat what cannot be', () => {
    expect(unfinishedLines({ paths: ['/a\u0007'], lost: ['/b'] })).toEqual([
      'The reading of /a was cut short the last time; it is finished now.',
      expect.stringMatching(
        /^The reading of \/b was cut short .+ Run "npm run ingest -- FILE\|DIR"/,
      ),
    ]);
    expect(unfinishedLines({ paths: [], lost: [] })).toEqual([]);
  });
});
