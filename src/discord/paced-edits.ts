import type { Log } from '../log.ts';
import { isCode } from './discord-error.ts';
import type { Outgoing } from './outgoing.ts';

/** Discord lets about five edits pass in five seconds; one at a time, and the latest text wins. */
export const EDIT_MS = 1_200;

interface PacedEditsParts {
  /** Shows a text in place of the one before. */
  readonly edit: (message: Outgoing) => Promise<void>;
  readonly log: Pick<Log, 'warn'>;
  /** Milliseconds that only grow. */
  readonly now: () => number;
}

/** Texts that are shown one after the other, as fast as they may be. */
export interface PacedEdits {
  /**
   * Shown as soon as it may be, unless a later text comes first. Ends when it or a later one was
   * shown or given up; never throws.
   */
  show(message: Outgoing): Promise<void>;
  /** Whether it is too early for a first text: an answer that comes at once needs none. */
  readonly isEarly: boolean;
  /** Shows no more, and ends when no edit is under way. */
  stop(): Promise<void>;
}

/** Where Discord says that the message is gone, no more is shown. */
export function createPacedEdits(parts: PacedEditsParts): PacedEdits {
  return new Paced(parts);
}

class Paced implements PacedEdits {
  readonly #parts: PacedEditsParts;
  readonly #startedAt: number;
  #editedAt: number;
  #next: Outgoing | undefined;
  #shown = Promise.withResolvers<void>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #isOver = false;

  constructor(parts: PacedEditsParts) {
    this.#parts = parts;
    this.#startedAt = parts.now();
    this.#editedAt = this.#startedAt;
  }

  get isEarly(): boolean {
    return this.#parts.now() - this.#startedAt < EDIT_MS;
  }

  show(message: Outgoing): Promise<void> {
    if (this.#isOver) return Promise.resolve();
    this.#next = message;
    const { promise } = this.#shown;
    this.#plan();
    return promise;
  }

  async stop(): Promise<void> {
    this.#end();
    await this.#running;
  }

  #plan(): void {
    if (this.#isOver || this.#next === undefined || this.#running !== undefined) return;
    clearTimeout(this.#timer);
    const wait = this.#editedAt + EDIT_MS - this.#parts.now();
    if (wait <= 0) this.#running = this.#edit(this.#next);
    else this.#timer = setTimeout(() => this.#plan(), wait);
  }

  async #edit(message: Outgoing): Promise<void> {
    const shown = this.#shown;
    this.#shown = Promise.withResolvers<void>();
    this.#next = undefined;
    this.#editedAt = this.#parts.now();
    try {
      await this.#parts.edit(message);
    } catch (error) {
      this.#parts.log.warn('discord.step-not-shown', { err: error });
      if (isCode(error, ...GONE)) this.#end();
    }
    shown.resolve();
    this.#running = undefined;
    this.#plan();
  }

  #end(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#shown.resolve();
  }
}

const GONE = [
  'unknownMessage',
  'unknownChannel',
  'unknownWebhook',
  'unknownInteraction',
  'tokenExpired',
  'missingAccess',
  'missingPermissions',
] as const;
