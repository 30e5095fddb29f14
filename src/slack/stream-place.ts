import type { Log } from '../log.ts';
import type { ChannelPace } from './channel-pace.ts';
import type { Identity } from './read-event.ts';
import type { SharedStreams } from './shared-streams.ts';
import type { SlackApi } from './slack-api.ts';

/** What all streams of a workspace share. */
export interface StreamParts {
  readonly api: SlackApi;
  readonly self: Identity;
  readonly log: Log;
  readonly now: () => number;
  readonly shared: SharedStreams;
  readonly pace?: ChannelPace;
}

/** Where a message grows. */
export interface StreamPlace {
  readonly channel: string;
  readonly threadTs: string;
  /** Outside of direct messages Slack asks for whom the text streams. */
  readonly recipient?: { readonly userId: string; readonly teamId: string };
  /** Marks what is posted, to be found again. */
  readonly metadata: object;
  /** Told before the first call that may leave a message standing; false forbids it. */
  beginning(): Promise<boolean>;
  /** Told the id of the message as soon as it stands. */
  placed(ts: string): Promise<void>;
  /** Told when a person stopped the stream. */
  stopped(): void;
}
