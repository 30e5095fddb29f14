import { openStore } from '../../src/store/open-store.ts';
import { makeTurn } from './make-turn.ts';

// A process of its own for the race test: FILE, NAME and the moment at which all of them start.
const [file = '', name = '', startAt = '0'] = process.argv.slice(2);
while (Date.now() < Number(startAt));
const store = await openStore({ file });
for (let n = 1; n <= 5; n += 1) {
  await store.conversations.append(makeTurn({ answerId: `${name}-${n}`, conversation: 'shared' }));
}
await store.close();
