import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** How far Slack's clock and ours may be apart; Bolt lets the future pass. */
export const LONGEST_SKEW_S = 300;

/** What a request proves. */
export type Proof =
  | {
      readonly kind: 'signed';
      /** The same for every copy of the same bytes. */
      readonly signature: string;
      /** From then on a copy is refused for its age, in milliseconds since 1970. */
      readonly goodUntil: number;
    }
  | { readonly kind: 'refused'; readonly why: 'unsigned' | 'wrong-signature' | 'wrong-time' };

/** Whether Slack has sent this lately: https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function proofOf(
  { headers, body }: { readonly headers: IncomingHttpHeaders; readonly body: Buffer },
  { signingSecret, now }: { readonly signingSecret: string; readonly now: Date },
): Proof {
  const time = headers['x-slack-request-timestamp'];
  const signature = headers['x-slack-signature'];
  if (typeof time !== 'string' || typeof signature !== 'string') return refused('unsigned');
  if (!/^\d{1,12}$/.test(time)) return refused('wrong-time');
  const ours = signRequest({ time, body }, signingSecret);
  if (!isSame(signature, ours)) return refused('wrong-signature');
  const skew = Math.abs(now.getTime() / 1_000 - Number(time));
  if (skew > LONGEST_SKEW_S) return refused('wrong-time');
  return { kind: 'signed', signature, goodUntil: (Number(time) + LONGEST_SKEW_S) * 1_000 };
}

/** The signature of a body that is sent at a time, in seconds since 1970. */
export function signRequest(
  { time, body }: { readonly time: string; readonly body: Buffer | string },
  signingSecret: string,
): string {
  const digest = createHmac('sha256', signingSecret).update(`v0:${time}:`).update(body);
  return `v0=${digest.digest('hex')}`;
}

function isSame(given: string, ours: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(ours)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function refused(why: Extract<Proof, { kind: 'refused' }>['why']): Proof {
  return { kind: 'refused', why };
}
