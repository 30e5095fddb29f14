import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { problemsOfCall } from './check-call.ts';
import type { Fault } from './faults.ts';
import type { Workspace } from './hostile-slack.ts';
import { callMethod } from './methods.ts';
import { type Args, Refused } from './refused.ts';

/** One call of the Web API. */
export interface ApiCall {
  readonly method: string;
  readonly args: Args;
  readonly at: number;
}

/** What an HTTP request gets. */
interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
}

const BODY_LIMIT = 4_000_000;

/** Serves the Web API, uploads, and the addresses that answer commands and buttons. */
export async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  workspace: Workspace,
): Promise<void> {
  const answer = await answerTo(request, workspace);
  // Nobody answers: the caller has to give up by itself.
  if (answer === undefined) return;
  const { status, headers = {}, body = {} } = answer;
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}

async function answerTo(
  request: IncomingMessage,
  workspace: Workspace,
): Promise<Answer | undefined> {
  const { pathname } = new URL(request.url ?? '/', 'http://slack');
  const [, room = '', name = ''] = pathname.split('/');
  const body = await readBody(request);
  if (room === 'respond') {
    return withFault(workspace.faults.take(room), () => respond(name, body, workspace));
  }
  if (room === 'upload') return { status: 200 };
  if (room !== 'api' || request.method !== 'POST') return { status: 404 };
  const args = readArgs(request, body);
  workspace.calls.push({ method: name, args, at: workspace.now() });
  const refusal = refusalOfToken(name, request.headers.authorization, workspace);
  if (refusal !== undefined) return no(refusal);
  const channel = String(args.channel ?? '');
  const wait = workspace.limits.waitFor(name, channel);
  if (wait !== undefined) return limited(wait);
  return withFault(workspace.faults.take(name), () => done(name, args, workspace));
}

async function withFault(
  fault: Fault | undefined,
  work: () => Answer,
): Promise<Answer | undefined> {
  switch (fault?.kind) {
    case undefined:
      return work();
    case 'limited':
      return limited(fault.seconds);
    case 'before':
      return { status: fault.status };
    case 'after':
      work();
      return { status: fault.status };
    case 'slow':
      await sleep(fault.ms);
      return work();
    case 'hang':
      work();
      return undefined;
    case 'refused':
      return no(fault.error);
  }
}

function done(method: string, args: Args, workspace: Workspace): Answer {
  workspace.journal.violations.push(...problemsOfCall(method, args));
  try {
    return { status: 200, body: { ok: true, ...callMethod(method, args, workspace) } };
  } catch (error) {
    if (error instanceof Refused) return no(error.error);
    throw error;
  }
}

function no(error: string): Answer {
  return { status: 200, body: { ok: false, error } };
}

function limited(seconds: number): Answer {
  return {
    status: 429,
    headers: { 'Retry-After': String(seconds) },
    body: { ok: false, error: 'ratelimited' },
  };
}

function refusalOfToken(
  method: string,
  authorization: string | undefined,
  { tokens }: Workspace,
): string | undefined {
  const isForApp = method === 'apps.connections.open';
  const { token, refusal } = isForApp ? tokens.app : tokens.bot;
  if (authorization === undefined) return 'not_authed';
  if (authorization !== `Bearer ${token}`) return 'invalid_auth';
  return refusal;
}

/** A command's or a button's address takes five answers in half an hour. */
function respond(id: string, body: string, { responses, journal, now }: Workspace): Answer {
  const open = responses.get(id);
  if (open === undefined || open.uses >= 5 || now() - open.at > 1_800_000) return { status: 404 };
  open.uses += 1;
  const args = JSON.parse(body) as Args;
  journal.violations.push(...problemsOfCall('respond', args));
  open.bodies.push(args);
  return { status: 200, body: { ok: true } };
}

/** Fields of a form hold nested values as JSON. */
function readArgs(request: IncomingMessage, body: string): Args {
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('application/json')) return JSON.parse(body) as Args;
  const fields = [...new URLSearchParams(body)];
  return Object.fromEntries(
    fields.map(([name, value]) => [name, /^[[{]/.test(value) ? fromJson(value) : value]),
  );
}

/** Text may begin with a bracket as well. */
function fromJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request) {
    pieces.push(piece as Buffer); // a request without an encoding gives buffers
    size += pieces.at(-1)?.length ?? 0;
    if (size > BODY_LIMIT) throw new Error('A body is over four megabytes.');
  }
  return Buffer.concat(pieces).toString();
}

/** Opens an address that takes answers. */
export function openResponse({ responses, now, url }: Workspace): string {
  const id = randomUUID();
  responses.set(id, { at: now(), uses: 0, bodies: [] });
  return `${url}respond/${id}`;
}
