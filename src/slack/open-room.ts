import { randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import type { Receiver } from '@slack/bolt';
import type { ChatRoom } from '../bot/chat-room.ts';
import type { InstallationStore } from '../bot/installations.ts';
import type { SlackChoice } from '../config/slack.ts';
import { createPainter } from '../digest/draw-digest.ts';
import type { Log } from '../log.ts';
import { byTeam } from './by-team.ts';
import { ChannelPace } from './channel-pace.ts';
import { createDigestDoor } from './digest-door.ts';
import { oauthOptions } from './http-oauth.ts';
import { createHttpReceiver, PATHS } from './http-receiver.ts';
import { explainLost } from './identify.ts';
import { openInstallations } from './installations-open.ts';
import { openOneWorkspace } from './one-workspace.ts';
import { createPacedApi } from './paced-api.ts';
import { createSocketReceiver } from './receiver.ts';
import { createReplyDoor } from './reply-door.ts';
import type { Workspaces } from './room.ts';
import { createSharedStreams } from './shared-streams.ts';
import { createSlackApi } from './slack-api.ts';
import { connectSlack } from './slack-app.ts';

/** What Slack is opened with. */
export interface OpenSlackParts {
  readonly installations: InstallationStore;
  /** Puts a listener below a path of our server; returns what takes it away again. */
  readonly mount: (path: string, listener: RequestListener) => () => void;
  readonly log: Log;
}

/** Each takes any event; two, so that one listens while Slack renews the other. */
const CONNECTIONS = 2;

/** Opens Slack the way that the settings say. Throws FootnoteError `config` or `network`. */
export async function openSlack(slack: SlackChoice, parts: OpenSlackParts): Promise<ChatRoom> {
  const { log } = parts;
  const { name, receiver, lost, close, ...opened } = await openWorkspaces(slack, parts);
  const now = () => performance.now();
  const pace = new ChannelPace({ now });
  const workspaces = paced(opened.workspaces, pace);
  const streamsIn = byTeam(createSharedStreams);
  return {
    platform: 'slack',
    name,
    digestDoor: createDigestDoor({ workspaces, draw: createPainter(), log }),
    door: createReplyDoor({ workspaces, log, now, streamsIn, pace }),
    async connect(bot) {
      const inRoom = { bot, workspaces, log, newId: randomUUID, streamsIn };
      const connection = await connectSlack(receiver, inRoom);
      return {
        ...(lost !== undefined && { lost }),
        async close() {
          await connection.close();
          await close?.();
        },
      };
    },
  };
}

/** The same workspaces, where each post waits for the turn of its channel. */
function paced(workspaces: Workspaces, pace: ChannelPace): Workspaces {
  return {
    ...workspaces,
    async find(ref) {
      const found = await workspaces.find(ref);
      return found && { ...found, api: createPacedApi(found.api, pace) };
    },
  };
}

interface Opened {
  readonly name: string;
  readonly workspaces: Workspaces;
  readonly receiver: Receiver;
  /** Settles where Slack will never let us in again. */
  readonly lost?: Promise<Error>;
  readonly close?: () => Promise<void>;
}

async function openWorkspaces(slack: SlackChoice, parts: OpenSlackParts): Promise<Opened> {
  const { log } = parts;
  const elsewhere = slack.apiUrl === undefined ? {} : { apiUrl: slack.apiUrl };
  const now = () => new Date();
  switch (slack.kind) {
    case 'socket': {
      const api = createSlackApi({ ...elsewhere, token: slack.botToken });
      const { name, workspaces } = await openOneWorkspace(api, log);
      const receiver = createSocketReceiver({ ...slack, connections: CONNECTIONS }, { log });
      const lost = receiver.lost.then(explainLost);
      return { name: `Slack, in the workspace ${name}`, workspaces, receiver, lost };
    }
    case 'http': {
      const api = createSlackApi({ ...elsewhere, token: slack.botToken });
      const { name, workspaces } = await openOneWorkspace(api, log);
      const receiver = createHttpReceiver({ ...parts, ...slack, now });
      const at = `${slack.publicUrl ?? ''}${PATHS.events}`;
      return { name: `Slack, in the workspace ${name} over HTTP (${at})`, workspaces, receiver };
    }
    case 'oauth': {
      const store = parts.installations;
      const opened = await openInstallations({ ...slack, store, newId: randomUUID, now, log });
      const { installations, renewal, workspaces, count } = opened;
      const oauth = oauthOptions({ ...slack, installations, log });
      const receiver = createHttpReceiver({ ...parts, ...slack, now, oauth });
      const where = `in ${count} workspace${count === 1 ? '' : 's'}`;
      const name = `Slack, ${where}; it is installed at ${slack.publicUrl}${PATHS.install}`;
      return { name, workspaces, receiver, close: renewal.settled };
    }
  }
}
