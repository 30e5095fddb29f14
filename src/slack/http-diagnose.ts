import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { bad, type Finding, good } from './findings.ts';
import { PATHS } from './http-receiver.ts';
import { signRequest } from './http-signature.ts';

/** Where Slack is to reach us, and what it signs with. */
export interface Address {
  readonly publicUrl?: string;
  readonly signingSecret: string;
}

const PATIENCE_MS = 10_000;
const Challenge = z.object({ challenge: z.string() });

/**
 * Asks our own public address what Slack asks when the address is set in the app, signed as Slack
 * signs. Never throws.
 */
export async function checkAddress({ publicUrl, signingSecret }: Address): Promise<Finding> {
  if (publicUrl === undefined) {
    return good('SLACK_PUBLIC_URL is not set, so the way from Slack to Footnote was not tried.');
  }
  const url = `${publicUrl}${PATHS.events}`;
  const challenge = randomUUID();
  const body = JSON.stringify({ type: 'url_verification', challenge });
  const time = String(Math.floor(Date.now() / 1_000));
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-Slack-Request-Timestamp': time,
        'X-Slack-Signature': signRequest({ time, body }, signingSecret),
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return readAnswer({ url, challenge, status: response.status, text: await response.text() });
  } catch {
    return bad(
      `${url} cannot be reached from here: start Footnote, and check the name, the certificate and the proxy before it.`,
    );
  }
}

interface Answered {
  readonly url: string;
  readonly challenge: string;
  readonly status: number;
  readonly text: string;
}

function readAnswer({ url, challenge, status, text }: Answered): Finding {
  if (status === 401) {
    return bad(
      `${url} answers, with another SLACK_SIGNING_SECRET or a clock that is off by minutes: restart Footnote with these settings.`,
    );
  }
  if (status === 200 && Challenge.safeParse(parse(text)).data?.challenge === challenge) {
    return good(`${url} is reached, checks signatures and answers; use it as all request URLs.`);
  }
  return bad(
    `${url} is reached, but it is not Footnote that answers there (HTTP ${status}): check the proxy, and that Footnote runs with these settings.`,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A page of something else.
    return undefined;
  }
}
