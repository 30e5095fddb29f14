import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { CHANNEL_ROUTES } from './channel-routes.ts';
import { COMMAND_ROUTES } from './command-routes.ts';
import { type Reply, readPayload, respond } from './http.ts';
import { INTERACTION_ROUTES } from './interaction-routes.ts';
import { MESSAGE_ROUTES } from './message-routes.ts';
import { Refusal } from './model.ts';
import type { LimitedCall, RateLimits } from './rate-limits.ts';
import { faultReply, type RestFaults } from './rest-faults.ts';
import type { Call, Route, Site } from './site.ts';

const PREFIX = '/api/v10';

export interface RestParts {
  readonly site: Site;
  readonly limits: RateLimits;
  readonly faults: RestFaults;
  readonly gatewayUrl: () => string;
  /** Every call that came, such as `PATCH /channels/1/messages/2`. */
  readonly calls: string[];
}

interface Found {
  readonly route: Route;
  /** Such as `POST /channels/:channel/messages`. */
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
}

/** Answers one call to the REST API: its limits, its faults, then the route itself. */
export async function answerRest(
  request: IncomingMessage,
  response: ServerResponse,
  parts: RestParts,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const path = url.pathname.slice(PREFIX.length);
  const call = `${request.method} ${path}`;
  const { body, files } = await readPayload(request);
  parts.calls.push(call);
  const found = findRoute(call, parts);
  const limited = parts.limits.count(limitedOf(found, path));
  if ('refusal' in limited) return respond(response, limited.refusal);
  const fault = parts.faults.of(call);
  const isTold = fault?.kind === 'status' || fault?.kind === 'cut';
  const isMade = !isTold || fault.isStored === true;
  const { authorization } = request.headers;
  const make = () => {
    demandToken(authorization, found, parts);
    return reply(
      found,
      { body, files, params: found?.params ?? {}, query: url.searchParams },
      parts,
    );
  };
  const made = isMade ? answered(make) : undefined;
  if (fault?.kind === 'slow') await sleep(fault.ms);
  if (fault?.kind === 'cut') return void response.destroy();
  const told = fault?.kind === 'status' ? faultReply(fault) : made;
  if (told === undefined) return;
  respond(response, { ...told, headers: { ...limited.headers, ...told.headers } });
}

/** Without the token of the bot only interactions are answered. */
function demandToken(
  authorization: string | undefined,
  found: Found | undefined,
  parts: RestParts,
) {
  if (found !== undefined && isOfInteractions(found.name)) return;
  if (authorization !== `Bot ${parts.site.world.token}`) {
    throw new Refusal(401, 0, '401: Unauthorized');
  }
}

function reply(found: Found | undefined, call: Call, { site, ...parts }: RestParts): Reply {
  if (found === undefined) {
    site.breaches.push(`a call to an unknown route: ${parts.calls.at(-1)}`);
    throw new Refusal(404, 0, '404: Not Found');
  }
  const body = found.route(call, site);
  return body === undefined ? { status: 204 } : { status: 200, body };
}

function answered(make: () => Reply): Reply {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { status, code, message } = error;
    return { status, body: { message, code } };
  }
}

function findRoute(call: string, { gatewayUrl }: RestParts): Found | undefined {
  if (call === 'GET /gateway/bot') {
    return { route: () => gatewayJson(gatewayUrl()), name: call, params: {} };
  }
  const parts = call.split('/');
  for (const { name, pattern, route } of ROUTES) {
    const params = paramsOf(pattern, parts);
    if (params !== undefined) return { route, name, params };
  }
  return undefined;
}

const ROUTES = Object.entries({
  ...MESSAGE_ROUTES,
  ...INTERACTION_ROUTES,
  ...CHANNEL_ROUTES,
  ...COMMAND_ROUTES,
}).map(([name, route]) => ({ name, route, pattern: name.split('/') }));

function paramsOf(pattern: readonly string[], parts: readonly string[]) {
  if (pattern.length !== parts.length) return undefined;
  const params: Record<string, string> = {};
  for (const [i, part] of pattern.entries()) {
    const given = decodeURIComponent(parts[i] ?? '');
    if (part.startsWith(':')) params[part.slice(1)] = given;
    else if (part !== given) return undefined;
  }
  return params;
}

function limitedOf(found: Found | undefined, path: string): LimitedCall {
  const name = found?.name ?? path;
  const isInteraction = isOfInteractions(name);
  const route = name.replace(/:\w+/g, ':id').replace(/\/reactions\/.*/, '/reactions');
  const { channel, guild, token } = found?.params ?? {};
  return { route, major: channel ?? guild ?? token ?? '', isInteraction };
}

function isOfInteractions(name: string): boolean {
  return / \/(?:interactions|webhooks)\//.test(name);
}

function gatewayJson(url: string) {
  const limit = { total: 1_000, remaining: 1_000, reset_after: 86_400_000, max_concurrency: 1 };
  return { url, shards: 1, session_start_limit: limit };
}
