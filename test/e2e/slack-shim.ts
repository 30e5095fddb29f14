import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TEAM } from './local-slack.ts';

/** What local-slack lacks, in front of it: a test double that passes everything else on. */
export interface SlackShim {
  readonly apiUrl: string;
  /** Every call that went through, with its arguments. */
  readonly calls: { readonly method: string; readonly args: Record<string, string> }[];
  close(): void;
}

/** What one streamed message may hold. */
const LONGEST_STREAM = 12_000;

/** Answers the methods of streams, statuses and prompts, and makes Ada an admin. */
export async function startSlackShim(slackUrl: string): Promise<SlackShim> {
  const calls: SlackShim['calls'] = [];
  const streams = new Map<string, string>();
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
    const own = await answerHere(method, args, { streams, pass });
    const reply = own ?? (await passOn(`${slackUrl}${request.url}`, request, body));
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(reply));
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    calls,
    close: () => void server.close(() => {}),
  };
}

interface Here {
  readonly streams: Map<string, string>;
  readonly pass: (method: string, args: object) => Promise<unknown>;
}

async function answerHere(
  method: string,
  args: Record<string, string>,
  { streams, pass }: Here,
): Promise<unknown> {
  const { channel = '', ts = '', chunks = '[]', blocks = '[]' } = args;
  const added = (JSON.parse(chunks) as { text?: string }[]).map(({ text }) => text ?? '').join('');
  const whole = (streams.get(ts) ?? '') + added;
  const shown = [{ type: 'markdown', text: whole }, ...(JSON.parse(blocks) as object[])];
  switch (method) {
    case 'chat.startStream': {
      const first = { text: added, blocks: JSON.stringify([{ type: 'markdown', text: added }]) };
      const { thread_ts = '' } = args;
      const posted = (await pass('chat.postMessage', { channel, thread_ts, ...first })) as Posted;
      streams.set(posted.ts, added);
      return posted;
    }
    case 'chat.appendStream':
    case 'chat.stopStream':
      if (!streams.has(ts)) return { ok: false, error: 'message_not_in_streaming_state' };
      if (whole.length > LONGEST_STREAM) return { ok: false, error: 'msg_too_long' };
      streams.set(ts, whole);
      if (method === 'chat.stopStream') streams.delete(ts);
      return pass('chat.update', { channel, ts, text: whole, blocks: JSON.stringify(shown) });
    case 'assistant.threads.setStatus':
    case 'assistant.threads.setSuggestedPrompts':
      return { ok: true };
    case 'users.info':
      return { ok: true, user: { id: args.user, is_admin: args.user === TEAM.ada } };
    default:
      return undefined;
  }
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
