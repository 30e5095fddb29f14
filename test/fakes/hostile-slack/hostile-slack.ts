import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Channels } from './channels.ts';
import { Faults } from './faults.ts';
import { Journal } from './journal.ts';
import { Limits } from './limits.ts';
import { createPeople, eventEnvelope, fieldsOf, type People } from './people.ts';
import type { Args } from './refused.ts';
import { Signs } from './signs.ts';
import { Sockets } from './sockets.ts';
import { type ApiCall, serve } from './web-api.ts';
import { acceptSocket } from './web-socket.ts';

export const TEAM = {
  id: 'T1',
  name: 'Hostile',
  bot: 'UBOT1',
  user: 'UADA1',
  admin: 'UADMIN1',
  channel: 'C1',
} as const;
export const TOKENS = { bot: 'xoxb-hostile', app: 'xapp-hostile' } as const;

interface Token {
  readonly token: string;
  /** Why Slack takes it no more. */
  refusal?: string;
}

/** Everything that the parts of the server share. */
export interface Workspace {
  readonly team: typeof TEAM;
  readonly tokens: { readonly bot: Token; readonly app: Token };
  /** Of the server, with the slash. */
  url: string;
  /** Milliseconds that only grow. */
  readonly now: () => number;
  readonly calls: ApiCall[];
  readonly channels: Channels;
  readonly signs: Signs;
  readonly sockets: Sockets;
  readonly faults: Faults;
  readonly limits: Limits;
  readonly journal: Journal;
  readonly ephemerals: Args[];
  readonly files: Args[];
  readonly homes: Map<string, unknown>;
  readonly views: unknown[];
  readonly triggers: Map<string, number | 'used'>;
  readonly responses: Map<string, { readonly at: number; uses: number; readonly bodies: object[] }>;
  show(view: unknown): { readonly id: string };
}

/** A Slack on a loopback port, strict with the app and of ill will when it is told to be. */
export interface HostileSlack extends Omit<Workspace, 'show'> {
  readonly apiUrl: string;
  readonly people: People;
  called(method: string): readonly Args[];
  /** Nobody can reach it until the returned function is called. */
  goAway(): Promise<() => Promise<void>>;
  /** The app is taken out of the workspace. */
  uninstall(): void;
  revokeAppToken(): void;
  close(): Promise<void>;
}

export interface HostileOptions {
  readonly ackMs?: number;
  readonly resendMs?: readonly number[];
  readonly streamMs?: number;
  readonly statusMs?: number;
  readonly tiers?: boolean;
  /** Whether the app hears of its own messages, as it does in channels. */
  readonly echoes?: boolean;
}

/** Slack's own times, but for the waits before it sends again: a minute and five are too long here. */
const DEFAULTS = {
  ackMs: 3_000,
  resendMs: [3_000, 10_000, 30_000],
  streamMs: 300_000,
  statusMs: 120_000,
  tiers: false,
  echoes: true,
} as const;

export async function startHostileSlack(options: HostileOptions = {}): Promise<HostileSlack> {
  const settings = { ...DEFAULTS, ...options };
  const workspace = createWorkspace(settings);
  const { channels, sockets, signs, calls, tokens } = workspace;
  channels.onPost = (message) => {
    signs.replied(message.channel, message.threadTs);
    if (!settings.echoes) return;
    sockets.deliver(eventEnvelope({ type: 'message', ...fieldsOf(message) }, workspace));
  };
  const door = createDoor(workspace);
  workspace.url = await door.open();
  return {
    ...workspace,
    apiUrl: `${workspace.url}api/`,
    people: createPeople(workspace),
    called: (method) => calls.filter((call) => call.method === method).map(({ args }) => args),
    async goAway() {
      await door.shut();
      return async () => void (await door.open());
    },
    uninstall() {
      tokens.bot.refusal = 'account_inactive';
    },
    revokeAppToken() {
      tokens.app.refusal = 'invalid_auth';
      for (const socket of sockets.open) socket.cut();
    },
    async close() {
      sockets.close();
      await door.shut();
    },
  };
}

function createWorkspace(options: Required<HostileOptions>): Workspace {
  const now = () => performance.now();
  const channels = new Channels({ now, botUser: TEAM.bot, streamMs: options.streamMs });
  const signs = new Signs({ now, statusMs: options.statusMs });
  const views: unknown[] = [];
  return {
    team: TEAM,
    tokens: { bot: { token: TOKENS.bot }, app: { token: TOKENS.app } },
    url: '',
    now,
    calls: [],
    channels,
    signs,
    sockets: new Sockets({ now, ackMs: options.ackMs, resendMs: options.resendMs }),
    faults: new Faults(),
    limits: new Limits({ now, tiers: options.tiers }),
    journal: new Journal({ channels, signs }),
    ephemerals: [],
    files: [],
    homes: new Map(),
    views,
    triggers: new Map(),
    responses: new Map(),
    show(view) {
      views.push(view);
      return { id: `V${views.length}` };
    },
  };
}

/** The port: opened, shut with all its connections, and opened again under the same number. */
function createDoor(workspace: Workspace) {
  const connections = new Set<Socket>();
  let server: Server | undefined;
  let port = 0;
  return {
    async open(): Promise<string> {
      const opened = createWebServer(workspace);
      opened.on('connection', (connection) => {
        connections.add(connection);
        connection.once('close', () => connections.delete(connection));
      });
      await new Promise<void>((resolve) => opened.listen(port, '127.0.0.1', resolve));
      ({ port } = opened.address() as AddressInfo); // a server that listens has a port
      server = opened;
      return `http://127.0.0.1:${port}/`;
    },
    async shut(): Promise<void> {
      const closed = new Promise((resolve) => server?.close(resolve));
      for (const connection of connections) connection.destroy();
      await closed;
    },
  };
}

function createWebServer(workspace: Workspace): Server {
  const { sockets, journal } = workspace;
  const server = createServer((request, response) => {
    serve(request, response, workspace).catch((error: unknown) => {
      if (request.destroyed && !request.complete) return;
      journal.violations.push(`A call could not be read: ${String(error)}`);
      response.writeHead(500).end();
    });
  });
  server.on('upgrade', (request, stream) => {
    const socket = acceptSocket(request, stream, {
      onText: (text) => sockets.hear(text),
      onClose: () => sockets.closed(socket),
    });
    sockets.welcome(socket);
  });
  return server;
}

const PATIENCE_MS = 30_000;

/** Ends when the condition holds; throws when that takes too long. */
export async function eventually(
  isSo: () => boolean,
  what: string,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const end = performance.now() + patienceMs;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`Waited in vain for ${what}.`);
    await sleep(10);
  }
}
