import { randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import type { Receiver } from '@slack/bolt';
import type { ChatRoom } from '../bot/chat-room.ts';
import type { InstallationStore } from '../bot/installations.ts';
import type { SlackChoice } from '../config/slack.ts';
import type { Log } from '../log.ts';
import { byTeam } from './by-team.ts';
import { oauthOptions } from './http-oauth.ts';
import { createHttpReceiver, PATHS } from './http-receiver.ts';
import { openInstallations } from './installations-open.ts';
import { openOneWorkspace } from './one-workspace.ts';
import { createSocketReceiver } from './receiver.ts';
import { createReplyDoor } from './reply-door.ts';
import type { Workspaces } from './room.ts';
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
  const { name, workspaces, receiver, close } = await openWorkspaces(slack, parts);
  const streamsIn = byTeam(() => ({ isOff: false, open: 0 }));
  return {
    platform: 'slack',
    name,
    door: createReplyDoor({ workspaces, log, streamsIn, now: () => performance.now() }),
    async connect(bot) {
      const inRoom = { bot, workspaces, log, newId: randomUUID, streamsIn };
      const connection = await connectSlack(receiver, inRoom);
      return {
        async close() {
          await connection.close();
          await close?.();
        },
      };
    },
  };
}

interface Opened {
  readonly name: string;
  readonly workspaces: Workspaces;
  readonly receiver: Receiver;
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
      const receiver = createSocketReceiver({ ...slack, connections: CONNECTIONS });
      return { name: `Slack, in the workspace ${name}`, workspaces, receiver };
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
