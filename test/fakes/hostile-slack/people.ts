import { randomUUID } from 'node:crypto';
import type { StoredMessage } from './channels.ts';
import type { Workspace } from './hostile-slack.ts';
import type { AskedThere } from './journal.ts';
import type { Sent } from './sockets.ts';
import { openResponse } from './web-api.ts';

/** Where and as whom something is done; in the channel and as the person of the team by default. */
export interface Where {
  readonly channel?: string;
  readonly user?: string;
  readonly threadTs?: string;
}

/** What people do in the workspace; the app hears of it over its sockets. */
export interface People {
  /** Puts a question to the app in a channel, which comes as two events. */
  mention(text: string, where?: Where): AskedThere;
  /** Writes to the app directly. */
  direct(text: string, where?: Where): AskedThere;
  /** Writes what is not for the app. */
  say(text: string, where?: Where): StoredMessage;
  /** Sends the events of a question once more, as Slack does now and then. */
  again(asked: AskedThere): void;
  edit(asked: AskedThere, text: string): Sent;
  remove(asked: AskedThere): Sent;
  stop(asked: AskedThere): Sent;
  /** The answers come to `bodies`. */
  command(command: string, text: string, where?: Where): Asked;
  press(messageTs: string, actionId: string, value: string, where?: Where): Asked;
  shortcut(callbackId: string, text: string, where?: Where): Sent;
  submit(callbackId: string, values: object, metadata: string, where?: Where): Sent;
}

/** A command or a button, and what was answered by the address that came with it. */
export interface Asked {
  readonly sent: Sent;
  readonly bodies: readonly object[];
}

export function createPeople(workspace: Workspace): People {
  const { channels, journal, sockets, team, now } = workspace;
  const whereOf = ({ channel = team.channel, user = team.user, threadTs }: Where) => ({
    channel,
    user,
    threadTs,
  });
  const event = (fields: object) => sockets.deliver(eventEnvelope(fields, workspace));
  const interactive = (payload: object) => sockets.deliver({ type: 'interactive', payload });
  const ask = (message: StoredMessage, types: readonly string[]): AskedThere => {
    const { channel, ts, threadTs = ts } = message;
    const deliveredAt = now();
    const events = types.map((type) => event({ type, ...fieldsOf(message) }));
    const asked = { channel, ts, threadTs, deliveredAt, events };
    journal.asked.push(asked);
    return asked;
  };
  const trigger = () => {
    const id = randomUUID();
    workspace.triggers.set(id, now());
    return id;
  };
  const bodiesOf = (url: string) => workspace.responses.get(url.split('/').at(-1) ?? '')?.bodies;
  return {
    mention(text, where = {}) {
      const message = channels.say({ ...whereOf(where), text: `<@${team.bot}> ${text}` });
      return ask(message, ['message', 'app_mention']);
    },
    direct(text, where = {}) {
      const place = { ...whereOf(where), channel: `D${where.user ?? team.user}` };
      return ask(channels.say({ ...place, text }), ['message']);
    },
    say(text, where = {}) {
      const message = channels.say({ ...whereOf(where), text });
      event({ type: 'message', ...fieldsOf(message) });
      return message;
    },
    again: ({ events }) => {
      for (const { payload } of events) sockets.deliver({ type: 'events_api', payload });
    },
    edit({ channel, ts }, text) {
      const message = { type: 'message', user: team.user, ts, text, edited: { user: team.user } };
      return event({ type: 'message', subtype: 'message_changed', channel, message, ts: ts });
    },
    remove({ channel, ts }) {
      channels.delete(ts);
      return event({ type: 'message', subtype: 'message_deleted', channel, deleted_ts: ts, ts });
    },
    stop: ({ channel, threadTs }) =>
      event({ type: 'agent_session_stopped', channel, thread_ts: threadTs, user: team.user }),
    command(command, text, where = {}) {
      const { channel, user } = whereOf(where);
      const response_url = openResponse(workspace);
      const ids = { team_id: team.id, channel_id: channel, user_id: user, trigger_id: trigger() };
      const payload = { command, text, ...ids, response_url };
      const sent = sockets.deliver({ type: 'slash_commands', payload });
      return { sent, bodies: bodiesOf(response_url) ?? [] };
    },
    press(messageTs, action_id, value, where = {}) {
      const { channel, user } = whereOf(where);
      const response_url = openResponse(workspace);
      const actions = [{ type: 'button', action_id, block_id: 'b', action_ts: `${now()}`, value }];
      const message = { ts: messageTs };
      const sent = interactive({
        ...{ type: 'block_actions', team: { id: team.id }, user: { id: user } },
        ...{ channel: { id: channel }, message, actions, response_url, trigger_id: trigger() },
      });
      return { sent, bodies: bodiesOf(response_url) ?? [] };
    },
    shortcut(callback_id, text, where = {}) {
      const { channel, user } = whereOf(where);
      return interactive({
        ...{ type: 'message_action', callback_id, team: { id: team.id }, user: { id: user } },
        ...{ channel: { id: channel }, message: { text, ts: '1.1' }, trigger_id: trigger() },
      });
    },
    submit(callback_id, values, private_metadata, where = {}) {
      const { user } = whereOf(where);
      const view = { id: 'V1', callback_id, private_metadata, state: { values }, type: 'modal' };
      return interactive({
        ...{ type: 'view_submission', team: { id: team.id }, user: { id: user } },
        ...{ view, trigger_id: trigger() },
      });
    },
  };
}

/** An event as the Events API wraps it. */
export function eventEnvelope(event: object, { team }: Workspace) {
  const authorization = { team_id: team.id, user_id: team.bot, is_bot: true };
  return {
    type: 'events_api',
    payload: {
      type: 'event_callback',
      team_id: team.id,
      api_app_id: 'A1',
      event,
      event_id: `Ev${randomUUID()}`,
      event_time: Math.floor(Date.now() / 1_000),
      authorizations: [{ ...authorization, is_enterprise_install: false }],
      is_ext_shared_channel: false,
    },
  } as const;
}

/** A message as its event tells it. */
export function fieldsOf({ channel, ts, threadTs, user, text, isOfApp }: StoredMessage): object {
  return {
    channel,
    channel_type: channel.startsWith('D') ? 'im' : 'channel',
    user,
    text,
    ts,
    event_ts: ts,
    ...(threadTs !== undefined && { thread_ts: threadTs }),
    ...(isOfApp && { bot_id: 'B1' }),
  };
}
