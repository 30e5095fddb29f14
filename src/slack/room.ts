import type { Bot } from '../bot/bot.ts';
import type { Log } from '../log.ts';
import type { Identity } from './read-event.ts';
import type { SlackApi } from './slack-api.ts';
import type { StreamState } from './stream-state.ts';

/** What everything that answers to Slack works with. */
export interface RoomParts {
  readonly bot: Bot;
  readonly api: SlackApi;
  readonly self: Identity;
  readonly log: Log;
  readonly newId: () => string;
  /** Whether answers stream, for those who ask how the bot fares. */
  readonly streams?: StreamState;
}
