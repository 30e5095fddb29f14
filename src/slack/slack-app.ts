import { App, type Receiver } from '@slack/bolt';
import type { ChatConnection } from '../bot/chat-room.ts';
import { reportFailure } from '../bot/failure.ts';
import { SHORTCUTS, SLASH } from './actions.ts';
import { handleAction } from './handle-actions.ts';
import { handleSlash } from './handle-commands.ts';
import { handleHomeOpened, handleJoined, handleStopped } from './handle-home.ts';
import { handleShortcut, handleSubmission } from './handle-views.ts';
import { explain, explainLost } from './identify.ts';
import { readMessageEvent } from './read-event.ts';
import { createSocketReceiver, type SocketOptions } from './receiver.ts';
import { renderRefusal } from './render-result.ts';
import type { RoomParts } from './room.ts';
import { SILENT, toSlackApiError } from './slack-api.ts';

/** Connects the bot to a workspace. Throws FootnoteError `config` or `network` where that fails. */
export async function connectSlack(
  options: SocketOptions & { readonly botToken: string },
  parts: RoomParts,
): Promise<ChatConnection> {
  const underWay = new Set<Promise<unknown>>();
  const receiver = createSocketReceiver(options, parts);
  const app = createApp(receiver, options, parts);
  listenToEvents(app, parts, underWay);
  listenToPeople(app, parts, underWay);
  try {
    await app.start();
  } catch (error) {
    // One of the sockets may stand, and would keep the process alive.
    await app.stop();
    throw explain(toSlackApiError('apps.connections.open', error));
  }
  return {
    lost: receiver.lost.then(explainLost),
    async close() {
      await app.stop();
      await Promise.allSettled(underWay);
    },
  };
}

function createApp(
  receiver: Receiver,
  options: SocketOptions & { readonly botToken: string },
  { self, log }: RoomParts,
): App {
  const { botToken, apiUrl } = options;
  const { botUserId, botId, teamId } = self;
  const known = { botToken, botUserId, teamId, ...(botId !== undefined && { botId }) };
  const app = new App({
    receiver,
    authorize: async () => known,
    logger: SILENT,
    clientOptions: {
      timeout: 15_000,
      retryConfig: { retries: 0 },
      ...(apiUrl !== undefined && { slackApiUrl: apiUrl }),
    },
    convoStore: false,
  });
  // Thrown on to the receiver: what was not taken in is not acknowledged, and Slack sends it again.
  app.error(async (error) => {
    log('slack.not-taken-in', { err: error });
    throw error;
  });
  return app;
}

type Pending = Set<Promise<unknown>>;

function noted<T>(work: Promise<T>, underWay: Pending): Promise<T> {
  underWay.add(work);
  const done = () => void underWay.delete(work);
  work.then(done, done);
  return work;
}

/** What happens in channels. Messages are in the store before Slack is told that they came. */
function listenToEvents(app: App, parts: RoomParts, underWay: Pending): void {
  const { bot, self, log } = parts;
  const greeted = new Set<string>();
  const take = async ({ event }: { readonly event: unknown }) => {
    const message = readMessageEvent(event, self);
    if (message !== undefined) await noted(bot.receive(message), underWay);
  };
  app.event('app_mention', take);
  app.event('message', take);
  // Nobody waits for these, and sent again they would help nobody: they are acknowledged at once.
  const aside = (room: string, work: Promise<void>) => {
    const quiet = work.catch((err: unknown) => log('slack.event-failed', { room, err }));
    void noted(quiet, underWay);
  };
  app.event('app_home_opened', async ({ event }) => aside('home', handleHomeOpened(event, parts)));
  app.event('member_joined_channel', async ({ event }) =>
    aside('joined', handleJoined(event, greeted, parts)),
  );
  app.event('agent_session_stopped', async ({ event }) =>
    aside('stopped', handleStopped(event, parts)),
  );
}

/** What people call and press. Each is answered within three seconds, the work goes on after that. */
function listenToPeople(app: App, parts: RoomParts, underWay: Pending): void {
  const after = (work: Promise<void>, url: string | undefined) =>
    void noted(
      work.catch((error: unknown) => apologise(error, url, parts)),
      underWay,
    );
  const isNew = createOnce();
  for (const command of Object.values(SLASH)) {
    app.command(command, async ({ ack, body }) => {
      if (!isNew(body.trigger_id)) return ack();
      const { text, after: rest } = handleSlash(body, parts);
      await ack({ response_type: 'ephemeral', text });
      after(rest(), body.response_url);
    });
  }
  app.action(/.*/, async ({ ack, body }) => {
    await ack();
    if ('trigger_id' in body && !isNew(String(body.trigger_id))) return;
    after(handleAction(body, parts), 'response_url' in body ? body.response_url : undefined);
  });
  for (const shortcut of Object.values(SHORTCUTS)) {
    app.shortcut(shortcut, async ({ ack, body }) => {
      await ack();
      if (isNew(body.trigger_id)) after(handleShortcut(body, parts), undefined);
    });
  }
  app.view(/.*/, async ({ ack, body }) => {
    const errors = await noted(handleSubmission(body, parts), underWay);
    await (errors === undefined
      ? ack()
      : ack({ response_action: 'errors', errors: { ...errors } }));
  });
}

const REMEMBERED = 1_000;

/** Tells whether an id is seen for the first time; Slack sends again what it saw no answer to. */
function createOnce(): (id: string) => boolean {
  const seen = new Set<string>();
  return (id) => {
    if (seen.has(id)) return false;
    seen.add(id);
    const [oldest] = seen;
    if (seen.size > REMEMBERED && oldest !== undefined) seen.delete(oldest);
    return true;
  };
}

/** Tells whoever pressed that it failed; the log has why, under the reference. */
async function apologise(error: unknown, url: string | undefined, parts: RoomParts): Promise<void> {
  const { text } = reportFailure({ error }, parts);
  if (url === undefined) return;
  const message = { response_type: 'ephemeral', replace_original: false, ...renderRefusal(text) };
  await parts.api.respond(url, message).catch((err: unknown) => {
    parts.log.warn('slack.apology-not-sent', { err });
  });
}
