import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readJsonl, readLines } from '../../src/papers/json-lines.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'footnote-lines-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function write(text: string | Buffer): Promise<string> {
  const file = join(root, 'file.jsonl');
  await writeFile(file, text);
  return file;
}
const lines = async (text: string | Buffer) => Array.fromAsync(readLines(await write(text)));
const Record = z.object({ id: z.string(), count: z.number().optional() });
const records = async (text: string) => Array.fromAsync(readJsonl(await write(text), Record));

describe('readLines', () => {
  it('splits at line feeds and takes carriage returns and a byte order mark off', async () => {
    expect(await lines('\ufeffa\r\nb\n\nc')).toEqual(['a', 'b', '', 'c']);
  });

  it('does not split at other signs that end lines in Unicode', async () => {
    expect(await lines('a\u2028b\u2029c\u0085d\ne')).toEqual(['a\u2028b\u2029c\u0085d', 'e']);
  });

  it('gives nothing for an empty file and no empty last line', async () => {
    expect(await lines('')).toEqual([]);
    expect(await lines('a\n')).toEqual(['a']);
  });

  it('joins lines and letters that stand across the borders of what was read at once', async () => {
    const long = '图😀'.repeat(60_000);
    expect(await lines(`x${long}\n${long}y`)).toEqual([`x${long}`, `${long}y`]);
  });

  it('reads a line of 50 MB quickly', async () => {
    const file = await write(Buffer.alloc(50_000_000, 'a'));
    const start = performance.now();
    const [line] = await Array.fromAsync(readLines(file));
    expect(line).toHaveLength(50_000_000);
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  it.each([
    ['nowhere.jsonl', /no such file/],
    ['.', /EISDIR/],
  ])('says why %s cannot be read', async (name, reason) => {
    await expect(Array.fromAsync(readLines(join(root, name)))).rejects.toMatchObject({
      name: 'FootnoteError',
      code: 'input',
      message: expect.stringMatching(reason),
    });
  });
});

describe('readJsonl', () => {
  it('gives each record with its line and passes over empty lines', async () => {
    expect(await records('{"id":"a"}\n\n  \n{"id":"b","count":2,"more":1}\n')).toEqual([
      { value: { id: 'a' }, line: 1 },
      { value: { id: 'b', count: 2 }, line: 4 },
    ]);
  });

  it.each([
    ['{"id":"a"}\n{"id":', /line 2: not JSON/],
    ['{"id":"a"}\n\n[1]', /line 3: /],
    ['{"id":1,"count":"x"}', /line 1: id: .+; count: /],
    ['null', /line 1: /],
  ])('names file and line of %j', async (text, message) => {
    const error = await records(text).catch((reason) => reason);
    expect(error).toMatchObject({ name: 'FootnoteError', code: 'input' });
    expect(error.message).toMatch(message);
    expect(error.message).toContain('file.jsonl');
  });

  it('gives the records before the wrong line', async () => {
    const seen: string[] = [];
    const read = async () => {
      for await (const { value } of readJsonl(await write('{"id":"a"}\nx'), Record)) {
        seen.push(value.id);
      }
    };
    await expect(read()).rejects.toThrow('line 2');
    expect(seen).toEqual(['a']);
  });
});
