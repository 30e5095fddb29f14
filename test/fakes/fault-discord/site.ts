import type { Gateway } from './gateway.ts';
import type { Payload } from './http.ts';
import type { Journal } from './journal.ts';
import { judge, type SentKind } from './judge.ts';
import type { MarkupRules } from './markup.ts';
import { Refusal, type StoredMessage } from './model.ts';
import type { World } from './world.ts';

/** What the routes work with. */
export interface Site {
  readonly world: World;
  readonly gateway: Gateway;
  readonly journal: Journal;
  readonly hosts: ReadonlySet<string>;
  /** What the app did that Discord refuses, or that we never do. */
  readonly breaches: string[];
}

/** A call to a route. */
export interface Call extends Payload {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

/** The body of the reply; undefined for none. */
export type Route = (call: Call, site: Site) => unknown;

export interface CheckRequest {
  readonly kind: SentKind;
  readonly payload: Payload;
  readonly before?: StoredMessage;
}

/** Throws as Discord does where it would refuse a payload, and notes every breach. */
export function check({ kind, payload, before }: CheckRequest, site: Site): void {
  const { refused, unsafe } = judge({ kind, ...payload, before }, rulesOf(site));
  const shown = JSON.stringify(payload.body).slice(0, 600);
  site.breaches.push(...[...refused, ...unsafe].map((breach) => `${kind}: ${breach} in ${shown}`));
  if (refused.length > 0)
    throw new Refusal(400, 50_035, `Invalid Form Body: ${refused.join('; ')}`);
}

function rulesOf({ hosts, world }: Site): MarkupRules {
  const commandIds = [...world.commands.values()].flat().map(({ id }) => id);
  return { hosts, commandIds: new Set(commandIds) };
}
