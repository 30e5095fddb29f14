import type { DemoStep } from './demo-program.ts';
import { type LocalSlack, type SlackMessage, TEAM, until } from './local-slack.ts';
import { buttonIn, ours } from './slack-messages.ts';
import type { Scene } from './slack-picture.ts';
import { type SlackShim, TRIGGER } from './slack-shim.ts';

/** One thing that people do in Slack. */
export interface Step extends DemoStep<Talk> {
  /** It is about coming back to Slack, which over HTTP comes to us. */
  readonly ofSockets?: boolean;
}

/** What the steps share. */
export interface Talk {
  slack: LocalSlack;
  readonly dm: string;
  readonly shim: Pick<SlackShim, 'calls' | 'opened' | 'deliver'>;
  /** How fast the model writes, in tokens a second. */
  writesAt(rate: number): void;
  /** Ends the program as a power cut would. */
  crash(): Promise<void>;
  restart(): Promise<void>;
  /** Takes Slack away for so long; what was said there is gone. */
  outage(ms: number): Promise<void>;
  root?: SlackMessage;
  answer?: SlackMessage;
  shared?: SlackMessage;
  /** A streamed answer and its evidence, for the picture. */
  scene?: Scene;
}

/** Calls since then, or the arguments of those of one method. */
export function methodsSince({ shim }: Talk, before: number): readonly string[] {
  return shim.calls.slice(before).map(({ method }) => method);
}

/** The arguments of the calls of a method since then. */
export function argsSince(
  { shim }: Talk,
  before: number,
  method: string,
): readonly Record<string, string>[] {
  return shim.calls.slice(before).flatMap((call) => (call.method === method ? [call.args] : []));
}

let events = 0;

/** An event that local-slack does not send by itself. */
export function sendEvent({ shim }: Pick<Talk, 'shim'>, event: object): void {
  events += 1;
  shim.deliver('events_api', {
    type: 'event_callback',
    team_id: TEAM.id,
    event_id: `Ev-shim-${events}`,
    authorizations: [{ team_id: TEAM.id, user_id: TEAM.bot, is_bot: true }],
    event: { event_ts: '1.1', ...event },
  });
}

/** What Ada calls or sends that local-slack has no button for. */
export function sendInteraction({ shim }: Talk, payload: object): void {
  events += 1;
  const user = { id: TEAM.ada, team_id: TEAM.id };
  const trigger_id = `${TRIGGER}-${events}`;
  shim.deliver('interactive', { team: { id: TEAM.id }, user, trigger_id, ...payload });
}

/** The reply in a thread after a message. */
export async function reply(
  { slack }: Talk,
  channel: string,
  thread: string,
  after = thread,
): Promise<SlackMessage> {
  return until(async () =>
    ours(await slack.messages(channel)).find(
      (each) => each.thread_ts === thread && Number(each.ts) > Number(after),
    ),
  );
}

/** The reply in a thread once it has its sources. */
export async function finishedReply(
  { slack }: Talk,
  channel: string,
  thread: string,
  patienceMs?: number,
): Promise<SlackMessage> {
  const look = async () =>
    ours(await slack.messages(channel)).find(
      (each) => each.thread_ts === thread && buttonIn(each, 'evidence') !== undefined,
    );
  return until(look, patienceMs);
}

/** The first message in a channel, beyond so many, that fits. */
export function messageAfter(
  { slack }: Talk,
  { channel, count }: { readonly channel: string; readonly count: number },
  fits: (message: SlackMessage) => boolean = () => true,
): Promise<SlackMessage> {
  return until(async () => (await slack.messages(channel)).slice(count).find(fits));
}
