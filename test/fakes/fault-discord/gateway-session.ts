import { randomBytes } from 'node:crypto';
import type { Json } from './model.ts';
import type { ServerSocket } from './web-socket.ts';

const DISPATCH = 0;
/** As much as one session keeps for a client that comes back. */
const MOST_KEPT = 2_000;

/** One logged-in client: it outlives its socket, so that what was missed can be replayed. */
export class GatewaySession {
  readonly id = randomBytes(16).toString('hex');
  readonly intents: number;
  isResumable = true;
  #socket: ServerSocket | undefined;
  #sequence = 0;
  readonly #sent: { readonly s: number; readonly text: string }[] = [];

  constructor(intents: number, socket: ServerSocket) {
    this.intents = intents;
    this.#socket = socket;
  }

  get isConnected(): boolean {
    return this.#socket?.isOpen === true;
  }

  get socket(): ServerSocket | undefined {
    return this.#socket;
  }

  wants(intent: number): boolean {
    return intent === 0 || (this.intents & intent) !== 0;
  }

  /** Sends an event, or keeps it for when the client resumes; whether it went out. */
  dispatch(event: string, data: Json): boolean {
    this.#sequence += 1;
    const text = JSON.stringify({ op: DISPATCH, t: event, s: this.#sequence, d: data });
    this.#sent.push({ s: this.#sequence, text });
    if (this.#sent.length > MOST_KEPT) this.#sent.shift();
    const { isConnected } = this;
    this.#socket?.send(text);
    return isConnected;
  }

  /** Goes on over a new socket, from the first event that the client has not seen. */
  resume(socket: ServerSocket, seen: number): void {
    this.#socket?.kill();
    this.#socket = socket;
    for (const { s, text } of this.#sent) if (s > seen) socket.send(text);
    this.dispatch('RESUMED', {});
  }
}
