import { z } from 'zod';
import type { Block } from './blocks.ts';
import { callPatiently, limitedFor } from './send.ts';
import { isWithoutStreams, mayBegin } from './shared-streams.ts';
import { SlackApiError } from './slack-api.ts';
import type { StreamParts, StreamPlace } from './stream-place.ts';

/** A message that grows with an answer: a stream of Slack, or edits where there is none. */
export interface GrowingMessage {
  /** Of the message, once it stands. */
  readonly ts: string | undefined;
  /** It was posted by a call that failed: nobody knows whether it stands. */
  readonly mayStand: boolean;
  /**
   * Shows the text behind what is there, soon; throws SlackApiError where that fails. Nothing is begun
   * while Slack has no room for it: then all comes at the end.
   */
  add(text: string): Promise<void>;
  /**
   * Ends the stream with the rest of the body and the blocks below it; false where the message must
   * be edited instead: what it shows is not how the body begins, or the stream is over.
   */
  finish(body: string, below: readonly Block[], signal?: AbortSignal): Promise<boolean>;
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
  #notBefore = 0;
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
    const wait = Math.max(this.#flushedAt + pause, this.#notBefore) - now();
    if (this.#state === 'new' || wait <= 0) return this.#inLine(() => this.#flush());
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#inLine(() => this.#flush()).catch((err: unknown) =>
        this.#parts.log.warn('slack.flush-failed', { err }),
      );
    }, wait);
  }

  finish(body: string, below: readonly Block[], signal?: AbortSignal): Promise<boolean> {
    clearTimeout(this.#timer);
    return this.#inLine(() => this.#end(body, below, signal));
  }

  /** Slack doubles the text of calls that are made side by side. */
  #inLine<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#line.then(work);
    this.#line = done.catch(() => {});
    return done;
  }

  async #flush(): Promise<void> {
    const text = this.#waiting;
    if (text === '' || this.#state === 'over' || !this.#hasRoom()) return;
    this.#waiting = '';
    this.#flushedAt = this.#parts.now();
    try {
      if (this.#state === 'new') await this.#start(text);
      else if (this.#isFull(text)) await this.#stop({});
      else await this.#append(text);
    } catch (error) {
      if (this.#isPutOff(error, text)) return;
      // Nobody knows whether the text is on screen now: the end comes as an edit.
      if (this.ts === undefined) this.mayStand = true;
      if (error instanceof SlackApiError && error.reason === 'stopped_by_user') {
        this.#place.stopped();
      }
      await this.#stop({}).catch(() => {});
      throw error;
    }
  }

  #hasRoom(): boolean {
    const { shared, now, pace } = this.#parts;
    if (this.#state !== 'new') return true;
    const isFree = pace?.isFree(this.#place.channel) ?? true;
    return isFree && now() >= this.#notBefore && (shared.isOff || mayBegin(shared, now()));
  }

  /** What Slack did not take for a limit of its is not on screen: it comes with what follows. */
  #isPutOff(error: unknown, text: string): boolean {
    const wait = limitedFor(error);
    if (wait === undefined) return false;
    this.#waiting = text + this.#waiting;
    this.#notBefore = this.#parts.now() + wait;
    if (this.#state === 'new') this.#parts.shared.notBefore = this.#notBefore;
    return true;
  }

  async #start(text: string): Promise<void> {
    if (!(await this.#place.beginning())) return this.#stop({});
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
      shared.begun.push(this.#parts.now());
      const args = { channel, thread_ts, ...whom, chunks: asChunks(text) };
      const started = await api.call('chat.startStream', args);
      this.#state = 'streaming';
      shared.open += 1;
      await this.#stand(started, text);
      return true;
    } catch (error) {
      if (!(error instanceof SlackApiError && isWithoutStreams(error))) throw error;
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

  async #end(
    body: string,
    below: readonly Block[],
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    const isWhole = this.#state === 'streaming' && body.startsWith(this.#shown);
    if (!isWhole || this.#isFull('')) {
      await this.#stop({}).catch(() => {});
      return false;
    }
    const rest = body.slice(this.#shown.length);
    const { metadata } = this.#place;
    try {
      const chunks = rest === '' ? {} : { chunks: asChunks(rest) };
      await this.#stop({ ...chunks, blocks: [...below], metadata }, signal);
      return true;
    } catch (error) {
      if (!(error instanceof SlackApiError)) throw error;
      this.#parts.log.warn('slack.stream-lost', { reason: error.reason });
      return false;
    }
  }

  async #stop(more: object, signal?: AbortSignal): Promise<void> {
    const wasStreaming = this.#state === 'streaming';
    this.#state = 'over';
    if (!wasStreaming) return;
    const { api, shared } = this.#parts;
    shared.open -= 1;
    const args = { channel: this.#place.channel, ts: this.ts, ...more };
    await callPatiently('chat.stopStream', args, { api, ...(signal && { signal }) });
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
