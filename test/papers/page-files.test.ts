import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPageFiles, readPageFile } from '../../src/papers/page-files.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'footnote-pages-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function write(name: string, text: string | Buffer = 'text'): Promise<string> {
  const file = join(root, name);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, text);
  return file;
}

async function link(target: string, name: string): Promise<string> {
  await symlink(target, join(root, name));
  return join(root, name);
}

function makePipe(name: string): string {
  execFileSync('mkfifo', [join(root, name)]);
  return join(root, name);
}

describe('findPageFiles', () => {
  it('finds the text files of folders and below them, sorted, each once', async () => {
    const files = [
      await write('one/b.txt'),
      await write('one/deep/er/c.TXT'),
      await write('one/a.txt'),
      await write('two/z.txt'),
    ];
    await write('one/notes.md');
    const found = await findPageFiles([join(root, 'two'), join(root, 'one'), files[0] ?? '']);
    expect(found.map(({ file }) => file)).toEqual([...files].sort());
    // A page of a folder is known by its path below it: names may repeat in other folders.
    expect(found.map(({ page }) => page)).toEqual(['a.txt', 'b.txt', 'deep/er/c.TXT', 'z.txt']);
  });

  it('takes a file that is named, whatever its name ends with', async () => {
    const file = await write('page.saved');
    expect(await findPageFiles([file])).toEqual([{ file, page: 'page.saved' }]);
  });

  // Only plain entries were taken, so that such a folder seemed empty.
  it('follows links to pages in a folder', async () => {
    const file = await write('away/page.txt');
    await mkdir(join(root, 'linked'));
    await symlink(file, join(root, 'linked', 'page.txt'));
    expect(await findPageFiles([join(root, 'linked')])).toHaveLength(1);
  });

  it('does not go round in circles', async () => {
    const file = await write('folder/page.txt');
    await symlink(join(root, 'folder'), join(root, 'folder', 'again'));
    const found = await findPageFiles([join(root, 'folder')]);
    expect(found.map((one) => one.file)).toContain(file);
  });

  it('names a path that is not there', async () => {
    const missing = join(root, 'missing');
    await expect(findPageFiles([await write('page.txt'), missing])).rejects.toMatchObject({
      name: 'FootnoteError',
      code: 'input',
      message: expect.stringContaining(missing),
    });
  });

  // A device was read to its end, which it has not, and a pipe until somebody wrote into it.
  it.each([
    ['a device', async () => '/dev/zero'],
    ['a device', async () => link('/dev/zero', 'link.txt')],
    ['a pipe', async () => makePipe('pipe.txt')],
  ])('refuses %s that is named', async (kind, make) => {
    await expect(findPageFiles([await make()])).rejects.toMatchObject({
      code: 'input',
      message: expect.stringMatching(new RegExp(`is ${kind}, not a file`)),
    });
  });

  it('refuses a socket that is named', async () => {
    const file = join(root, 'socket');
    const server = createServer().listen(file);
    await once(server, 'listening');
    await expect(findPageFiles([file])).rejects.toThrow('is a socket, not a file');
    server.close();
  });

  it('takes a link to a file that is named', async () => {
    const file = await link(await write('away/page.txt'), 'link');
    expect(await findPageFiles([file])).toEqual([{ file, page: 'link' }]);
  });

  it('names a folder without pages', async () => {
    await write('empty/notes.md');
    await expect(findPageFiles([join(root, 'empty')])).rejects.toMatchObject({
      code: 'input',
      message: expect.stringMatching(/empty holds no saved pages/),
    });
  });

  it('finds nothing for no paths', async () => {
    expect(await findPageFiles([])).toEqual([]);
  });
});

describe('readPageFile', () => {
  it('gives the name, the text and a hash that depends on both bytes and salt', async () => {
    const file = await write('page.txt', 'Grüße 图');
    const { page, text, hash } = await readPageFile({ file, page: 'page.txt' }, { salt: 'salt' });
    expect([page, text]).toEqual(['page.txt', 'Grüße 图']);
    expect(await readPageFile({ file, page: 'page.txt' }, { salt: 'salt' })).toEqual({
      page,
      text,
      hash,
    });
    expect((await readPageFile({ file, page: 'page.txt' }, { salt: 'other' })).hash).not.toBe(hash);
    await write('page.txt', 'Grüße 圖');
    expect((await readPageFile({ file, page: 'page.txt' }, { salt: 'salt' })).hash).not.toBe(hash);
  });

  it('marks bytes that are not UTF-8 instead of throwing', async () => {
    const file = await write('page.txt', Buffer.from([0x47, 0xff, 0xfe, 0x00]));
    expect((await readPageFile({ file, page: 'page.txt' }, { salt: '' })).text).toBe(
      'G\ufffd\ufffd\0',
    );
  });

  it('refuses a file larger than any page without reading it', async () => {
    const file = await write('huge.txt', '');
    await truncate(file, 300 * 1024 * 1024);
    const start = performance.now();
    await expect(readPageFile({ file, page: 'page.txt' }, { salt: '' })).rejects.toMatchObject({
      code: 'input',
      message: expect.stringContaining('256 MB'),
    });
    expect(performance.now() - start).toBeLessThan(500);
  });

  // What stat threw came through as it was, and ended the whole ingest.
  it('names a page that went away after it was found', async () => {
    await expect(
      readPageFile({ file: join(root, 'gone.txt'), page: 'gone.txt' }, { salt: '' }),
    ).rejects.toMatchObject({
      name: 'FootnoteError',
      code: 'input',
      message: expect.stringContaining('gone.txt'),
    });
  });

  it.each([
    ['a device', () => link('/dev/zero', 'page.txt')],
    ['a pipe', async () => makePipe('page.txt')],
    ['a folder', () => link(tmpdir(), 'page.txt')],
  ])('refuses %s in a folder of pages by its name', async (kind, make) => {
    await make();
    const [found = { file: '', page: '' }] = await findPageFiles([root]);
    await expect(readPageFile(found, { salt: '' })).rejects.toMatchObject({
      code: 'input',
      message: expect.stringContaining(`The page page.txt is ${kind}, not a file`),
    });
  });

  // Files that the system makes up have no size, and were read without end.
  const endless = '/proc/self/pagemap';
  it.skipIf(!existsSync(endless))('reads no more than 256 MB of a file of no size', async () => {
    await expect(readPageFile({ file: endless, page: 'map' }, { salt: '' })).rejects.toThrow(
      'The page map is larger than 256 MB',
    );
  });

  it('stops at a signal while it reads', async () => {
    const file = await write('long.txt', Buffer.alloc(100_000_000, 'a'));
    const controller = new AbortController();
    const reading = readPageFile({ file, page: 'a' }, { salt: '', signal: controller.signal });
    setTimeout(() => controller.abort(), 2);
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  });
});
