import { webApi } from '@slack/bolt';
import { z } from 'zod';

/** The calls to Slack that this room makes; results are read with zod where they are used. */
export interface SlackApi {
  /** Throws SlackApiError; never tries again by itself, since a post could then stand twice. */
  call(
    method: string,
    args: Readonly<Record<string, unknown>>,
    signal?: AbortSignal,
  ): Promise<unknown>;
  upload(file: UploadedFile): Promise<void>;
  /** Answers a slash command or a button by the address that came with it. */
  respond(url: string, body: object, signal?: AbortSignal): Promise<void>;
}

/** A file for a channel or a thread. */
export interface UploadedFile {
  readonly channel: string;
  readonly threadTs?: string;
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly comment: string;
  /** What a picture shows, for those who do not see it. */
  readonly alt?: string;
}

/** What Slack said, or what kept us from asking: `unreachable`, `http_503`, `ratelimited`. */
export class SlackApiError extends Error {
  readonly method: string;
  readonly reason: string;
  /** Seconds, where Slack said how long to wait. */
  readonly retryAfter?: number;

  // The errors of the client are not kept as a cause: they carry the request with its token.
  constructor({ method, reason, retryAfter }: SlackFailure) {
    super(`Slack did not do ${method}: ${reason}.`);
    this.name = 'SlackApiError';
    this.method = method;
    this.reason = reason;
    if (retryAfter !== undefined) this.retryAfter = retryAfter;
  }
}

interface SlackFailure {
  readonly method: string;
  readonly reason: string;
  readonly retryAfter?: number;
}

/** Which token at which Slack; `timeoutMs` is of one call, 15 seconds by default. */
export interface SlackApiOptions {
  /** Without one only what needs none can be called. */
  readonly token?: string;
  /** Named in every call: a token of an organisation is good for many workspaces. */
  readonly teamId?: string;
  readonly apiUrl?: string;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 15_000;

/** The Web API with one token. */
export function createSlackApi({
  token,
  teamId,
  apiUrl,
  timeoutMs = TIMEOUT_MS,
}: SlackApiOptions): SlackApi {
  const client = new webApi.WebClient(token, {
    timeout: timeoutMs,
    // The bot delivers again by itself and looks first for what is there already.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: SILENT,
    ...(teamId !== undefined && { teamId }),
    ...(apiUrl !== undefined && { slackApiUrl: apiUrl }),
  });
  return {
    async call(method, args, signal) {
      signal?.throwIfAborted();
      return explained(method, () => client.apiCall(method, args));
    },
    async upload({ channel, threadTs, name, content, comment, alt }) {
      const held = typeof content === 'string' ? { content } : { file: Buffer.from(content) };
      const file = {
        channel_id: channel,
        filename: name,
        ...held,
        // Slack takes no comment without signs.
        ...(comment !== '' && { initial_comment: comment }),
        ...(alt !== undefined && { alt_text: alt }),
      };
      const where = threadTs === undefined ? file : { ...file, thread_ts: threadTs };
      await explained('files.upload', () => client.filesUploadV2(where));
    },
    async respond(url, body, signal) {
      if (!isResponseUrl(url, apiUrl)) {
        throw new SlackApiError({ method: 'respond', reason: 'foreign_address' });
      }
      await explained('respond', () => postJson(url, body, signal));
    },
  };
}

/** Bolt and its client log to the console otherwise, with what people wrote. */
export const SILENT = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => webApi.LogLevel.ERROR,
  setName() {},
};

/** Slack's own host for these, or the host of another Slack. */
function isResponseUrl(url: string, apiUrl: string | undefined): boolean {
  const parsed = URL.parse(url);
  if (apiUrl !== undefined) return parsed?.hostname === URL.parse(apiUrl)?.hostname;
  return parsed?.origin === 'https://hooks.slack.com';
}

async function postJson(url: string, body: object, signal?: AbortSignal): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    redirect: 'error',
    signal: signal ?? AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.ok) return;
  throw new SlackApiError({ method: 'respond', reason: `http_${response.status}` });
}

async function explained<T>(method: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toSlackApiError(method, error);
  }
}

// Not `instanceof`: two copies of the client may be installed.
const ClientError = z.object({
  code: z.string(),
  retryAfter: z.number().optional().catch(undefined),
  statusCode: z.number().optional().catch(undefined),
  data: z.object({ error: z.string() }).optional().catch(undefined),
});

/**
 * What a client of Slack threw, without the request and the token that its errors carry; an error of
 * ours stays as it is.
 */
export function toSlackApiError(method: string, error: unknown): SlackApiError {
  if (error instanceof SlackApiError) return error;
  const { data } = ClientError.safeParse(error);
  const said = data?.data?.error;
  if (said !== undefined) return new SlackApiError({ method, reason: said.slice(0, 100) });
  if (data?.retryAfter !== undefined) {
    return new SlackApiError({ method, reason: 'ratelimited', retryAfter: data.retryAfter });
  }
  const reason = data?.statusCode === undefined ? 'unreachable' : `http_${data.statusCode}`;
  return new SlackApiError({ method, reason });
}
