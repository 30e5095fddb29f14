import type { Bot } from '../bot/bot.ts';
import type { Log } from '../log.ts';
import type { Identity } from './read-event.ts';
import type { SlackApi } from './slack-api.ts';
import type { StreamState } from './stream-state.ts';

/** The bot in one workspace. */
export interface Workspace {
  readonly self: Identity;
  readonly api: SlackApi;
}

/** What Slack names a workspace by. */
export interface WorkspaceRef {
  readonly teamId: string;
  /** Where the organisation installed the app for its workspaces. */
  readonly organisationId?: string;
}

/** Where the bot is let in. */
export interface Workspaces {
  /** Undefined where the app is not installed. Throws what the store throws. */
  find(ref: WorkspaceRef): Promise<Workspace | undefined>;
  /** Slack says that the app was removed there at that time. */
  uninstalled(ref: WorkspaceRef, at: Date): Promise<void>;
  /** Slack says that the bot's token was revoked there; it may have told of an older one. */
  revoked(ref: WorkspaceRef, at: Date): Promise<void>;
}

/** What answering works with, whatever the workspace. */
export interface SlackParts {
  readonly bot: Bot;
  readonly workspaces: Workspaces;
  readonly log: Log;
  readonly newId: () => string;
  /** Whether answers stream in a workspace. */
  readonly streamsIn: (teamId: string) => StreamState;
}

/** What everything that answers in one workspace works with. */
export interface RoomParts extends Workspace, Omit<SlackParts, 'workspaces' | 'streamsIn'> {
  /** Told to those who ask how the bot fares. */
  readonly streams?: StreamState;
}
