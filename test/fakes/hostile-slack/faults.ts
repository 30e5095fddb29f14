/** What a call meets. */
export type Fault =
  /** Slack is over its limits. */
  | { readonly kind: 'limited'; readonly seconds: number }
  /** Nothing was done. */
  | { readonly kind: 'before'; readonly status: number }
  /** It was done, but the caller is told that it failed. */
  | { readonly kind: 'after'; readonly status: number }
  /** It is done, after a while. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** It is done, and the answer never comes. */
  | { readonly kind: 'hang' }
  /** Slack says no: `not_in_channel`, `missing_scope` and the like. */
  | { readonly kind: 'refused'; readonly error: string };

interface Planned {
  readonly method: RegExp;
  readonly fault: Fault;
  times: number;
}

/** Which calls fail: the next ones of a method, or a share of all. */
export class Faults {
  readonly #planned: Planned[] = [];
  #share = 0;
  #seed = 7;
  /** How many calls met one. */
  met = 0;

  /** The next call of the method, or so many of them. */
  next(method: string, fault: Fault, times = 1): void {
    const name = method.replaceAll('.', '\\.').replaceAll('*', '.*');
    this.#planned.push({ method: new RegExp(`^${name}$`), fault, times });
  }

  /** From now on this share of calls fails, in every way; always the same ones. */
  atRandom(share: number): void {
    this.#share = share;
  }

  /** From now on all is well, but for what the limits say. */
  none(): void {
    this.#planned.length = 0;
    this.#share = 0;
  }

  take(method: string): Fault | undefined {
    const planned = this.#planned.find((each) => each.method.test(method) && each.times > 0);
    if (planned !== undefined) planned.times -= 1;
    const fault = planned?.fault ?? this.#chance(method);
    if (fault !== undefined) this.met += 1;
    return fault;
  }

  #chance(method: string): Fault | undefined {
    if (method === 'apps.connections.open' || this.#random() >= this.#share) return undefined;
    const ways: readonly Fault[] = [
      { kind: 'limited', seconds: 1 },
      { kind: 'before', status: 500 },
      { kind: 'after', status: 503 },
    ];
    return ways[Math.floor(this.#random() * ways.length)];
  }

  /** A linear congruential generator, as in Numerical Recipes. */
  #random(): number {
    this.#seed = (this.#seed * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return this.#seed / 2 ** 32;
  }
}
