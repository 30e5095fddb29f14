import { join } from 'node:path';
import { assemble } from '../src/assembly.ts';
import { startChat } from '../src/commands/with-chat.ts';
import { loadConfig } from '../src/config.ts';
import { createLogger } from '../src/log.ts';
import { openStore } from '../src/store/open-store.ts';

// The bot of `start` as a process of its own, without the pages: one workspace may ask it as much as
// it likes. It works until it is killed.
const config = loadConfig();
const log = createLogger({ level: config.logLevel });
const store = await openStore({ file: config.stateFile });
const assembly = await assemble(config, log, store);
// Loads the model and the term statistics, as `start` does.
await assembly.retriever.retrieve({ question: 'warm up' });
const quotas = { perPersonAnHour: 1_000_000, perWorkspaceADay: 1_000_000 };
const parts = {
  assembly,
  store,
  watch: { readable: async () => {} },
  // Slack comes over sockets.
  server: { mount: () => () => {} },
  log,
  settings: { quotas },
};
const chat = await startChat(config, parts);
process.stderr.write(`Answering ${chat?.rooms.join(', ')} from ${join(config.indexLocation)}.\n`);
