import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { FootnoteError } from '../../src/errors.ts';
import { type BulkPosition, openBulkFile } from '../../src/papers/bulk-file.ts';
import { seededRandom } from './seeded-random.ts';

const folder = mkdtempSync(join(tmpdir(), 'footnote-bulk-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
function fileOf(content: string | Uint8Array): string {
  made += 1;
  const file = join(folder, `${made}.jsonl`);
  writeFileSync(file, content);
  return file;
}

/** What the file gives from a position on, and the position at its end. */
async function read(file: string, from?: BulkPosition) {
  const opened = await openBulkFile(file, from === undefined ? {} : { from });
  const lines: string[] = [];
  for await (const line of opened.lines()) {
    lines.push(`${line.line} ${line.kind === 'text' ? line.text : `(${line.reason})`}`);
  }
  return { lines, position: opened.position(), progress: opened.progress() };
}

/** The position after so many lines. */
async function positionAfter(file: string, count: number): Promise<BulkPosition> {
  const opened = await openBulkFile(file);
  let seen = 0;
  for await (const _ of opened.lines()) {
    seen += 1;
    if (seen === count) return opened.position();
  }
  throw new Error('The file has fewer lines.');
}

const LINES = 'one\ntwo\r\n\nfour ünï 模型\n';
const READ = ['1 one', '2 two', '4 four ünï 模型'];

describe('a file of lines', () => {
  it.each([
    ['as it is', (text: string) => Buffer.from(text)],
    ['packed by gzip', (text: string) => gzipSync(text)],
    [
      'packed in two members',
      (text: string) => Buffer.concat([gzipSync(text.slice(0, 5)), gzipSync(text.slice(5))]),
    ],
    ['with a byte order mark', (text: string) => Buffer.from(`\ufeff${text}`)],
  ])('is read %s, empty lines counted and passed over', async (_, write) => {
    const { lines, progress } = await read(fileOf(write(LINES)));
    expect(lines).toEqual(READ);
    expect(progress.done).toBe(progress.total);
  });

  it('gives lines of many chunks whole, whatever their lengths', async () => {
    const random = seededRandom(5);
    const texts = Array.from({ length: 400 }, (_, n) => `${n} ${'ö'.repeat(random() * 9_000)}`);
    const whole = texts.map((text, n) => `${n + 1} ${text.trim()}`);
    expect((await read(fileOf(texts.map((text) => `${text}\n`).join('')))).lines).toEqual(whole);
  });

  it.each([1, 2, 3])('goes on after line %i of it, packed or not', async (count) => {
    for (const content of [Buffer.from(LINES), gzipSync(LINES)]) {
      const file = fileOf(content);
      const from = await positionAfter(file, count);
      const rest = await read(file, from);
      expect(rest.lines).toEqual(READ.slice(count));
      expect(rest.position).toEqual((await read(file)).position);
    }
  });

  it('has one position whether it is read at once or in pieces', async () => {
    const file = fileOf(LINES);
    const packed = fileOf(gzipSync(LINES));
    expect((await read(file)).position).toEqual((await read(packed)).position);
    expect((await read(file)).position).toMatchObject({ line: 4, bytes: Buffer.byteLength(LINES) });
  });

  it.each([
    ['another line before it', 'ONE\ntwo\r\n\nfour\n'],
    ['fewer lines', 'one\n'],
    ['nothing', ''],
  ])('is read from its beginning when it has %s now', async (_, now) => {
    const from = await positionAfter(fileOf(LINES), 2);
    const again = await read(fileOf(now), from);
    expect(again).toEqual(await read(fileOf(now)));
  });

  it('that has grown gives what was added', async () => {
    const file = fileOf(LINES);
    const { position } = await read(file);
    appendFileSync(file, 'five\n');
    expect((await read(file, position)).lines).toEqual(['5 five']);
  });

  // A line that was still being written would else be skipped for good.
  it('does not count a last line without an end, and gives it whole once it has grown', async () => {
    const file = fileOf('one\n{"tw');
    const first = await read(file);
    expect(first.lines).toEqual(['1 one', '2 {"tw']);
    expect(first.position.line).toBe(1);
    appendFileSync(file, 'o"}\nthree\n');
    expect((await read(file, first.position)).lines).toEqual(['2 {"two"}', '3 three']);
  });

  it('names a line that is no UTF-8 or far too long, and goes on', async () => {
    const long = Buffer.alloc(5 * 1024 * 1024, 'x');
    const content = Buffer.concat([
      Buffer.from('one\n'),
      Buffer.from([0xc3, 0x28, 10]),
      long,
      Buffer.from('\nfour\n'),
    ]);
    const file = fileOf(content);
    const { lines, position } = await read(file);
    expect(lines).toEqual([
      '1 one',
      '2 (it is not UTF-8 text; save the file as UTF-8)',
      '3 (it is longer than 4 MB, so it is no paper)',
      '4 four',
    ]);
    expect(position).toMatchObject({ line: 4, bytes: content.length });
    const from = await positionAfter(file, 3);
    expect((await read(file, from)).lines).toEqual(['4 four']);
  });

  it('does not count the beginning of a line that is too long', async () => {
    const file = fileOf(Buffer.concat([Buffer.from('one\n'), Buffer.alloc(5 * 1024 * 1024, 'x')]));
    expect((await read(file)).position).toMatchObject({ line: 1, bytes: 4 });
  });

  it('that is cut off or damaged in its packing is told of after what could be read', async () => {
    const packed = gzipSync(Buffer.from(LINES.repeat(50_000)));
    const cut = await openBulkFile(fileOf(packed.subarray(0, packed.length - 20)));
    let lines = 0;
    const reading = async () => {
      for await (const _ of cut.lines()) lines += 1;
    };
    const failure = await reading().catch((error) => error);
    expect(failure).toBeInstanceOf(FootnoteError);
    expect(failure.message).toMatch(/cannot be unpacked after line \d+: it is cut off .+ Download/);
    expect(lines).toBeGreaterThan(1_000);
  });

  it.each([
    [join(folder, 'none.jsonl'), /there is no such file/],
    [folder, /is no file|EISDIR/],
  ])('%s is refused in a sentence', async (file, sentence) => {
    await expect(openBulkFile(file)).rejects.toThrow(FootnoteError);
    await expect(openBulkFile(file)).rejects.toThrow(sentence);
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const opened = await openBulkFile(fileOf(LINES.repeat(100_000)), { signal: stop.signal });
    const reading = async () => {
      for await (const line of opened.lines()) if (line.line > 5) stop.abort();
    };
    await expect(reading()).rejects.toThrow('aborted');
  });
});
