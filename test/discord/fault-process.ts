import { randomUUID } from 'node:crypto';
import { openStore } from '../../src/store/open-store.ts';
import { FakeAnswerer } from '../bot/fake-answerer.ts';

import { openRoom } from './fault-room.ts';

// A bot in a process of its own: the API's URL, the token, the store's FILE, and how long an answer
// takes.
const [apiUrl = '', token = '', file = '', answerMs = '5'] = process.argv.slice(2);
const answerer = new FakeAnswerer({ delayMs: Number(answerMs), newId: randomUUID });
await openRoom({ apiUrl, token }, { answerer, store: await openStore({ file }) });
process.send?.({ ready: true });
