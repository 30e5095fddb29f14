import { z } from 'zod';
import type { Log } from '../log.ts';
import type { Block } from './blocks.ts';
import type { Identity } from './read-event.ts';
import { type SlackApi, SlackApiError } from './slack-api.ts';

/** What all streams of a workspace share. */
export interface StreamParts {
  readonly api: SlackApi;
  readonly self: Identity;
  readonly log: Log;
  readonly now: () => number;
  readonly shared: SharedStreams;
}

/** Slack counts the calls of all streams together; where it has no streams, no more are tried. */
export interface SharedStreams {
  hasNoStatus?: boolean;
  hasNoSessions?: boolean;
  isOff: boolean;
  open: number;
}

/** Where a message grows. */
export interface StreamPlace {
  readonly channel: string;
  readonly threadTs: string;
  /** Outside of direct messages Slack asks for whom the text streams. */
  readonly recipient?: { readonly userId: string; readonly teamId: string };
  /** Marks what is posted, to be found again. */
  readonly metadata: object;
  /** Told the id of the message as soon as it stands. */
  placed(ts: string): Promise<void>;
}

/** A message that grows with an answer: a stream of Slack, or edits where there is none. */
export interface GrowingMessage {
  /** Of the message, once it stands. */
  readonly ts: string | undefined;
  /** It was posted by a call that failed: nobody knows whether it stands. */
  readonly mayStand: boolean;
  /** Shows the text behind what is there, soon; throws SlackApiError where that fails. */
  add(text: string): Promise<void>;
  /**
   * Ends the stream with the rest of the body and the blocks below it; false where the message must
   * be edited instead: what it shows is not how the body begins, or the stream is over.
   */
  finish(body: string, below: readonly Block[]): Promise<boolean>;
}

/** Shows nothing before the first text. */
export function createGrowingMessage(place: StreamPlace, parts: StreamParts): GrowingMessage {
  return new Growing(place, parts);
}

const Standing = z.object({ ts: z.string() });
/** One stream may flush this often; with more of them each waits its turn. */
const FLUSH_MS = 600;
const EDIT_MS = 1_000;
/** A stream dies after five minutes or at about 11,000 characters: both are kept away from. */
const LONGEST_MS = 240_000;
const LONGEST_TEXT = 9_500;
const NO_STREAMS: ReadonlySet<string> = new Set([
  'unknown_method',
  'feature_not_enabled',
  'channel_type_not_supported',
  'method_not_supported_for_channel_type',
  'not_allowed_token_type',
  'missing_recipient_team_id',
  'missing_recipient_user_id',
]);

const NO_PREVIEWS = { unfurl_links: false, unfurl_media: false, parse: 'none' };

type State = 'new' | 'streaming' | 'editing' | 'over';

class Growing implements GrowingMessage {
  ts: string | undefined;
  mayStand = false;
  readonly #place: StreamPlace;
  readonly #parts: StreamParts;
  #state: State = 'new';
  #shown = '';
  #waiting = '';
  #startedAt = 0;
  #flushedAt = 0;
  #timer: NodeJS.Timeout | undefined;
  #line: Promise<unknown> = Promise.resolve();

  constructor(place: StreamPlace, parts: StreamParts) {
    this.#place = place;
    this.#parts = parts;
  }

