import { randomUUID } from 'node:crypto';
import type { ServerSocket } from './web-socket.ts';

/** What is sent to the app over a socket. */
export type EnvelopeType = 'events_api' | 'slash_commands' | 'interactive';

export interface Envelope {
  readonly type: EnvelopeType;
  readonly payload: object;
}

/** What became of an envelope. */
export interface Sent {
  readonly envelopeId: string;
  readonly type: EnvelopeType;
  readonly payload: object;
  /** When each copy was sent, in milliseconds. */
  readonly sentAt: number[];
  ackedAt?: number;
  /** What the app answered with its acknowledgement. */
  response?: Readonly<Record<string, unknown>>;
  /** Slack has given it up. */
  isLost?: boolean;
}

interface SocketsOptions {
  readonly now: () => number;
  /** How long an acknowledgement may take before the envelope is sent again. */
  readonly ackMs: number;
  /** The waits between one try and the next; an envelope is given up after the last. */
  readonly resendMs: readonly number[];
}

/** Socket Mode of one app: each envelope goes to one of its connections, until it is acknowledged. */
export class Sockets {
  readonly sent: Sent[] = [];
  readonly #open = new Set<ServerSocket>();
  readonly #byId = new Map<string, Sent>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #options: SocketsOptions;
  readonly #waitingForOne: (() => void)[] = [];
  #turn = 0;

  constructor(options: SocketsOptions) {
    this.#options = options;
  }

  get open(): readonly ServerSocket[] {
    return [...this.#open];
  }

  /** Called with a socket that has just been opened. */
  welcome(socket: ServerSocket): void {
    this.#open.add(socket);
    const debug_info = { host: 'hostile', approximate_connection_time: 3_600 };
    const connection_info = { app_id: 'A1' };
    const hello = { type: 'hello', num_connections: this.#open.size, connection_info, debug_info };
    socket.send(JSON.stringify(hello));
    for (const tell of this.#waitingForOne.splice(0)) tell();
  }

  closed(socket: ServerSocket): void {
    this.#open.delete(socket);
  }

  hear(text: string): void {
    const { envelope_id = '', payload = {} } = JSON.parse(text);
    const sent = this.#byId.get(envelope_id);
    if (sent === undefined || sent.ackedAt !== undefined) return;
    sent.ackedAt = this.#options.now();
    sent.response = payload;
  }

  /** Sends it until it is acknowledged or given up, as Slack does. */
  deliver({ type, payload }: Envelope): Sent {
    const sent: Sent = { envelopeId: randomUUID(), type, payload, sentAt: [] };
    this.sent.push(sent);
    this.#byId.set(sent.envelopeId, sent);
    this.#send(sent, 0);
    return sent;
  }

  /** Slack wants a connection renewed: it says so and closes when the client has hung up. */
  refresh(reason: 'warning' | 'refresh_requested' | 'link_disabled' = 'refresh_requested'): void {
    const [socket] = this.#open;
    if (socket === undefined) throw new Error('There is no connection to refresh.');
    // It hears no more events: they go to the others.
    this.#open.delete(socket);
    socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'hostile' } }));
  }

  /** Ends when so many connections are open. */
  async connected(count: number): Promise<void> {
    while (this.#open.size < count) {
      await new Promise<void>((resolve) => this.#waitingForOne.push(resolve));
    }
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    for (const socket of this.#open) socket.cut();
  }

  #send(sent: Sent, attempt: number): void {
    const sockets = [...this.#open];
    this.#turn += 1;
    const socket = sockets[this.#turn % Math.max(1, sockets.length)];
    // Without a connection the try is spent all the same.
    sent.sentAt.push(this.#options.now());
    const { envelopeId: envelope_id, type, payload } = sent;
    const retry = attempt === 0 ? {} : { retry_attempt: attempt, retry_reason: 'timeout' };
    const accepts_response_payload = type !== 'events_api';
    const envelope = { envelope_id, type, payload, accepts_response_payload, ...retry };
    socket?.send(JSON.stringify(envelope));
    this.#later(this.#options.ackMs, () => this.#resend(sent, attempt));
  }

  #resend(sent: Sent, attempt: number): void {
    if (sent.ackedAt !== undefined) return;
    const wait = this.#options.resendMs[attempt];
    // Slack sends commands and what people press once: a person would do it again.
    if (wait === undefined || sent.type !== 'events_api') {
      sent.isLost = true;
      return;
    }
    this.#later(wait, () => {
      if (sent.ackedAt === undefined) this.#send(sent, attempt + 1);
    });
  }

  #later(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work();
    }, ms);
    this.#timers.add(timer);
  }
}
