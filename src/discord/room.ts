import type { Bot } from '../bot/bot.ts';
import type { Log } from '../log.ts';
import type { Acknowledgements } from './acknowledgements.ts';
import type { DiscordApi, Self } from './discord-api.ts';
import type { Roots } from './roots.ts';

/** What everything that answers to Discord works with. */
export interface RoomParts {
  readonly bot: Bot;
  readonly api: DiscordApi;
  readonly self: Self;
  readonly roots: Roots;
  readonly acknowledgements: Acknowledgements;
  readonly log: Log;
  readonly newId: () => string;
}
