import type { SharedSigns } from './presence.ts';
import type { SlackApiError } from './slack-api.ts';

/** Slack counts the calls of all streams together; where it has no streams, no more are tried. */
export interface SharedStreams extends SharedSigns {
  hasNoSessions?: boolean;
  isOff: boolean;
  open: number;
  /** When the streams of the last minute were begun. */
  readonly begun: number[];
  /** Until then Slack wants no more of them. */
  notBefore: number;
}

const MINUTE_MS = 60_000;
/** Slack takes at least twenty a minute, of beginnings and of ends. */
const STREAMS_A_MINUTE = 20;

const NO_STREAMS: ReadonlySet<string> = new Set([
  'unknown_method',
  'feature_not_enabled',
  'channel_type_not_supported',
  'method_not_supported_for_channel_type',
  'not_allowed_token_type',
  'missing_recipient_team_id',
  'missing_recipient_user_id',
]);

/** Whether Slack has no streams there at all. */
export function isWithoutStreams({ reason }: SlackApiError): boolean {
  return NO_STREAMS.has(reason);
}

export function createSharedStreams(): SharedStreams {
  return { isOff: false, open: 0, begun: [], notBefore: 0, quietUntil: new Map() };
}

/** Whether Slack takes one more stream now; an answer without one is posted whole at its end. */
export function mayBegin({ begun, notBefore }: SharedStreams, now: number): boolean {
  while (begun[0] !== undefined && now - begun[0] >= MINUTE_MS) begun.shift();
  return begun.length < STREAMS_A_MINUTE && now >= notBefore;
}
