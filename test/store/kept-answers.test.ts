import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { testAnswerCache, testAnswerLimits } from '../contracts/answer-cache.ts';
import { MemoryAnswerCache } from '../fakes/memory-answer-cache.ts';
import { makeKeptAnswer } from './make-kept-answer.ts';

const folder = mkdtempSync(join(tmpdir(), 'footnote-kept-answers-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const newFile = () => join(folder, `state-${++files}.db`);

const openInMemory = () => openStore({ file: ':memory:' });
const openFake = async () => ({ answers: new MemoryAnswerCache(), close: async () => {} });

testAnswerCache('the SQLite store in memory', openInMemory);
testAnswerCache('the SQLite store on disk', () => openStore({ file: newFile() }));
testAnswerCache('the cache in memory', openFake);
testAnswerLimits('the SQLite store', openInMemory);
testAnswerLimits('the cache in memory', openFake);

describe('the answers of a store', () => {
  it('are shared by two stores over one file, and are there after a restart', async () => {
    const file = newFile();
    const stores = await Promise.all([openStore({ file }), openStore({ file })]);
    const keys = Array.from({ length: 20 }, (_, n) => `key-${n}`);
    await Promise.all(
      keys.map((key, n) => (stores[n % 2] ?? stores[0]).answers.put(makeKeptAnswer({ key }))),
    );
    for (const { answers } of stores) expect(await answers.questions('group')).toHaveLength(20);
    await Promise.all(stores.map((store) => store.close()));
    const kept = await withStore(file, ({ answers }) => answers.get('key-7'));
    expect(kept).toStrictEqual(makeKeptAnswer({ key: 'key-7' }));
  });

  it.each([
    ['an answer cut short', `answered = substr(answered, 1, 100)`],
    ['an answer of another form', `answered = '{"answer":{"kind":"answered"},"papers":[]}'`],
    ['an answer that is no text', `answered = x'00ff'`],
    ['papers that are none', `answered = json_set(answered, '$.papers', json('[1]'))`],
  ])('count as absent with %s, and are dropped', async (_, change) => {
    const file = await keepTwo(change);
    await withStore(file, async ({ answers }) => {
      expect(await answers.get('a')).toBeUndefined();
      expect((await answers.questions('group')).map(({ key }) => key)).toEqual(['b']);
      await answers.put(makeKeptAnswer({ key: 'a' }));
      expect(await answers.get('a')).toStrictEqual(makeKeptAnswer({ key: 'a' }));
    });
  });

  it.each([
    ['a vector cut short', `vector = substr(vector, 1, 5)`],
    ['a vector that is no bytes', `vector = 'north'`],
    ['a vector that is not finite', `vector = x'0000c07f'`],
    ['a time that is none', `answered_at = 'yesterday'`],
    ['a question that is no text', `question = x'00'`],
  ])('count as absent with %s, among the questions as well', async (_, change) => {
    const file = await keepTwo(change);
    await withStore(file, async ({ answers }) => {
      expect((await answers.questions('group')).map(({ key }) => key)).toEqual(['b']);
      expect(await answers.get('a')).toBeUndefined();
    });
    expect(rowsIn(file)).toEqual(['b']);
  });

  it('break nothing when a damaged one cannot be dropped', async () => {
    const file = await keepTwo(`answered = ''`);
    await withStore(file, async ({ answers }) => {
      const other = new DatabaseSync(file);
      other.exec('begin immediate');
      expect(await answers.get('a')).toBeUndefined();
      expect((await answers.get('b'))?.key).toBe('b');
      other.close();
    });
    expect(rowsIn(file)).toEqual(['a', 'b']);
  }, 20_000);
});

/** A file with the answers a and b, of which a was changed by something else. */
async function keepTwo(change: string): Promise<string> {
  const file = newFile();
  await withStore(file, async ({ answers }) => {
    for (const key of ['a', 'b']) await answers.put(makeKeptAnswer({ key }));
  });
  const database = new DatabaseSync(file);
  database.exec(`update answers_kept set ${change} where key = 'a'`);
  database.close();
  return file;
}

function rowsIn(file: string): readonly unknown[] {
  const database = new DatabaseSync(file);
  const rows = database.prepare('select key from answers_kept order by key').all();
  database.close();
  return rows.map(({ key }) => key);
}

async function withStore<T>(file: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ file });
  return work(store).finally(() => store.close());
}
