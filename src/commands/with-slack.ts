import { randomUUID } from 'node:crypto';
import { createAnswerer } from '../answer/answerer.ts';
import type { Assembly } from '../assembly.ts';
import { createBot } from '../bot/bot.ts';
import { createSuggestions } from '../bot/suggest-questions.ts';
import type { SlackChoice } from '../config/slack.ts';
import type { Log } from '../log.ts';
import { identify } from '../slack/identify.ts';
import { createReplyDoor } from '../slack/reply-door.ts';
import { createSlackApi } from '../slack/slack-api.ts';
import { connectSlack } from '../slack/slack-app.ts';
import type { Store } from '../store/open-store.ts';
import type { IndexWatch } from './index-watch.ts';

/** What a bot in Slack is made of. */
export interface WithSlackParts {
  readonly assembly: Pick<Assembly, 'answerer' | 'retriever' | 'index'>;
  readonly store: Store;
  readonly watch: Pick<IndexWatch, 'readable'>;
  readonly log: Log;
  /** Each takes any event; two, so that one listens while Slack renews the other. */
  readonly connections?: number;
}

/** A bot that answers in a workspace. */
export interface SlackBot {
  /** The name of the workspace. */
  readonly team: string;
  /** Takes in no more, lets what is in work end for a while, and gives the rest back. */
  close(): Promise<void>;
}

const CONNECTIONS = 2;

/** Answers in Slack from now on. Throws FootnoteError `config` or `network` where Slack does not let us. */
export async function startSlack(slack: SlackChoice, parts: WithSlackParts): Promise<SlackBot> {
  const { botToken: token, apiUrl } = slack;
  const { log } = parts;
  const api = createSlackApi({ token, ...(apiUrl !== undefined && { apiUrl }) });
  const { team, ...self } = await identify(api);
  const door = createReplyDoor({ api, self, log, now: () => performance.now() });
  const bot = createSlackBot(parts, door);
  const options = { ...slack, connections: parts.connections ?? CONNECTIONS };
  const connection = await connectSlack(options, { bot, api, self, log, newId: randomUUID });
  // Not before: what an earlier process left is answered by whoever is connected.
  bot.start();
  log('slack.connected', { team: self.teamId });
  return {
    team,
    async close() {
      await connection.close();
      await bot.close();
    },
  };
}

function createSlackBot(
  { assembly, store, watch, log }: WithSlackParts,
  slack: ReturnType<typeof createReplyDoor>,
) {
  const { answerer, retriever, index } = assembly;
  const basics = { newId: randomUUID, now: () => new Date() };
  const patient = {
    answer: async (request: Parameters<typeof answerer.answer>[0]) => {
      await watch.readable(request.signal);
      return answerer.answer(request);
    },
  };
  // Extractive: about a dozen questions are tried out, which a model would charge for.
  const trial = createAnswerer({ retriever, ...basics });
  return createBot({
    ...basics,
    answerer: patient,
    retriever,
    index,
    ...store,
    suggestions: createSuggestions({ index, answerer: trial }),
    doors: { slack },
    log,
  });
}
