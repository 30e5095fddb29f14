import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import type { ConversationId } from '../../src/answer/conversation.ts';
import { openStore } from '../../src/store/open-store.ts';
import { testConversationStore } from '../contracts/conversation-store.ts';
import { makeTurn } from './make-turn.ts';

const folder = mkdtempSync(join(tmpdir(), 'footnote-store-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function newFile(): string {
  files += 1;
  return join(folder, `state-${files}.db`);
}

testConversationStore('the SQLite store in memory', () => openStore({ file: ':memory:' }));
testConversationStore('the SQLite store on disk', () => openStore({ file: newFile() }));

describe('openStore', () => {
  it('keeps turns for the next process, in a folder it makes itself', async () => {
    const file = join(folder, 'deep', 'er', 'state.db');
    await withStore(file, (store) => store.conversations.append(makeTurn({ answerId: 'a' })));
    await withStore(file, async (store) => {
      expect(await store.conversations.turnByAnswer('a')).toEqual(makeTurn({ answerId: 'a' }));
    });
  });

  it('lets two stores of one process use the same new file', async () => {
    const file = newFile();
    const stores = await Promise.all([openStore({ file }), openStore({ file })]);
    await stores[0].conversations.append(makeTurn({ answerId: 'a' }));
    await stores[1].conversations.append(makeTurn({ answerId: 'b' }));
    const turns = await stores[0].conversations.turns('thread-1' as ConversationId);
    expect(turns.map((turn) => turn.answer.trace.answerId)).toEqual(['a', 'b']);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('loses nothing when several processes make and fill the same file at once', async () => {
    const file = newFile();
    const names = ['p', 'q', 'r', 's'];
    const startAt = String(Date.now() + 1_500);
    const script = join(import.meta.dirname, 'open-and-append.ts');
    await Promise.all(
      names.map((name) => promisify(execFile)(process.execPath, [script, file, name, startAt])),
    );
    await withStore(file, async (store) => {
      const turns = await store.conversations.turns('shared' as ConversationId);
      const ids = turns.map((turn) => turn.answer.trace.answerId);
      expect(ids.filter((id) => id.startsWith('q'))).toEqual(['q-1', 'q-2', 'q-3', 'q-4', 'q-5']);
      expect(ids).toHaveLength(20);
    });
  });

  it('says that a file is no database, and leaves it as it is', async () => {
    const file = newFile();
    writeFileSync(file, 'a shopping list\n'.repeat(500));
    await expect(openStore({ file })).rejects.toMatchObject({
      code: 'index',
      message: expect.stringMatching(
        /state-\d+\.db is damaged \(file is not a database\)\. Move it/,
      ),
    });
    expect(readFileSync(file, 'utf8')).toBe('a shopping list\n'.repeat(500));
  });

  it('says that a database is malformed, also when it shows only later', async () => {
    const file = newFile();
    await withStore(file, (store) => store.conversations.append(makeTurn({ answerId: 'a' })));
    damagePagesAfterTheFirst(file);
    const read = withStore(file, (store) => store.conversations.turnByAnswer('a'));
    await expect(read).rejects.toMatchObject({
      code: 'index',
      message: expect.stringContaining('is damaged'),
    });
  });

  it('says which answer cannot be read when its JSON is broken', async () => {
    const file = newFile();
    await withStore(file, (store) => store.conversations.append(makeTurn({ answerId: 'a' })));
    change(file, `update turns set answer = '{"kind":"answered"}'`);
    const read = withStore(file, (store) => store.conversations.turnByAnswer('a'));
    await expect(read).rejects.toMatchObject({
      code: 'index',
      message: expect.stringContaining(`The stored answer a in ${file} cannot be read`),
    });
  });

  it('says that a file was made by a newer version', async () => {
    const file = newFile();
    await withStore(file, () => Promise.resolve());
    change(file, `insert into kysely_migration values ('999-later', '2030-01-01T00:00:00.000Z')`);
    await expect(openStore({ file })).rejects.toMatchObject({
      code: 'index',
      message: expect.stringContaining('newer version'),
    });
  });

  it('says that its place is a folder', async () => {
    await expect(openStore({ file: folder })).rejects.toMatchObject({
      code: 'index',
      message: expect.stringContaining(`${folder} cannot be opened: it is a folder, not a file`),
    });
  });

  it('says that a folder cannot be made below a file', async () => {
    const file = newFile();
    writeFileSync(file, '');
    await expect(openStore({ file: join(file, 'below', 'state.db') })).rejects.toMatchObject({
      code: 'index',
      message: expect.stringContaining(`${file} is not a folder`),
    });
  });
});

async function withStore<T>(
  file: string,
  work: (store: Awaited<ReturnType<typeof openStore>>) => Promise<T>,
): Promise<T> {
  const store = await openStore({ file });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

function change(file: string, sql: string): void {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
}

/** The first page holds the list of tables; the file opens, its rows are noise. */
function damagePagesAfterTheFirst(file: string): void {
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0xa5, 4096));
}
