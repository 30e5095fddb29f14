import { setTimeout as sleep } from 'node:timers/promises';
import { App, type Receiver } from '@slack/bolt';
import type { ChatConnection } from '../bot/chat-room.ts';
import { reportFailure } from '../bot/failure.ts';
import { SHORTCUTS, SLASH } from './actions.ts';
import { handleAction } from './handle-actions.ts';
import { handleSlash } from './handle-commands.ts';
import { handleReaction, withRights } from './handle-digests.ts';
import {
  handleContextChanged,
  handleHomeOpened,
  handleJoined,
  handleStopped,
} from './handle-home.ts';
import { handleShortcut, handleSubmission } from './handle-views.ts';
import { explain } from './identify.ts';
import { readMessageEvent } from './read-event.ts';
import { renderRefusal } from './render-result.ts';
import type { RoomParts, SlackParts, WorkspaceRef } from './room.ts';
import { SILENT, toSlackApiError } from './slack-api.ts';

/** Connects the bot to what comes in. Throws FootnoteError `config` or `network` where that fails. */
export async function connectSlack(receiver: Receiver, parts: SlackParts): Promise<ChatConnection> {
  const underWay = new Set<Promise<unknown>>();
  const app = createApp(receiver, parts);
  listenToEvents(app, parts, underWay);
  listenToRemovals(app, parts);
  listenToPeople(app, parts, underWay);
  try {
    await app.start();
  } catch (error) {
    // One of the sockets may stand, and would keep the process alive.
    await app.stop();
    throw explain(toSlackApiError('apps.connections.open', error));
  }
  return {
    async close() {
      await app.stop();
      await Promise.allSettled(underWay);
    },
  };
}

function createApp(receiver: Receiver, parts: SlackParts): App {
  const { log } = parts;
  const app = new App({
    receiver,
    // Bolt leaves out by these what we did ourselves; its own client is not used.
    async authorize(source) {
      const self = (await enter(source, parts))?.self;
      return self === undefined ? {} : { ...self };
    },
    logger: SILENT,
    clientOptions: { retryConfig: { retries: 0 } },
    convoStore: false,
  });
  // Thrown on to the receiver: what was not taken in is not acknowledged, and Slack sends it again.
  app.error(async (error) => {
    log('slack.not-taken-in', { err: error });
    throw error;
  });
  return app;
}

/** Where something comes from, as Bolt reads it. */
interface Source {
  readonly teamId?: string | undefined;
  readonly enterpriseId?: string | undefined;
  readonly isEnterpriseInstall?: boolean;
}

function refOf({ teamId, enterpriseId, isEnterpriseInstall }: Source): WorkspaceRef {
  const organisation =
    isEnterpriseInstall === true && enterpriseId !== undefined
      ? { organisationId: enterpriseId }
      : {};
  return { teamId: teamId ?? enterpriseId ?? '', ...organisation };
}

/** The room of the workspace that something comes from; undefined where we are not installed. */
async function enter(
  source: Source,
  { workspaces, streamsIn, ...parts }: SlackParts,
): Promise<RoomParts | undefined> {
  const workspace = await workspaces.find(refOf(source));
  return workspace && { ...parts, ...workspace, streams: streamsIn(workspace.self.teamId) };
}

type Pending = Set<Promise<unknown>>;

function noted<T>(work: Promise<T>, underWay: Pending): Promise<T> {
  underWay.add(work);
  const done = () => void underWay.delete(work);
  work.then(done, done);
  return work;
}

