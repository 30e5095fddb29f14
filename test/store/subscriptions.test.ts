import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, it } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { makeSubscription, PLACE } from '../digest/made-up-digests.ts';

const folder = mkdtempSync(join(tmpdir(), 'footnote-digest-stores-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('a subscription that something else changed is told of with what to do', async () => {
  const file = join(folder, 'damaged.db');
  const { digestStores, close } = await openStore({ file });
  await digestStores.subscriptions.add(makeSubscription());
  const other = new DatabaseSync(file);
  other.exec(`update subscriptions set wish = '{"kind":"papers"}'`);
  other.close();
  await expect(digestStores.subscriptions.of(PLACE)).rejects.toMatchObject({
    code: 'index',
    message: expect.stringContaining(`The subscription s1 in ${file} cannot be read`),
  });
  await close();
});
