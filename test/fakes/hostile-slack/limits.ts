/** Calls a minute, as Slack's tiers promise at least. */
const TIERS: readonly number[] = [1, 20, 50, 100];
const TIER_OF: Readonly<Record<string, 2 | 3 | 4>> = {
  'chat.startStream': 2,
  'chat.appendStream': 4,
  'chat.stopStream': 2,
  'chat.update': 3,
  'chat.delete': 3,
  'chat.postEphemeral': 4,
  'conversations.open': 3,
  'conversations.replies': 3,
  'reactions.add': 3,
  'reactions.remove': 2,
  'users.info': 4,
  'views.open': 4,
  'views.update': 4,
  'views.publish': 4,
  'assistant.threads.setSuggestedPrompts': 4,
};
const MINUTE_MS = 60_000;
/** One message a second in each channel. */
const POST_MS = 1_000;
const POSTS: ReadonlySet<string> = new Set(['chat.postMessage', 'chat.startStream']);

interface LimitOptions {
  readonly now: () => number;
  /** Whether the tiers hold; posts of a channel are limited always. */
  readonly tiers: boolean;
}

/** Counts calls as Slack does and tells how many seconds a caller has to wait. */
export class Limits {
  readonly #options: LimitOptions;
  readonly #calls = new Map<string, number[]>();
  readonly #posted = new Map<string, number>();
  /** How many calls were refused, by method. */
  readonly refused = new Map<string, number>();

  constructor(options: LimitOptions) {
    this.#options = options;
  }

  /** Undefined where the call may be made; it then counts. */
  waitFor(method: string, channel: string): number | undefined {
    const now = this.#options.now();
    const waitMs = Math.max(this.#untilPost(method, channel, now), this.#untilTier(method, now));
    if (waitMs > 0) {
      this.refused.set(method, (this.refused.get(method) ?? 0) + 1);
      return Math.ceil(waitMs / 1_000);
    }
    if (POSTS.has(method)) this.#posted.set(channel, now);
    this.#recent(method, now).push(now);
    return undefined;
  }

  #untilPost(method: string, channel: string, now: number): number {
    const last = POSTS.has(method) ? this.#posted.get(channel) : undefined;
    return last === undefined ? 0 : last + POST_MS - now;
  }

  #untilTier(method: string, now: number): number {
    const tier = TIER_OF[method];
    if (!this.#options.tiers || tier === undefined) return 0;
    const recent = this.#recent(method, now);
    const [oldest = now] = recent;
    return recent.length < (TIERS[tier - 1] ?? 1) ? 0 : oldest + MINUTE_MS - now;
  }

  #recent(method: string, now: number): number[] {
    const recent = (this.#calls.get(method) ?? []).filter((at) => now - at < MINUTE_MS);
    this.#calls.set(method, recent);
    return recent;
  }
}
