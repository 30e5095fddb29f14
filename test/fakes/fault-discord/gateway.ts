import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GatewaySession } from './gateway-session.ts';
import { INTENT, type Json } from './model.ts';
import { acceptWebSocket, type ServerSocket } from './web-socket.ts';
import { guildJson, userJson } from './wire.ts';
import type { World } from './world.ts';

const OP = {
  heartbeat: 1,
  identify: 2,
  resume: 6,
  reconnect: 7,
  invalidSession: 9,
  hello: 10,
  heartbeatAck: 11,
} as const;
const PRIVILEGED = INTENT.members | INTENT.presences | INTENT.messageContent;
const HEARTBEAT_MS = 41_250;

interface Frame {
  readonly op: number;
  readonly d: unknown;
}

/** What a client says when it logs in or comes back. */
interface Credentials {
  readonly token?: string;
  readonly intents?: number;
  readonly session_id?: string;
  readonly seq?: number;
}

export interface GatewayOptions {
  readonly world: World;
  readonly url: () => string;
  /** Whether message content is switched on for the app. */
  readonly hasContentIntent: boolean;
}

/** An event on its way to every client that asked for its kind. */
export interface GatewayEvent {
  readonly event: string;
  readonly intent: number;
  readonly data: Json;
  /** What a client without the intent for content gets instead. */
  readonly stripped?: Json;
}

/** The gateway: logins, heartbeats, events, resumed sessions, and every way to lose a connection. */
export class Gateway {
  readonly counts = { identified: 0, resumed: 0, heartbeats: 0, dispatched: 0 };
  /** How often each event goes out. */
  copies = 1;
  /** Whether heartbeats are answered; a client that waits in vain takes the connection for dead. */
  isDeaf = false;
  /** How often a client is told to send one. */
  heartbeatMs = HEARTBEAT_MS;
  readonly #options: GatewayOptions;
  readonly #sessions = new Map<string, GatewaySession>();
  readonly #sockets = new Set<ServerSocket>();

  constructor(options: GatewayOptions) {
    this.#options = options;
  }

  get hasContentIntent(): boolean {
    return this.#options.hasContentIntent;
  }

  /** Clients that are logged in now. */
  get connected(): number {
    return this.#live().length;
  }

  accept(request: IncomingMessage, stream: Duplex): void {
    acceptWebSocket(request, stream, (socket) => {
      this.#sockets.add(socket);
      send(socket, OP.hello, { heartbeat_interval: this.heartbeatMs });
      return {
        onText: (text) => this.#read(socket, JSON.parse(text) as Frame), // a fake trusts its client
        onClose: (code) => this.#closed(socket, code),
      };
    });
  }

  /** Sends an event; to how many clients that is. */
  dispatch({ event, intent, data, stripped = data }: GatewayEvent): number {
    let reached = 0;
    for (const session of this.#sessions.values()) {
      if (!session.wants(intent)) continue;
      const body = session.wants(INTENT.messageContent) ? data : stripped;
      for (let copy = 1; copy < this.copies; copy += 1) session.dispatch(event, body);
      if (session.dispatch(event, body)) reached += 1;
    }
    this.counts.dispatched += reached;
    return reached;
  }

  /** Bids all clients to connect again. */
  askToReconnect(): void {
    for (const { socket } of this.#live()) if (socket) send(socket, OP.reconnect, null);
  }

  /** Tells all clients that their session is at an end. */
  invalidate(isResumable: boolean): void {
    for (const session of this.#live()) {
      session.isResumable = isResumable;
      if (session.socket) send(session.socket, OP.invalidSession, isResumable);
    }
  }

  closeAll(code: number, reason?: string): void {
    for (const { socket } of this.#live()) socket?.close(code, reason);
  }

  /** Cuts every connection, without a word. */
  killAll(): void {
    for (const socket of this.#sockets) socket.kill();
  }

  #live(): readonly GatewaySession[] {
    return [...this.#sessions.values()].filter(({ isConnected }) => isConnected);
  }

  #read(socket: ServerSocket, { op, d }: Frame): void {
    if (op === OP.heartbeat) {
      this.counts.heartbeats += 1;
      if (!this.isDeaf) send(socket, OP.heartbeatAck, null);
    }
    const said = d as Credentials; // as above
    if (op === OP.identify) this.#identify(socket, said);
    if (op === OP.resume) this.#resume(socket, said);
  }

  #identify(socket: ServerSocket, { token, intents = 0 }: Credentials): void {
    const { world, hasContentIntent, url } = this.#options;
    const allowed = hasContentIntent ? INTENT.messageContent : 0;
    const isAllowed = (intents & PRIVILEGED & ~allowed) === 0;
    if (token !== world.token || !isAllowed) {
      const [code, why] = isAllowed
        ? [4004, 'Authentication failed.']
        : [4014, 'Disallowed intents.'];
      socket.close(code, why);
      return;
    }
    this.counts.identified += 1;
    const session = new GatewaySession(intents, socket);
    this.#sessions.set(session.id, session);
    const guilds = [...world.guilds.values()].filter(({ hasBot }) => hasBot);
    session.dispatch('READY', {
      ...{ v: 10, user: userJson(world.bot), application: { id: world.appId, flags: 0 } },
      ...{ session_id: session.id, resume_gateway_url: url(), shard: [0, 1] },
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
    });
    if (!session.wants(INTENT.guilds)) return;
    for (const guild of guilds) session.dispatch('GUILD_CREATE', guildJson(guild, world));
  }

  #resume(socket: ServerSocket, { token, session_id = '', seq = 0 }: Credentials): void {
    const session = this.#sessions.get(session_id);
    const isOurs = token === this.#options.world.token;
    if (!isOurs || session?.isResumable !== true) {
      if (isOurs) send(socket, OP.invalidSession, false);
      else socket.close(4004, 'Authentication failed.');
      return;
    }
    this.counts.resumed += 1;
    session.resume(socket, seq);
  }

  /** A client that says goodbye does not come back to its session. */
  #closed(socket: ServerSocket, code: number): void {
    this.#sockets.delete(socket);
    if (code !== 1000 && code !== 1001) return;
    for (const [id, session] of this.#sessions) {
      if (session.socket === socket) this.#sessions.delete(id);
    }
  }
}

function send(socket: ServerSocket, op: number, d: unknown): void {
  socket.send(JSON.stringify({ op, d }));
}
