import { openStore } from '../../src/store/open-store.ts';
import { hear, openChat } from './open-chat.ts';

// A process of its own: the store's FILE, the server's URL, the daily budget and how often to ask.
const [file = '', baseUrl = '', dailyBudgetUsd = '', calls = ''] = process.argv.slice(2);
const store = await openStore({ file });
const model = openChat(
  { baseUrl, price: { prompt: 0, completion: 200 }, dailyBudgetUsd: Number(dailyBudgetUsd) },
  { retries: 0 },
  { ledger: store.expenses },
);
for (let n = 0; n < Number(calls); n += 1) await hear(model);
await store.close();
