import type { ConversationId } from '../answer/conversation.ts';
import type { PaperFilter } from '../retrieval/paper-index.ts';
import type { ChannelPlace } from './message.ts';

/** What the bot answers in a channel without being asked by name. */
export type AnswerMode = 'mentions' | 'questions' | 'everything';

/** Which papers answers come from; all where a condition is not given. */
export interface PaperChoice {
  /** Names of saved pages. */
  readonly sources?: readonly string[];
  readonly fromYear?: number;
  readonly toYear?: number;
}

/** How the bot behaves in one channel. */
export interface ChannelSettings {
  readonly answerMode: AnswerMode;
  /** Whether questions in threads it has answered need no mention. */
  readonly followUps: boolean;
  /** Whether only the asker sees answers, where the platform can do that. */
  readonly isPrivate: boolean;
  /** Whether it keeps silent, but for direct commands. */
  readonly isMuted: boolean;
  readonly papers: PaperChoice;
}

export const DEFAULT_SETTINGS: ChannelSettings = {
  answerMode: 'mentions',
  followUps: true,
  isPrivate: false,
  isMuted: false,
  papers: {},
};

/** Stands for all channels of a workspace that have no settings of their own. */
export const WHOLE_WORKSPACE = '*';

/** Where settings and muted threads are kept. */
export interface SettingsStore {
  /** What was set there; nothing when nothing was. */
  get(place: ChannelPlace): Promise<Partial<ChannelSettings>>;
  /** Sets what is named and leaves the rest as it is; processes may do so at once. */
  change(place: ChannelPlace, change: Partial<ChannelSettings>): Promise<void>;
  muteThread(id: ConversationId, isMuted: boolean): Promise<void>;
  isThreadMuted(id: ConversationId): Promise<boolean>;
}

/** The settings in force in a channel: its own, else its workspace's, else the default. */
export async function settingsOf(
  place: ChannelPlace,
  store: Pick<SettingsStore, 'get'>,
): Promise<ChannelSettings> {
  const { workspace, channel } = await setIn(place, store);
  return { ...DEFAULT_SETTINGS, ...workspace, ...channel };
}

/** Where the settings in force in a channel were made. */
export type SettingsOrigin = 'channel' | 'workspace' | 'default';

/** The nearest place where somebody has set something. */
export async function settingsOrigin(
  place: ChannelPlace,
  store: Pick<SettingsStore, 'get'>,
): Promise<SettingsOrigin> {
  const { workspace, channel } = await setIn(place, store);
  const isSet = (settings: object) => Object.keys(settings).length > 0;
  if (isSet(channel) && place.channelId !== WHOLE_WORKSPACE) return 'channel';
  return isSet(workspace) ? 'workspace' : 'default';
}

async function setIn(place: ChannelPlace, store: Pick<SettingsStore, 'get'>) {
  const [workspace, channel] = await Promise.all([
    store.get({ ...place, channelId: WHOLE_WORKSPACE }),
    store.get(place),
  ]);
  return { workspace, channel };
}

/** The filter that a choice of papers stands for; undefined for all papers. */
export function paperFilterOf({ sources, fromYear, toYear }: PaperChoice): PaperFilter | undefined {
  const filter: PaperFilter = {
    ...(sources !== undefined && { sources }),
    ...(fromYear !== undefined && { from: `${fromYear}-01-01` }),
    ...(toYear !== undefined && { to: `${toYear}-12-31` }),
  };
  return Object.keys(filter).length === 0 ? undefined : filter;
}

/** Only papers that pass both filters pass this one. */
export function bothFilters(one: PaperFilter, other: PaperFilter = {}): PaperFilter {
  const from = [one.from, other.from].filter((day) => day !== undefined).toSorted();
  const to = [one.to, other.to].filter((day) => day !== undefined).toSorted();
  const sources =
    one.sources === undefined || other.sources === undefined
      ? (one.sources ?? other.sources)
      : one.sources.filter((source) => other.sources?.includes(source));
  const [latestFrom, earliestTo] = [from.at(-1), to[0]];
  return {
    ...(latestFrom !== undefined && { from: latestFrom }),
    ...(earliestTo !== undefined && { to: earliestTo }),
    ...(sources !== undefined && { sources }),
  };
}
