import type { Reply } from './http.ts';

/** What goes wrong with a call. */
export type RestFault =
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly code?: number;
      readonly message?: string;
      readonly retryAfterMs?: number;
      /** Whether the call had its effect before it failed. */
      readonly isStored?: boolean;
    }
  /** The connection is cut, once the call had its effect or before. */
  | { readonly kind: 'cut'; readonly isStored?: boolean }
  /** It is answered so much later. */
  | { readonly kind: 'slow'; readonly ms: number };

interface Scripted {
  readonly calls: RegExp;
  readonly fault: RestFault;
  times: number;
}

/** Faults that were asked for, and those that come by chance. */
export class RestFaults {
  /** Calls that met one. */
  met = 0;
  #scripted: Scripted[] = [];
  #rate = 0;
  #random: () => number = () => 1;

  /** The next calls like `POST /channels/1/messages` meet this. */
  script(calls: RegExp, fault: RestFault, times = 1): void {
    this.#scripted.push({ calls, fault, times });
  }

  /** From now on a share of all calls meets a 429, a 5xx, or a 5xx after it had its effect. */
  atRandom(rate: number, random: () => number): void {
    this.#rate = rate;
    this.#random = random;
  }

  /** None from now on. */
  stop(): void {
    this.#scripted = [];
    this.#rate = 0;
  }

  of(call: string): RestFault | undefined {
    const scripted = this.#scripted.find(({ calls, times }) => times > 0 && calls.test(call));
    if (scripted !== undefined) scripted.times -= 1;
    const fault =
      scripted?.fault ?? (this.#random() < this.#rate ? this.#byChance(call) : undefined);
    if (fault !== undefined) this.met += 1;
    return fault;
  }

  /** First answers to interactions are not limited in number. */
  #byChance(call: string): RestFault {
    const chances: readonly RestFault[] = [
      { kind: 'status', status: 500 },
      { kind: 'status', status: 502, isStored: true },
      { kind: 'status', status: 429, retryAfterMs: 300 },
    ];
    const among = call.endsWith('/callback') ? 2 : 3;
    return chances[Math.floor(this.#random() * among)] ?? { kind: 'status', status: 503 };
  }
}

export function faultReply(fault: Extract<RestFault, { kind: 'status' }>): Reply {
  const { status, code = 0, message = 'A made-up fault', retryAfterMs } = fault;
  if (status !== 429) return { status, body: { message, code } };
  const seconds = (retryAfterMs ?? 1_000) / 1_000;
  return {
    status,
    body: { message: 'You are being rate limited.', retry_after: seconds, global: false },
    headers: { 'retry-after': String(Math.ceil(seconds)), 'x-ratelimit-scope': 'shared' },
  };
}
