import { type Args, list, Refused, text } from './refused.ts';

/** A message as a channel shows it. */
export interface StoredMessage {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string | undefined;
  readonly user: string;
  readonly isOfApp: boolean;
  readonly at: number;
  text: string;
  blocks: readonly object[];
  metadata?: unknown;
  /** Open while it grows; what was streamed so far is its text. */
  stream?: { readonly startedAt: number; isOpen: boolean; isStopped: boolean };
  isDeleted?: boolean;
  editedAt?: number;
}

interface ChannelOptions {
  readonly now: () => number;
  readonly botUser: string;
  /** Slack gives a stream about five minutes. */
  readonly streamMs: number;
}

const STREAM_CALL = 12_000;
const STREAM_WHOLE = 11_600;

/** The messages of a workspace, and the rules by which they are posted, edited and streamed. */
export class Channels {
  readonly messages: StoredMessage[] = [];
  /** Told of each message that the app posts. */
  onPost: (message: StoredMessage) => void = () => {};
  readonly #options: ChannelOptions;
  readonly #away = new Set<string>();
  readonly #byTs = new Map<string, StoredMessage>();
  #next = 0;

  constructor(options: ChannelOptions) {
    this.#options = options;
  }

  /** The app is not in this channel any more. */
  leave(channel: string): void {
    this.#away.add(channel);
  }

  /** What a person wrote. */
  say(fields: Pick<StoredMessage, 'channel' | 'threadTs' | 'user' | 'text'>): StoredMessage {
    return this.#keep({ ...fields, blocks: [] });
  }

  post(args: Args, more: Partial<StoredMessage> = {}): StoredMessage {
    const channel = text(args, 'channel');
    if (this.#away.has(channel)) throw new Refused('not_in_channel');
    const threadTs = args.thread_ts as string | undefined;
    if (threadTs !== undefined && this.#standing(threadTs) === undefined) {
      throw new Refused('thread_not_found');
    }
    const { botUser: user } = this.#options;
    const message = this.#keep({
      channel,
      threadTs,
      user,
      text: String(args.text ?? ''),
      blocks: list(args, 'blocks'),
      ...(args.metadata !== undefined && { metadata: args.metadata }),
      ...more,
    });
    this.onPost(message);
    return message;
  }

  update(args: Args): StoredMessage {
    const message = this.#own(args);
    if (message.stream?.isOpen) throw new Refused('streaming_state_conflict');
    message.text = String(args.text ?? '');
    message.blocks = list(args, 'blocks');
    message.editedAt = this.#options.now();
    if (args.metadata !== undefined) message.metadata = args.metadata;
    return message;
  }

  startStream(args: Args): StoredMessage {
    const streamed = streamedText(args);
    text(args, 'thread_ts');
    const isDirect = text(args, 'channel').startsWith('D');
    if (!isDirect && args.recipient_user_id === undefined) {
      throw new Refused('missing_recipient_user_id');
    }
    if (!isDirect && args.recipient_team_id === undefined) {
      throw new Refused('missing_recipient_team_id');
    }
    const stream = { startedAt: this.#options.now(), isOpen: true, isStopped: false };
    return this.post({ ...args, text: streamed }, { stream });
  }

  appendStream(args: Args): StoredMessage {
    const message = this.#own(args);
    const { stream } = message;
    const isOld =
      stream !== undefined && this.#options.now() - stream.startedAt > this.#options.streamMs;
    if (stream !== undefined && isOld) stream.isOpen = false;
    if (stream?.isStopped) throw new Refused('stopped_by_user');
    if (!stream?.isOpen) throw new Refused('message_not_in_streaming_state');
    const whole = message.text + streamedText(args);
    if (whole.length > STREAM_WHOLE) throw new Refused('msg_too_long');
    message.text = whole;
    return message;
  }

  stopStream(args: Args): StoredMessage {
    const message = this.appendStream(args);
    if (message.stream !== undefined) message.stream.isOpen = false;
    message.blocks = list(args, 'blocks');
    if (args.metadata !== undefined) message.metadata = args.metadata;
    return message;
  }

  /** The stop button under a stream. */
  stopByUser(ts: string): void {
    const stream = this.#standing(ts)?.stream;
    if (stream === undefined) throw new Error(`${ts} is no stream.`);
    stream.isStopped = true;
    stream.isOpen = false;
  }

  delete(ts: string): StoredMessage {
    const message = this.#standing(ts);
    if (message === undefined) throw new Error(`There is no message ${ts}.`);
    message.isDeleted = true;
    return message;
  }

  /** A thread as `conversations.replies` shows it. */
  replies(args: Args): readonly object[] {
    const [channel, root] = [text(args, 'channel'), text(args, 'ts')];
    if (this.#away.has(channel)) throw new Refused('not_in_channel');
    const { oldest = '0', limit = 100, include_all_metadata: withMetadata } = args;
    return this.inThread(channel, root)
      .filter(({ ts, threadTs }) => threadTs === undefined || ts >= String(oldest))
      .slice(0, Number(limit))
      .map((each) => this.#asSeen(each, String(withMetadata) === 'true'));
  }

  /** What stands in a thread, its first message too. */
  inThread(channel: string, root: string): readonly StoredMessage[] {
    return this.messages.filter(
      (each) =>
        each.channel === channel && !each.isDeleted && (each.ts === root || each.threadTs === root),
    );
  }

  /** What the app has in a thread. */
  repliesOfApp(channel: string, root: string): readonly StoredMessage[] {
    return this.inThread(channel, root).filter(({ isOfApp }) => isOfApp);
  }

  #asSeen(message: StoredMessage, withMetadata: boolean): object {
    const { ts, threadTs, user, isOfApp, text, blocks, metadata } = message;
    return {
      type: 'message',
      ts,
      user,
      text,
      blocks,
      ...(threadTs !== undefined && { thread_ts: threadTs }),
      ...(isOfApp && { bot_id: 'B1' }),
      ...(withMetadata && metadata !== undefined && { metadata }),
    };
  }

  #own(args: Args): StoredMessage {
    const message = this.#standing(text(args, 'ts'));
    if (message === undefined || message.channel !== text(args, 'channel')) {
      throw new Refused('message_not_found');
    }
    if (!message.isOfApp) throw new Refused('cant_update_message');
    return message;
  }

  #standing(ts: string): StoredMessage | undefined {
    const message = this.#byTs.get(ts);
    return message?.isDeleted ? undefined : message;
  }

  #keep(fields: Omit<StoredMessage, 'ts' | 'at' | 'isOfApp'>): StoredMessage {
    this.#next += 1;
    const seconds = Math.floor(Date.now() / 1_000);
    const ts = `${seconds}.${String(this.#next).padStart(6, '0')}`;
    const isOfApp = fields.user === this.#options.botUser;
    const message = { ...fields, isOfApp, ts, at: this.#options.now() };
    this.messages.push(message);
    this.#byTs.set(ts, message);
    return message;
  }
}

function streamedText(args: Args): string {
  const pieces = list(args, 'chunks') as { readonly type?: string; readonly text?: string }[];
  const added = pieces.map((each) => each.text ?? '').join('');
  if (added.length > STREAM_CALL) throw new Refused('msg_too_long');
  return added;
}
