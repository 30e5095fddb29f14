import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { explainStoreError, isBusy } from '../../src/store/store-error.ts';

const folder = mkdtempSync(join(tmpdir(), 'footnote-store-error-'));
const file = join(folder, 'state.db');
const database = new DatabaseSync(file);
database.exec('create table turns (id)');
afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

describe('explainStoreError', () => {
  it('says that the disk is full', () => {
    database.exec('pragma max_page_count = 2');
    const error = thrownBy(() => database.exec('create table more (id)'));
    expect(explainStoreError(error, file)).toMatchObject({
      code: 'index',
      cause: error,
      message: `The conversation store ${file} cannot be written: the disk is full. Free some space and try again; what was stored before is safe.`,
    });
  });

  it('says that the disk is full when the shared memory beside the file cannot grow', () => {
    const noRoom = Object.assign(new Error('disk I/O error'), { errcode: 4874 });
    expect(explainStoreError(noRoom, file)).toMatchObject({
      message: expect.stringContaining('the disk is full'),
    });
  });

  it('says that the file cannot be written', () => {
    const readOnly = new DatabaseSync(file, { readOnly: true });
    const error = thrownBy(() => readOnly.exec('insert into turns values (1)'));
    readOnly.close();
    expect(explainStoreError(error, file)).toMatchObject({
      code: 'index',
      message: expect.stringMatching(/cannot be written: it is read-only.* Make the file/),
    });
  });

  it('says that another process holds the file', () => {
    const other = new DatabaseSync(file);
    other.exec('begin immediate');
    const error = thrownBy(() => database.exec('insert into turns values (1)'));
    other.close();
    expect(isBusy(error)).toBe(true);
    expect(explainStoreError(error, file)).toMatchObject({
      code: 'busy',
      message: expect.stringContaining('in use by another process'),
    });
  });

  it('names SQLite codes with details in their higher bits', () => {
    const shortRead = Object.assign(new Error('disk I/O error'), { errcode: 10 | (2 << 8) });
    expect(explainStoreError(shortRead, file)).toMatchObject({
      code: 'index',
      message: expect.stringContaining('the disk failed (disk I/O error)'),
    });
  });

  it('leaves a bug of ours as it is', () => {
    const error = thrownBy(() => database.exec('select nothing from nowhere'));
    expect(explainStoreError(error, file)).toBe(error);
    expect(isBusy(error)).toBe(false);
  });
});

function thrownBy(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
