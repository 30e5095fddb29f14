import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
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
    const { page, text, hash } = await readPageFile({ file, page: 'page.txt' }, 'salt');
    expect([page, text]).toEqual(['page.txt', 'Grüße 图']);
    expect(await readPageFile({ file, page: 'page.txt' }, 'salt')).toEqual({ page, text, hash });
    expect((await readPageFile({ file, page: 'page.txt' }, 'other')).hash).not.toBe(hash);
    await write('page.txt', 'Grüße 圖');
    expect((await readPageFile({ file, page: 'page.txt' }, 'salt')).hash).not.toBe(hash);
  });

  it('marks bytes that are not UTF-8 instead of throwing', async () => {
    const file = await write('page.txt', Buffer.from([0x47, 0xff, 0xfe, 0x00]));
    expect((await readPageFile({ file, page: 'page.txt' }, '')).text).toBe('G\ufffd\ufffd\0');
  });

  it('refuses a file larger than any page without reading it', async () => {
    const file = await write('huge.txt', '');
    await truncate(file, 300 * 1024 * 1024);
    const start = performance.now();
    await expect(readPageFile({ file, page: 'page.txt' }, '')).rejects.toMatchObject({
      code: 'input',
      message: expect.stringContaining('256 MB'),
    });
    expect(performance.now() - start).toBeLessThan(500);
  });

  // What stat threw came through as it was, and ended the whole ingest.
  it('names a page that went away after it was found', async () => {
    await expect(
      readPageFile({ file: join(root, 'gone.txt'), page: 'gone.txt' }, ''),
    ).rejects.toMatchObject({
      name: 'FootnoteError',
      code: 'input',
      message: expect.stringContaining('gone.txt'),
    });
  });
});