  async add(text: string): Promise<void> {
    this.#waiting += text;
    const { now, shared } = this.#parts;
    const pause = this.#state === 'editing' ? EDIT_MS : FLUSH_MS * Math.max(1, shared.open);
    const wait = this.#flushedAt + pause - now();
    if (this.#state === 'new' || wait <= 0) return this.#inLine(() => this.#flush());
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#inLine(() => this.#flush()).catch((err: unknown) =>
        this.#parts.log.warn('slack.flush-failed', { err }),
      );
    }, wait);
  }

  finish(body: string, below: readonly Block[]): Promise<boolean> {
    clearTimeout(this.#timer);
    return this.#inLine(() => this.#end(body, below));
  }

  /** Slack doubles the text of calls that are made side by side. */
  #inLine<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#line.then(work);
    this.#line = done.catch(() => {});
    return done;
  }

  async #flush(): Promise<void> {
    const text = this.#waiting;
    if (text === '' || this.#state === 'over') return;
    this.#waiting = '';
    this.#flushedAt = this.#parts.now();
    try {
      if (this.#state === 'new') await this.#start(text);
      else if (this.#isFull(text)) await this.#stop({});
      else await this.#append(text);
    } catch (error) {
      // Nobody knows whether the text is on screen now: the end comes as an edit.
      if (this.ts === undefined) this.mayStand = true;
      await this.#stop({}).catch(() => {});
      throw error;
    }
  }

  async #start(text: string): Promise<void> {
    if (!this.#parts.shared.isOff && (await this.#startStream(text))) return;
    const { channel, threadTs: thread_ts, metadata } = this.#place;
    const posted = await this.#parts.api.call('chat.postMessage', {
      channel,
      thread_ts,
      metadata,
      ...NO_PREVIEWS,
      ...asBlocks(text),
    });
    this.#state = 'editing';
    await this.#stand(posted, text);
  }

  async #startStream(text: string): Promise<boolean> {
    const { api, log, shared } = this.#parts;
    const { channel, threadTs: thread_ts, recipient } = this.#place;
    const whom = recipient && {
      recipient_user_id: recipient.userId,
      recipient_team_id: recipient.teamId,
    };
    try {
      const args = { channel, thread_ts, ...whom, chunks: asChunks(text) };
      const started = await api.call('chat.startStream', args);
      this.#state = 'streaming';
      shared.open += 1;
      await this.#stand(started, text);
      return true;
    } catch (error) {
      if (!(error instanceof SlackApiError && NO_STREAMS.has(error.reason))) throw error;
      log('slack.streams-off', { reason: error.reason });
      shared.isOff = true;
      return false;
    }
  }

  async #stand(result: unknown, text: string): Promise<void> {
    this.ts = Standing.parse(result).ts;
    this.#shown = text;
    this.#startedAt = this.#parts.now();
    await this.#place.placed(this.ts);
  }

  async #append(text: string): Promise<void> {
    const { api } = this.#parts;
    const message = { channel: this.#place.channel, ts: this.ts };
    const grown = this.#shown + text;
    await (this.#state === 'editing'
      ? api.call('chat.update', { ...message, parse: 'none', ...asBlocks(grown) })
      : api.call('chat.appendStream', { ...message, chunks: asChunks(text) }));
    this.#shown = grown;
  }

  async #end(body: string, below: readonly Block[]): Promise<boolean> {
    const isWhole = this.#state === 'streaming' && body.startsWith(this.#shown);
    if (!isWhole || this.#isFull('')) {
      await this.#stop({}).catch(() => {});
      return false;
    }
    const rest = body.slice(this.#shown.length);
    const { metadata } = this.#place;
    try {
      const chunks = rest === '' ? {} : { chunks: asChunks(rest) };
      await this.#stop({ ...chunks, blocks: [...below], metadata });
      return true;
    } catch (error) {
      if (!(error instanceof SlackApiError)) throw error;
      this.#parts.log.warn('slack.stream-lost', { reason: error.reason });
      return false;
    }
  }

  async #stop(more: object): Promise<void> {
    const wasStreaming = this.#state === 'streaming';
    this.#state = 'over';
    if (!wasStreaming) return;
    const { api, shared } = this.#parts;
    shared.open -= 1;
    await api.call('chat.stopStream', { channel: this.#place.channel, ts: this.ts, ...more });
  }

  #isFull(more: string): boolean {
    const isOld = this.#parts.now() - this.#startedAt > LONGEST_MS;
    return (
      this.#shown.length + more.length > LONGEST_TEXT || (this.#state === 'streaming' && isOld)
    );
  }
}

function asChunks(text: string) {
  return [{ type: 'markdown_text', text }];
}

function asBlocks(text: string) {
  return { text: 'Writing…', blocks: [{ type: 'markdown', text }] };
}
