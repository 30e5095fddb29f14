import { signRequest } from '../../src/slack/http-signature.ts';

export const SECRET = 'signing-secret-0123456789';

interface SignedOptions {
  /** An object goes as JSON, an array of pairs as a form. */
  readonly body: object | readonly (readonly [string, string])[] | string;
  readonly secret?: string;
  /** Seconds from now. */
  readonly skew?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request as Slack sends it. */
export function signedRequest({ body, secret = SECRET, skew = 0, headers = {} }: SignedOptions): {
  readonly method: string;
  readonly body: string;
  readonly headers: Record<string, string>;
} {
  // The guard does not know read-only arrays.
  const isForm = Array.isArray(body);
  const text =
    typeof body === 'string'
      ? body
      : isForm
        ? new URLSearchParams(body as [string, string][]).toString()
        : JSON.stringify(body);
  const time = String(Math.floor(Date.now() / 1_000) + skew);
  return {
    method: 'POST',
    body: text,
    headers: {
      'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
      'x-slack-request-timestamp': time,
      'x-slack-signature': signRequest({ time, body: text }, secret),
      ...headers,
    },
  };
}

let events = 0;

/** What Slack wraps around an event. */
export function wrapped(event: object, more: object = {}): object {
  const teamId = 'T1';
  return {
    type: 'event_callback',
    team_id: teamId,
    api_app_id: 'A1',
    event_id: `Ev${++events}`,
    event_time: Math.floor(Date.now() / 1_000),
    authorizations: [{ team_id: teamId, enterprise_id: null, user_id: 'UBOTT1', is_bot: true }],
    event,
    ...more,
  };
}

/** An event of a team, or of a team of an organisation. */
export function wrappedIn(teamId: string, event: object, organisation?: string): object {
  const authorization = {
    team_id: teamId,
    enterprise_id: organisation ?? null,
    user_id: 'UBOT',
    is_bot: true,
    is_enterprise_install: organisation !== undefined,
  };
  return wrapped(event, {
    team_id: teamId,
    authorizations: [authorization],
    ...(organisation !== undefined && {
      enterprise_id: organisation,
      is_enterprise_install: true,
    }),
  });
}

/** Somebody mentions the bot in a channel just now. */
export function mention(text: string, more: object = {}): object {
  events += 1;
  return {
    type: 'app_mention',
    user: 'U1',
    channel: 'C1',
    ts: `${Math.floor(Date.now() / 1_000)}.${String(events).padStart(6, '0')}`,
    text: `<@UBOT> ${text}`,
    ...more,
  };
}

/** A slash command as the fields of a form. */
export function slashForm(
  command: string,
  text: string,
  more: Readonly<Record<string, string>> = {},
): readonly (readonly [string, string])[] {
  return Object.entries({
    command,
    text,
    team_id: 'T1',
    user_id: 'U1',
    channel_id: 'C1',
    trigger_id: `trigger-${++events}`,
    response_url: 'http://127.0.0.1/none',
    is_enterprise_install: 'false',
    ...more,
  });
}