/** What happens in channels. Messages are in the store before Slack is told that they came. */
function listenToEvents(app: App, parts: SlackParts, underWay: Pending): void {
  const take = async ({
    event,
    context,
  }: {
    readonly event: unknown;
    readonly context: Source;
  }) => {
    const room = await enter(context, parts);
    const message = room && readMessageEvent(event, room.self);
    if (room === undefined || message === undefined) return;
    const work = withRights(message, room).then((allowed) => parts.bot.receive(allowed));
    await noted(work, underWay);
  };
  app.event('app_mention', take);
  app.event('message', take);
  // Nobody waits for these, and sent again they would help nobody: they are acknowledged at once.
  const aside = (name: string, context: Source, handle: (room: RoomParts) => Promise<void>) => {
    const work = enter(context, parts).then((room) => room && handle(room));
    const quiet = work.catch((err: unknown) =>
      parts.log('slack.event-failed', { room: name, err }),
    );
    void noted(quiet, underWay);
  };
  app.event('app_home_opened', async ({ event, context }) =>
    aside('home', context, (room) => handleHomeOpened(event, room)),
  );
  app.event('app_context_changed', async ({ event, context }) =>
    aside('context', context, (room) => handleContextChanged(event, room)),
  );
  app.event('member_joined_channel', async ({ event, context }) =>
    aside('joined', context, (room) => handleJoined(event, room)),
  );
  app.event('reaction_added', async ({ event, context }) =>
    aside('reaction', context, (room) => handleReaction(event, room)),
  );
  app.event('reaction_removed', async ({ event, context }) =>
    aside('reaction', context, (room) => handleReaction(event, room)),
  );
  app.event('agent_session_stopped', async ({ event, context }) =>
    aside('stopped', context, (room) => handleStopped(event, room)),
  );
}

/** Whoever throws the bot out need not wait for it; what is in hand there finds nobody to reply to. */
function listenToRemovals(app: App, { workspaces, log }: SlackParts): void {
  app.event('app_uninstalled', async ({ body, context }) => {
    log.warn('slack.uninstalled', { workspace: context.teamId });
    await workspaces.uninstalled(refOf(context), endOf(body.event_time));
  });
  app.event('tokens_revoked', async ({ event, body, context }) => {
    if ((event.tokens.bot ?? []).length === 0) return;
    await workspaces.revoked(refOf(context), endOf(body.event_time));
  });
}

/** Slack tells whole seconds. */
function endOf(second: number): Date {
  return new Date(second * 1_000 + 999);
}

/** Slack waits three seconds. */
const STORE_MS = 1_500;

const NOT_INSTALLED =
  'I am not installed in this workspace any more. Ask whoever manages its apps to install me again.';

/** What people call and press. Each is answered within three seconds, the work goes on after that. */
function listenToPeople(app: App, parts: SlackParts, underWay: Pending): void {
  const after = (work: Promise<void>, url: string | undefined, room: RoomParts) =>
    void noted(
      work.catch((error: unknown) => apologise(error, url, room)),
      underWay,
    );
  const isNew = createOnce();
  for (const command of Object.values(SLASH)) {
    app.command(command, async ({ ack, body, context }) => {
      const room = await enter(context, parts);
      if (room === undefined) return ack({ response_type: 'ephemeral', text: NOT_INSTALLED });
      if (!isNew(body.trigger_id)) return ack();
      const { text, stored, after: rest } = handleSlash(body, room);
      // Told again by what follows where it fails.
      await Promise.race([stored?.catch(() => {}), sleep(STORE_MS, undefined, { ref: false })]);
      await ack({ response_type: 'ephemeral', text });
      after(rest(), body.response_url, room);
    });
  }
  app.action(/.*/, async ({ ack, body, context }) => {
    await ack();
    if ('trigger_id' in body && !isNew(String(body.trigger_id))) return;
    const room = await enter(context, parts);
    const url = 'response_url' in body ? body.response_url : undefined;
    if (room !== undefined) after(handleAction(body, room), url, room);
  });
  for (const shortcut of Object.values(SHORTCUTS)) {
    app.shortcut(shortcut, async ({ ack, body, context }) => {
      await ack();
      const room = await enter(context, parts);
      if (room !== undefined && isNew(body.trigger_id))
        after(handleShortcut(body, room), undefined, room);
    });
  }
  app.view(/.*/, async ({ ack, body, context }) => {
    const room = await enter(context, parts);
    if (room === undefined) return ack();
    const { errors, after: rest } = await noted(handleSubmission(body, room), underWay);
    await (errors === undefined
      ? ack()
      : ack({ response_action: 'errors', errors: { ...errors } }));
    if (rest !== undefined) after(rest(), undefined, room);
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
