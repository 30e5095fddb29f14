import { afterEach } from 'vitest';
import { type OpenedBot, openBot } from './open-bot.ts';

/** `openBot` for the tests of a file, each of whose bots is closed after its test. */
export function closedAfterEach(): typeof openBot {
  const opened: OpenedBot[] = [];
  afterEach(async () => {
    for (const bot of opened.splice(0)) await bot.close();
  });
  return async (options) => {
    const bot = await openBot(options);
    opened.push(bot);
    return bot;
  };
}
