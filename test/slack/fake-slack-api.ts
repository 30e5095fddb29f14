import { type SlackApi, SlackApiError, type UploadedFile } from '../../src/slack/slack-api.ts';

type Args = Readonly<Record<string, unknown>>;

export interface Call {
  readonly method: string;
  readonly args: Args;
}

export interface FakeMessage {
  readonly ts: string;
  readonly channel: string;
  readonly threadTs: string | undefined;
  readonly user?: string;
  text: string;
  blocks: readonly unknown[];
  metadata?: unknown;
  isStreaming?: boolean;
}

interface Fault {
  readonly method: string;
  readonly reason: string;
  readonly retryAfter?: number;
  /** The call is done all the same. */
  readonly isDone?: boolean;
}

/** A Slack in memory: what a channel shows after the calls that were made; fails when told to. */
export class FakeSlackApi implements SlackApi {
  readonly calls: Call[] = [];
  readonly messages: FakeMessage[] = [];
  readonly responses: { readonly url: string; readonly body: object }[] = [];
  readonly uploads: UploadedFile[] = [];
  readonly reactions = new Set<string>();
  readonly admins = new Set<unknown>();
  /** What Slack tells of everybody besides. */
  profile: object = { real_name: 'Ada' };
  /** What each thread's session is. */
  readonly sessions = new Map<string, string>();
  status = '';
  /** How many calls failed at random. */
  failed = 0;
  #share = 0;
  #seed = 7;
  readonly #faults: Fault[] = [];
  #next = 0;

  /** The next call of the method fails so; faults queue up. */
  faultNext(method: string, reason: string, more: Omit<Fault, 'method' | 'reason'> = {}): this {
    this.#faults.push({ method, reason, ...more });
    return this;
  }

  /** From now on this share of calls fails, half of them after they were done; always the same ones. */
  failAtRandom(share: number): this {
    this.#share = share;
    return this;
  }

  /** What people see, without messages for one person. */
  get shown(): readonly FakeMessage[] {
    return this.messages.filter(({ user }) => user === undefined);
  }

  called(method: string): readonly Args[] {
    return this.calls.filter((call) => call.method === method).map(({ args }) => args);
  }

  async call(method: string, args: Args): Promise<unknown> {
    this.calls.push({ method, args });
    return this.#withFault(method, () => this.#do(method, args));
  }

  async upload(file: UploadedFile): Promise<void> {
    await this.#withFault('upload', () => this.uploads.push(file));
  }

  async respond(url: string, body: object): Promise<void> {
    await this.#withFault('respond', () => this.responses.push({ url, body }));
  }

  #withFault<T>(method: string, work: () => T): T {
    if (this.#share > 0 && this.#random() < this.#share) {
      this.failed += 1;
      this.faultNext(method, 'http_503', { isDone: this.#random() < 0.5 });
    }
    const at = this.#faults.findIndex((fault) => fault.method === method);
    const [fault] = at === -1 ? [] : this.#faults.splice(at, 1);
    if (fault === undefined || fault.isDone) {
      const done = work();
      if (fault === undefined) return done;
    }
    throw new SlackApiError(fault);
  }

  /** A linear congruential generator, as in Numerical Recipes. */
  #random(): number {
    this.#seed = (this.#seed * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return this.#seed / 2 ** 32;
  }

  #do(method: string, args: Args): unknown {
    switch (method) {
      case 'chat.postMessage':
      case 'chat.postEphemeral':
        return { ok: true, ts: this.#post(args).ts };
      case 'chat.startStream':
        if (textOf(args.chunks).length > 11_000) fail(method, 'msg_too_long');
        return { ok: true, ts: this.#post({ ...args, isStreaming: true }).ts };
      case 'chat.appendStream':
      case 'chat.stopStream':
        return this.#grow(method, args);
      case 'chat.update':
        return this.#edit(args);
      case 'reactions.add':
      case 'reactions.remove':
        return this.#react(method, args);
      case 'assistant.threads.setStatus':
        this.status = String(args.status);
        return { ok: true };
      case 'agents.sessions.setStatus':
        this.sessions.set(String(args.thread_ts), String(args.status));
        return { ok: true };
      case 'assistant.threads.setSuggestedPrompts':
      case 'views.update':
      case 'views.publish':
        return { ok: true };
      case 'views.open':
        return { ok: true, view: { id: 'V1' } };
      case 'users.info':
        return { ok: true, user: { is_admin: this.admins.has(args.user), ...this.profile } };
      case 'conversations.open':
        return { ok: true, channel: { id: `D${args.users}` } };
      case 'conversations.replies':
        return { ok: true, messages: this.#replies(args) };
      case 'conversations.history':
        return this.#history(args);
      default:
        throw new Error(`The fake Slack knows no ${method}.`);
    }
  }

  /** The latest first, in pages, as Slack gives them. */
  #history({ channel, limit, cursor = '0' }: Args): object {
    const own = this.shown.filter((each) => each.channel === channel && !each.threadTs).reverse();
    const from = Number(cursor);
    const messages = own
      .slice(from, from + Number(limit))
      .map((each) => ({ ts: each.ts, metadata: each.metadata, bot_id: 'BBOT' }));
    const next = from + Number(limit) < own.length ? String(from + Number(limit)) : '';
    return { ok: true, messages, response_metadata: { next_cursor: next } };
  }

  #replies({ ts }: Args): readonly object[] {
    const replies = this.shown.filter(({ threadTs }) => threadTs === ts);
    return replies.map((each) => ({ ts: each.ts, metadata: each.metadata, bot_id: 'BBOT' }));
  }

  #post(args: Args): FakeMessage {
    this.#next += 1;
    const message: FakeMessage = {
      ts: `5000.${String(this.#next).padStart(6, '0')}`,
      channel: String(args.channel),
      threadTs: args.thread_ts as string | undefined,
      text: String(args.text ?? textOf(args.chunks)),
      blocks: (args.blocks as unknown[] | undefined) ?? [],
      ...(args.user !== undefined && { user: String(args.user) }),
      ...(args.metadata !== undefined && { metadata: args.metadata }),
      ...(args.isStreaming === true && { isStreaming: true }),
    };
    this.messages.push(message);
    return message;
  }

  #grow(method: string, args: Args): unknown {
    const message = this.#find(args.ts);
    if (!message.isStreaming) fail(method, 'message_not_in_streaming_state');
    message.text += textOf(args.chunks);
    if (message.text.length > 11_000) fail(method, 'msg_too_long');
    if (method === 'chat.stopStream') {
      message.isStreaming = false;
      message.blocks = (args.blocks as unknown[] | undefined) ?? [];
      message.metadata = args.metadata;
    }
    return { ok: true };
  }

  #edit(args: Args): unknown {
    const message = this.#find(args.ts);
    if (message.isStreaming) fail('chat.update', 'streaming_state_conflict');
    message.text = String(args.text);
    message.blocks = args.blocks as unknown[];
    return { ok: true, ts: message.ts };
  }

  #react(method: string, { timestamp, name }: Args): unknown {
    const key = `${timestamp} ${name}`;
    if (method === 'reactions.add') this.reactions.add(key);
    else if (!this.reactions.delete(key)) fail(method, 'no_reaction');
    return { ok: true };
  }

  #find(ts: unknown): FakeMessage {
    return this.messages.find((message) => message.ts === ts) ?? fail('find', 'message_not_found');
  }
}

function textOf(chunks: unknown): string {
  return ((chunks ?? []) as { readonly text: string }[]).map(({ text }) => text).join('');
}

function fail(method: string, reason: string): never {
  throw new SlackApiError({ method, reason });
}
