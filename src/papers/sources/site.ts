import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, fetch } from 'undici';
import { FootnoteError } from '../../errors.ts';
import { readBody } from './read-body.ts';
import { readRate, retryAfterOf } from './reply-headers.ts';

/** Lets requests to a site go out one after another over all processes, with a pause between them. */
export interface RequestTurns {
  /** Waits for its turn, however long; the pause runs from the end of the work. */
  hold<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** What a server told about a reply, to ask later whether it still holds. */
export interface Validators {
  readonly etag?: string;
  readonly lastModified?: string;
}

export type SiteReply =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly type: string;
      readonly validators: Validators;
    }
  /** What the validators were given with still holds. */
  | { readonly kind: 'unchanged' }
  /** 400 and 404, with what the server said of it. */
  | { readonly kind: 'refused'; readonly status: 400 | 404; readonly text: string };

export interface SiteRequest {
  readonly accept: string;
  readonly validators?: Validators | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A site that is asked politely. */
export interface Site {
  /** Throws FootnoteError `network` for all that may be otherwise later: it never means "nothing". */
  get(url: string, request: SiteRequest): Promise<SiteReply>;
  close(): Promise<void>;
}

export interface SiteOptions {
  /** As people call it. */
  readonly name: string;
  readonly userAgent: string;
  readonly token?: string | undefined;
  readonly turns?: RequestTurns;
  readonly now: () => number;
  /** Told before a wait that a person would wonder about. */
  readonly onWait?: (seconds: number) => void;
  readonly wait?: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly attempts?: number;
}

const TIMEOUT_MS = 60_000;
const ATTEMPTS = 3;
const MOST_REDIRECTS = 3;
/** Longer waits are left to the next run. */
const LONGEST_WAIT_SECONDS = 330;
/** Where a server that is busy does not say how long; longer with each attempt. */
const BUSY_SECONDS = 10;
const TOLD_FROM_SECONDS = 5;
/** Nobody is kept from anything by another try at once. */
const UNREACHED_SECONDS = 1;

/** A site over HTTP, each request on a connection of its own: an idle one would count as a second. */
export function createSite(options: SiteOptions): Site {
  const agent = new Agent({ pipelining: 0 });
  const state = { freeAt: 0 };
  return {
    async get(url, request) {
      const most = options.attempts ?? ATTEMPTS;
      for (let attempt = 1; ; attempt += 1) {
        await waitUntil(state.freeAt, { options, request });
        const outcome = await ask(url, { options, request, agent, state });
        if (outcome.kind !== 'later') return outcome;
        const seconds = outcome.seconds ?? BUSY_SECONDS * 3 ** (attempt - 1);
        state.freeAt = Math.max(state.freeAt, options.now() + seconds * 1_000);
        if (attempt >= most || seconds > LONGEST_WAIT_SECONDS) {
          throw askLater(options.name, outcome.reason, seconds);
        }
      }
    },
    close: () => agent.close(),
  };
}

/** FootnoteError `network`: the site is there, or not, but cannot answer now. */
export function askLater(name: string, reason: string, seconds?: number): FootnoteError {
  const when =
    seconds === undefined || seconds < 90 ? 'in a while' : `in ${Math.ceil(seconds / 60)} minutes`;
  return new FootnoteError(
    'network',
    `${name} cannot be asked now: ${reason}. What was read before is kept; run the command again ${when}.`,
    { facts: { site: name, ...(seconds !== undefined && { retryAfter: Math.ceil(seconds) }) } },
  );
}

interface Later {
  readonly kind: 'later';
  readonly reason: string;
  readonly seconds?: number | undefined;
}

interface Asking {
  readonly options: SiteOptions;
  readonly request: SiteRequest;
  readonly agent: Agent;
  readonly state: { freeAt: number };
}

async function waitUntil(
  freeAt: number,
  { options, request }: Pick<Asking, 'options' | 'request'>,
): Promise<void> {
  request.signal?.throwIfAborted();
  const ms = freeAt - options.now();
  if (ms <= 0) return;
  if (ms > LONGEST_WAIT_SECONDS * 1_000)
    throw askLater(options.name, 'its limit is used up', ms / 1_000);
  if (ms >= TOLD_FROM_SECONDS * 1_000) options.onWait?.(Math.ceil(ms / 1_000));
  await (options.wait ?? defaultWait)(ms, request.signal);
}

async function defaultWait(ms: number, signal?: AbortSignal): Promise<void> {
  await sleep(ms, undefined, signal === undefined ? {} : { signal });
}

/** Each redirect is a request of its own, and takes a turn. */
async function ask(url: string, asking: Asking): Promise<SiteReply | Later> {
  let at = new URL(url);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const one = () => askOnce(at, { ...asking, isOwn: at.origin === new URL(url).origin });
    const { turns } = asking.options;
    const outcome =
      turns === undefined ? await one() : await turns.hold(one, asking.request.signal);
    if (outcome.kind !== 'redirect') return outcome;
    const next = URL.canParse(outcome.to, at.href) ? new URL(outcome.to, at) : undefined;
    if (next === undefined || !isSameSite(next, at)) {
      return { kind: 'later', reason: 'it leads to another site' };
    }
    at = next;
  }
  return { kind: 'later', reason: 'it leads in a circle' };
}

