import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ChatBot, startChat } from '../../src/commands/with-chat.ts';
import { parseConfig } from '../../src/config.ts';
import { createRetriever } from '../../src/retrieval/retriever.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { makePaper } from '../answer/made-up-library.ts';
import { FakeAnswerer } from '../bot/fake-answerer.ts';
import {
  eventually,
  type HostileSlack,
  startHostileSlack,
  TOKENS,
} from '../fakes/hostile-slack/hostile-slack.ts';
import { MemoryIndex } from '../fakes/memory-index.ts';
import { WordCountEmbedder } from '../fakes/word-count-embedder.ts';

let slack: HostileSlack;
let store: Store;
let chat: ChatBot | undefined;
const index = new MemoryIndex();
const logged: string[] = [];
let isRead: PromiseWithResolvers<void>;
let waiting = 0;

beforeEach(async () => {
  slack = await startHostileSlack();
  store = await openStore({ file: ':memory:' });
  isRead = Promise.withResolvers();
  logged.splice(0);
  waiting = 0;
});
afterEach(async () => {
  await chat?.close();
  await store.close();
  await slack.close();
  expect(slack.journal.violations).toEqual([]);
});

async function start(variables: Readonly<Record<string, string>> = {}): Promise<void> {
  const { bot, app } = TOKENS;
  const { apiUrl } = slack;
  const tokens = { SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app, SLACK_API_URL: apiUrl };
  const write = (event: string) => void logged.push(event);
  const embedder = new WordCountEmbedder();
  chat = await startChat(parseConfig({ ...tokens, ...variables }), {
    assembly: {
      answerer: new FakeAnswerer({ newId: randomUUID }),
      embedder,
      retriever: createRetriever({ index, embedder }),
      index,
    },
    store,
    watch: {
      readable() {
        waiting += 1;
        return isRead.promise;
      },
    },
    server: { mount: () => () => {} },
    log: Object.assign(write, { debug: write, warn: write }),
  });
}

// "I found no papers for that" was said while the papers were read.
it('a search waits for the papers to be read, as questions do', async () => {
  await start();
  const { bodies } = slack.people.command('/papers', 'search kettles');
  await eventually(() => waiting === 1, 'the search');
  expect(bodies).toEqual([]);
  await index.savePapers([makePaper('a', { title: 'Kettles that sing' })]);
  isRead.resolve();
  await eventually(() => bodies.length > 0, 'what was found');
  expect(JSON.stringify(bodies)).toContain('Kettles that sing');
});

it('a chat model that cannot be loaded is told of before anything connects, and stops nothing', async () => {
  isRead.resolve();
  await start({ CHAT_MODEL: 'openai:tiny' });
  expect(logged).toEqual(['chat.model-not-loaded', 'chat.connected']);
  const { channel, ts } = slack.people.mention('What is it?');
  await eventually(() => slack.channels.repliesOfApp(channel, ts).length > 0, 'an answer');
});
