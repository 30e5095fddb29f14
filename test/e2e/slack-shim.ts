import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signedRequest } from '../slack/signed-request.ts';
import { TEAM } from './local-slack.ts';
import { createSocketRelay } from './socket-relay.ts';

/** What local-slack lacks, in front of it: a test double that passes everything else on. */
export interface SlackShim {
  readonly apiUrl: string;
  /** Every call that went through, with its arguments. */
  readonly calls: { readonly method: string; readonly args: Record<string, string> }[];
  /** Sends the program what local-slack cannot: an event, a shortcut, a form of ours. */
  deliver(type: 'events_api' | 'interactive', payload: object): void;
  /** The modal that was opened by a trigger of ours. */
  readonly opened: { view?: OpenedView };
  close(): void;
}

/** A modal as the program sent it. */
export interface OpenedView {
  readonly callback_id?: string;
  readonly private_metadata?: string;
  readonly blocks: readonly Record<string, unknown>[];
}

/** How the triggers of what is delivered here begin; local-slack knows none of these. */
export const TRIGGER = 'trigger-of-the-shim';

/** What one streamed message may hold. */
const LONGEST_STREAM = 12_000;

/** Where a program without sockets is sent signed requests. */
interface SignedTo {
  readonly url: string;
  readonly secret: string;
}

/** Answers the methods of streams, sessions, statuses and prompts, and makes Ada an admin. */
export async function startSlackShim(slackUrl: string, to?: SignedTo): Promise<SlackShim> {
  const calls: SlackShim['calls'] = [];
  const here: Here = { streams: new Map(), opened: {} };
  const relay = createSocketRelay(Number(new URL(slackUrl).port));
  const server = createServer((request, response) => {
    // Nobody behind it: as a Slack that is away.
    serve(request, response).catch(() => response.writeHead(503).end());
  });
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const method = (request.url ?? '').replace(/^\/api\//, '');
    const body = await readBody(request);
    const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
    const args = isForm ? Object.fromEntries(new URLSearchParams(body.toString())) : {};
    calls.push({ method, args });
    const pass = (name: string, more: object) =>
      passOn(`${slackUrl}/api/${name}`, request, new URLSearchParams({ ...more }).toString());
    const own = await answerHere(method, args, { ...here, pass });
    const reply = own ?? (await passOn(`${slackUrl}${request.url}`, request, body));
    const told = throughRelay(JSON.stringify(reply), server.address());
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(told);
  };
  server.on('upgrade', relay.upgrade);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  let delivered = 0;
  return {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    calls,
    opened: here.opened,
    deliver(type, payload) {
      if (to !== undefined) return void postSigned(type, payload, to);
      delivered += 1;
      const envelope_id = `shim-${delivered}`;
      relay.deliver({ envelope_id, type, payload, accepts_response_payload: true });
    },
    close: () => void server.close(() => {}),
  };
}

async function postSigned(
  type: 'events_api' | 'interactive',
  payload: object,
  { url, secret }: SignedTo,
): Promise<void> {
  const form = [['payload', JSON.stringify(payload)]] as const;
  const body = type === 'events_api' ? payload : form;
  // Where nobody listens the step waits in vain, and says so.
  await fetch(url, signedRequest({ body, secret })).catch(() => {});
}

/** The sockets that local-slack offers lead here first. */
function throughRelay(
  reply: string,
  address: ReturnType<ReturnType<typeof createServer>['address']>,
) {
  const { port } = address as AddressInfo; // it listens on a port
  return reply.replace(/"ws:\/\/[^/"]+\//, `"ws://127.0.0.1:${port}/`);
}

interface Here {
  readonly streams: Map<string, string>;
  readonly opened: SlackShim['opened'];
}

type Pass = (method: string, args: object) => Promise<unknown>;

async function answerHere(
  method: string,
  args: Record<string, string>,
  here: Here & { readonly pass: Pass },
): Promise<unknown> {
  switch (method) {
    case 'chat.startStream':
    case 'chat.appendStream':
    case 'chat.stopStream':
      return grow(method, args, here);
    case 'views.open':
      if (!args.trigger_id?.startsWith(TRIGGER)) return undefined;
      here.opened.view = JSON.parse(args.view ?? '{}') as OpenedView;
      return { ok: true, view: { id: 'V0SHIM' } };
    case 'agents.sessions.setStatus':
    case 'assistant.threads.setStatus':
    case 'assistant.threads.setSuggestedPrompts':
      return { ok: true };
    case 'users.info':
      return { ok: true, user: { id: args.user, name: 'ada', is_admin: args.user === TEAM.ada } };
    default:
      return undefined;
  }
}

async function grow(
  method: string,
  args: Record<string, string>,
  { streams, pass }: Here & { readonly pass: Pass },
): Promise<unknown> {
  const { channel = '', ts = '', chunks = '[]', blocks = '[]', thread_ts = '' } = args;
  const added = (JSON.parse(chunks) as { text?: string }[]).map(({ text }) => text ?? '').join('');
  if (method === 'chat.startStream') {
    const first = { text: added, blocks: JSON.stringify([{ type: 'markdown', text: added }]) };
    const posted = (await pass('chat.postMessage', { channel, thread_ts, ...first })) as Posted;
    streams.set(posted.ts, added);
    return posted;
  }
  const shown = streams.get(ts);
  if (shown === undefined) return { ok: false, error: 'message_not_in_streaming_state' };
  const whole = shown + added;
  if (whole.length > LONGEST_STREAM) return { ok: false, error: 'msg_too_long' };
  streams.set(ts, whole);
  if (method === 'chat.stopStream') streams.delete(ts);
  const all = [{ type: 'markdown', text: whole }, ...(JSON.parse(blocks) as object[])];
  return pass('chat.update', { channel, ts, text: whole, blocks: JSON.stringify(all) });
}

interface Posted {
  readonly ok: boolean;
  readonly ts: string;
}

async function passOn(
  url: string,
  request: IncomingMessage,
  body: Buffer | string,
): Promise<unknown> {
  const { authorization = '', 'content-type': type = '' } = request.headers;
  const reply = await fetch(url, {
    method: 'POST',
    headers: { Authorization: authorization, 'Content-Type': type },
    body,
  });
  return reply.json();
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
