import type { Clock } from './clock.ts';
import type { Reply } from './http.ts';

/** So many calls within so long. */
export interface Limit {
  readonly calls: number;
  readonly windowMs: number;
}

interface Bucket {
  used: number;
  resetAt: number;
}

/** Near what Discord is known to allow; it publishes no figures but the last. */
const LIMITS: Readonly<Record<string, Limit>> = {
  'POST /channels/:id/messages': { calls: 5, windowMs: 5_000 },
  'PATCH /channels/:id/messages/:id': { calls: 5, windowMs: 5_000 },
  'POST /channels/:id/messages/:id/crosspost': { calls: 10, windowMs: 3_600_000 },
  'POST /channels/:id/messages/:id/threads': { calls: 50, windowMs: 300_000 },
  'PUT /channels/:id/messages/:id/reactions': { calls: 1, windowMs: 250 },
  webhook: { calls: 5, windowMs: 2_000 },
};
const ANY_ROUTE: Limit = { calls: 50, windowMs: 1_000 };
const GLOBAL: Limit = { calls: 50, windowMs: 1_000 };

export interface LimitedCall {
  /** The method and the route, ids left out. */
  readonly route: string;
  /** The channel, server or webhook that the bucket is of. */
  readonly major: string;
  readonly isInteraction: boolean;
}

/** Counts calls as Discord does: per route and channel, and all together per second. */
export class RateLimits {
  /** Calls that were refused. */
  refused = 0;
  readonly #clock: Clock;
  readonly #buckets = new Map<string, Bucket>();
  readonly #own = new Map<string, Limit>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Another limit for a route such as `POST /channels/:id/messages`, `webhook` or `global`. */
  set(route: string, limit: Limit): void {
    this.#own.set(route, limit);
  }

  /** The headers of the reply, or the refusal. */
  count(call: LimitedCall): { readonly headers: Record<string, string> } | { refusal: Reply } {
    const isExempt = call.isInteraction;
    const all = isExempt ? undefined : this.#use('global', this.#own.get('global') ?? GLOBAL);
    if (all?.isOver === true) return { refusal: this.#refuse(all.waitMs, 'global') };
    const limit = this.#limitOf(call);
    const { isOver, waitMs, left, resetAt } = this.#use(`${call.route} ${call.major}`, limit);
    const headers = {
      'x-ratelimit-limit': String(limit.calls),
      'x-ratelimit-remaining': String(left),
      'x-ratelimit-reset': (resetAt / 1_000).toFixed(3),
      'x-ratelimit-reset-after': (waitMs / 1_000).toFixed(3),
      'x-ratelimit-bucket': Buffer.from(call.route).toString('hex').slice(-32),
    };
    return isOver ? { refusal: this.#refuse(waitMs, 'user', headers) } : { headers };
  }

  #limitOf({ route, isInteraction }: LimitedCall): Limit {
    const name = isInteraction && LIMITS[route] === undefined ? 'webhook' : route;
    return this.#own.get(name) ?? LIMITS[name] ?? ANY_ROUTE;
  }

  #use(key: string, { calls, windowMs }: Limit) {
    const now = this.#clock.now();
    const known = this.#buckets.get(key);
    const bucket = known && known.resetAt > now ? known : { used: 0, resetAt: now + windowMs };
    this.#buckets.set(key, bucket);
    const isOver = bucket.used >= calls;
    if (!isOver) bucket.used += 1;
    const { resetAt, used } = bucket;
    return { isOver, resetAt, waitMs: Math.max(1, resetAt - now), left: calls - used };
  }

  #refuse(waitMs: number, scope: 'global' | 'user', headers: Record<string, string> = {}): Reply {
    this.refused += 1;
    const isGlobal = scope === 'global';
    const seconds = Number((waitMs / 1_000).toFixed(3));
    return {
      status: 429,
      body: { message: 'You are being rate limited.', retry_after: seconds, global: isGlobal },
      headers: {
        ...headers,
        'retry-after': String(Math.ceil(seconds)),
        'x-ratelimit-scope': scope,
        ...(isGlobal && { 'x-ratelimit-global': 'true' }),
      },
    };
  }
}