async function askOnce(
  url: URL,
  { options, request, agent, state, isOwn }: Asking & { readonly isOwn: boolean },
): Promise<SiteReply | Later | { readonly kind: 'redirect'; readonly to: string }> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const signal =
    request.signal === undefined ? timeout : AbortSignal.any([request.signal, timeout]);
  try {
    const reply = await fetch(url, {
      dispatcher: agent,
      redirect: 'manual',
      headers: headersOf({ options, request, isOwn }),
      signal,
    });
    const { status, headers } = reply;
    const rate = readRate(headers.get('ratelimit'));
    if (rate?.left === 0) state.freeAt = options.now() + rate.seconds * 1_000;
    if (status === 304) return { kind: 'unchanged' };
    const location = headers.get('location');
    const text = await readBody(reply.body);
    if (status >= 300 && status < 400 && location !== null)
      return { kind: 'redirect', to: location };
    if (text === undefined) return { kind: 'later', reason: 'its answer is longer than 64 MB' };
    if (status === 400 || status === 404) return { kind: 'refused', status, text };
    if (status !== 200) {
      if (isOwn && isTokenRefused(status, options)) throw wrongToken(options.name);
      // The limit's window comes with every reply; only where it is used up is it waited for.
      const wait = retryAfterOf(headers.get('retry-after'), options.now());
      const seconds = status === 429 ? (rate?.seconds ?? wait) : wait;
      return { kind: 'later', reason: `it answers ${status}`, seconds };
    }
    const [etag, lastModified] = [headers.get('etag'), headers.get('last-modified')];
    const validators = { ...(etag && { etag }), ...(lastModified && { lastModified }) };
    return { kind: 'text', text, type: headers.get('content-type') ?? '', validators };
  } catch (error) {
    request.signal?.throwIfAborted();
    if (error instanceof FootnoteError) throw error;
    return timeout.aborted ? { kind: 'later', reason: 'it does not answer' } : whyNot(error);
  }
}

function isTokenRefused(status: number, { token }: SiteOptions): boolean {
  return token !== undefined && (status === 401 || status === 403);
}

function wrongToken(name: string): FootnoteError {
  return new FootnoteError(
    'config',
    `${name} does not take the token in HF_TOKEN. Set it to one that is valid, or take it away: without it the limits are lower, no more.`,
    { facts: { site: name } },
  );
}

function headersOf({
  options: { userAgent, token },
  request: { accept, validators },
  isOwn,
}: Pick<Asking, 'options' | 'request'> & { readonly isOwn: boolean }): Record<string, string> {
  return {
    accept,
    'user-agent': userAgent,
    // Not to where a redirect leads.
    ...(token !== undefined && isOwn && { authorization: `Bearer ${token}` }),
    ...(validators?.etag !== undefined && { 'if-none-match': validators.etag }),
    ...(validators?.lastModified !== undefined && { 'if-modified-since': validators.lastModified }),
  };
}

/** The same host, or another of its domain: `export.arxiv.org` leads to `arxiv.org`. */
function isSameSite(next: URL, from: URL): boolean {
  if (next.host === from.host) return next.protocol === from.protocol || next.protocol === 'https:';
  const domain = from.hostname.split('.').slice(-2).join('.');
  const isNamed = /[a-z]$/i.test(from.hostname) && domain.includes('.');
  const isWithin = next.hostname === domain || next.hostname.endsWith(`.${domain}`);
  return isNamed && next.protocol === 'https:' && isWithin;
}

function whyNot(error: unknown): Later {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  switch (code) {
    case 'ECONNREFUSED':
      return {
        kind: 'later',
        reason: 'nothing answers at its address',
        seconds: UNREACHED_SECONDS,
      };
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return {
        kind: 'later',
        reason: 'its name cannot be looked up; check the connection to the internet',
        seconds: UNREACHED_SECONDS,
      };
    default:
      return { kind: 'later', reason: 'the connection broke off' };
  }
}
