import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import {
  type App,
  HTTPReceiver,
  type HTTPReceiverOptions,
  type Receiver,
  type ReceiverEvent,
} from '@slack/bolt';
import type { Log } from '../log.ts';
import { createReplays, type Replays } from './http-replays.ts';
import { type Proof, proofOf } from './http-signature.ts';
import { takeIn } from './receiver.ts';
import { SILENT } from './slack-api.ts';

/** What Slack is told in the manifest; the last two are for browsers. */
export const PATHS = {
  all: '/slack/',
  events: '/slack/events',
  install: '/slack/install',
  redirect: '/slack/oauth_redirect',
} as const;

/** How requests are taken in. */
export interface HttpOptions {
  readonly signingSecret: string;
  readonly now: () => Date;
  readonly log: Log;
  /** Puts a listener below a path of a server; returns what takes it away again. */
  readonly mount: (path: string, listener: RequestListener) => () => void;
  /** What is not taken in by then counts as not taken in; just below three seconds by default. */
  readonly answerWithinMs?: number;
  /** Where people install the app themselves. */
  readonly oauth?: Partial<HTTPReceiverOptions>;
}

/** Far more than Slack sends. */
const MOST_BYTES = 1024 * 1024;
/** Slack waits three seconds. */
const ANSWER_WITHIN_MS = 2_800;
const FORM = 'application/x-www-form-urlencoded';

/**
 * Signed requests of Slack, on a server that is there already. Bolt reads and answers them; before, we
 * hold what Bolt does not: a clock that is off either way, and copies. As over sockets, an event is
 * answered with 200 only when it was taken in, so that Slack sends again what was not.
 */
export function createHttpReceiver(options: HttpOptions): Receiver {
  const { signingSecret, mount, log, now, oauth } = options;
  const bolt = new HTTPReceiver({
    ...oauth,
    signingSecret,
    endpoints: [PATHS.events],
    logger: SILENT,
    unhandledRequestTimeoutMillis: options.answerWithinMs ?? ANSWER_WITHIN_MS,
    unhandledRequestHandler({ response }) {
      log.warn('slack.request-too-slow', {});
      if (!response.headersSent) end(response, 503);
    },
    async processEventErrorHandler({ response }) {
      if (response.headersSent) return false;
      end(response, 503);
      return true;
    },
  });
  const guard = { signingSecret, now, replays: createReplays(now), warn: createWarning(options) };
  let unmount = () => {};
  return {
    init(app) {
      // The receiver uses nothing of an app but this method.
      bolt.init({ processEvent: (event: ReceiverEvent) => takeIn(event, app) } as App);
    },
    async start() {
      unmount = mount(PATHS.all, (request, response) => {
        serve(request, response, { ...guard, bolt }).catch((err: unknown) => {
          log('slack.request-failed', { err });
          if (!response.headersSent) end(response, 503);
        });
      });
    },
    stop: async () => unmount(),
  };
}

interface Guard {
  readonly signingSecret: string;
  readonly now: () => Date;
  readonly replays: Replays;
  readonly warn: (why: Refusal) => void;
  readonly bolt: Pick<HTTPReceiver, 'requestListener'>;
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  guard: Guard,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  if (request.method === 'POST' && pathname === PATHS.events) {
    return takeRequest(request, response, guard);
  }
  const isPage = pathname === PATHS.install || pathname === PATHS.redirect;
  if (request.method !== 'GET' || !isPage) return end(response, 404);
  return handOn(request, response, guard);
}

async function takeRequest(
  request: IncomingMessage,
  response: ServerResponse,
  guard: Guard,
): Promise<void> {
  const body = await readBody(request);
  if (body === undefined) return tooLarge(request, response);
  if (isSslCheck(request, body)) return end(response, 200);
  const proof = proofOf({ headers: request.headers, body }, { ...guard, now: guard.now() });
  if (proof.kind === 'refused') {
    guard.warn(proof.why);
    return end(response, 401);
  }
  const { signature, goodUntil } = proof;
  const earlier = guard.replays.earlier(signature);
  if (earlier !== undefined) return end(response, (await earlier) ? 200 : 503);
  guard.replays.remember(signature, goodUntil, isAnsweredWell(response));
  // Bolt knows a form by these very words, without the charset that a proxy may add.
  if (isForm(request)) request.headers['content-type'] = FORM;
  return handOn(Object.assign(request, { rawBody: body }), response, guard);
}

/** To Bolt, which throws for a path that it does not serve: no installing without a client ID. */
function handOn(request: IncomingMessage, response: ServerResponse, { bolt }: Guard): void {
  try {
    bolt.requestListener(request, response);
  } catch {
    end(response, 404);
  }
}

/** Undefined for a body that is too large. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > MOST_BYTES) return undefined;
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request) {
    // Without an encoding a request gives buffers.
    const buffer = piece as Buffer;
    bytes += buffer.length;
    if (bytes > MOST_BYTES) return undefined;
    pieces.push(buffer);
  }
  return Buffer.concat(pieces);
}

function tooLarge(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(413, { Connection: 'close' }).end(() => request.destroy());
}

function isForm({ headers }: IncomingMessage): boolean {
  return headers['content-type']?.split(';')[0]?.trim().toLowerCase() === FORM;
}

/** Slack asks so whether TLS works, unsigned; nothing else in such a request is looked at. */
function isSslCheck(request: IncomingMessage, body: Buffer): boolean {
  return isForm(request) && new URLSearchParams(body.toString()).get('ssl_check') === '1';
}

/** Whether it went out whole and said that all is well. */
function isAnsweredWell(response: ServerResponse): Promise<boolean> {
  return new Promise((resolve) => {
    response.once('close', () => resolve(response.writableFinished && response.statusCode < 300));
  });
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status).end();
}

const WARN_EVERY_MS = 60_000;

type Refusal = Extract<Proof, { kind: 'refused' }>['why'];

const HINTS: Readonly<Record<Refusal, string>> = {
  unsigned: 'Not from Slack, which signs all that it sends.',
  'wrong-signature':
    'Not from Slack, or SLACK_SIGNING_SECRET is not that of the app (its page "Basic Information").',
  'wrong-time': 'An old request, or the clock of this machine is off by over five minutes.',
};

/** One line a minute at most: anybody can send us requests. */
function createWarning({ log, now }: HttpOptions): (why: Refusal) => void {
  let [count, warnedAt] = [0, Number.NEGATIVE_INFINITY];
  return (why) => {
    count += 1;
    if (now().getTime() - warnedAt < WARN_EVERY_MS) return;
    log.warn('slack.requests-refused', { why, count, hint: HINTS[why] });
    [count, warnedAt] = [0, now().getTime()];
  };
}
