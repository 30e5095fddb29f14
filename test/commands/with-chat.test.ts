import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ChatBot, startChat } from '../../src/commands/with-chat.ts';
import { parseConfig } from '../../src/config.ts';
import { createRetriever } from '../../src/retrieval/retriever.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { makePaper } from '../answer/made-up-library.ts';
import { FakeAnswerer } from '../bot/fake-answerer.ts';
import { until } from '../bot/open-bot.ts';
import { FaultDiscord } from '../fakes/fault-discord/fault-discord.ts';
import { textOf } from '../fakes/fault-discord/journal.ts';
import { MemoryIndex } from '../fakes/memory-index.ts';
import { WordCountEmbedder } from '../fakes/word-count-embedder.ts';

let discord: FaultDiscord;
let store: Store;
let chat: ChatBot | undefined;

beforeEach(async () => {
  discord = await FaultDiscord.start();
  store = await openStore({ file: ':memory:' });
});
afterEach(async () => {
  await chat?.close();
  await discord.close();
  await store.close();
});

it('has whoever searches wait while the papers are read', async () => {
  const index = Object.assign(new MemoryIndex(), { close: () => {} });
  const embedder = new WordCountEmbedder();
  const reading = Promise.withResolvers<void>();
  const retriever = createRetriever({ index, embedder });
  const config = parseConfig({ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl });
  chat = await startChat(config, {
    assembly: { answerer: new FakeAnswerer(), retriever, index, embedder },
    store,
    watch: { readable: () => reading.promise },
    server: { mount: () => () => {} },
    log: Object.assign(() => {}, { debug: () => {}, warn: () => {} }),
  });
  const [ada, general] = [discord.person('Ada'), discord.channel('general')];
  const asked = discord.people.slash(ada, general, 'papers search', { words: 'boiling water' });
  await until(() => discord.answerTo(asked) !== undefined, 'the sign that it thinks');
  await index.savePapers([makePaper('kettle', { title: 'Kettlenet: Boiling Water' })]);
  reading.resolve();
  await discord.said(/Papers found for/);
  expect(textOf(discord.answerTo(asked) ?? expect.unreachable())).toContain('Kettlenet');
});
