import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { ZodError } from 'zod';

/** What Discord said, or what kept us from asking. Carries neither the request nor a token. */
export class DiscordError extends Error {
  /** What was tried, in a word of ours. */
  readonly what: string;
  /** Discord's own number for it, where it gave one. */
  readonly code?: number;
  /** Of the HTTP reply; none where there was none. */
  readonly status?: number;

  constructor({ what, code, status, reason }: DiscordFailure) {
    super(`Discord did not do ${what}: ${reason}.`);
    this.name = 'DiscordError';
    this.what = what;
    if (code !== undefined) this.code = code;
    if (status !== undefined) this.status = status;
  }

  /** Nobody knows whether it was done: the reply did not come, or Discord stumbled. */
  get isUncertain(): boolean {
    return this.status === undefined || this.status >= 500;
  }
}

interface DiscordFailure {
  readonly what: string;
  readonly code?: number;
  readonly status?: number;
  readonly reason: string;
}

// https://docs.discord.com/developers/topics/opcodes-and-status-codes#json-error-codes
export const CODES = {
  unknownChannel: 10_003,
  unknownServer: 10_004,
  unknownMessage: 10_008,
  unknownWebhook: 10_015,
  unknownInteraction: 10_062,
  alreadyAcknowledged: 40_060,
  tooManyCommands: 30_034,
  missingAccess: 50_001,
  cannotDirect: 50_007,
  missingPermissions: 50_013,
  tokenExpired: 50_027,
  invalidForm: 50_035,
  cannotDirectYet: 50_278,
  cannotReply: 160_002,
  threadExists: 160_004,
  threadLocked: 160_005,
  blocked: 200_000,
} as const;

/** The library's errors print the whole request with the token in its address: only facts are kept. */
export function toDiscordError(what: string, error: unknown): DiscordError {
  if (error instanceof DiscordError) return error;
  if (error instanceof DiscordAPIError) {
    const { status } = error;
    // Numbers are Discord's; words come from its sign-in pages.
    const code = typeof error.code === 'number' ? error.code : 0;
    return new DiscordError({ what, status, code, reason: `code ${code}, http ${status}` });
  }
  if (error instanceof HTTPError) {
    return new DiscordError({ what, status: error.status, reason: `http ${error.status}` });
  }
  if (error instanceof RateLimitError) {
    return new DiscordError({ what, status: 429, reason: 'asked too often' });
  }
  // Whatever answered, it did, but not as Discord does.
  if (error instanceof ZodError) {
    return new DiscordError({ what, status: 200, reason: 'the reply is not one of Discord' });
  }
  // Once Discord has refused the token, the library has none.
  if (error instanceof Error && /^Expected token/.test(error.message)) {
    return new DiscordError({ what, status: 401, reason: 'the token was refused' });
  }
  return new DiscordError({ what, reason: 'unreachable' });
}

/** Whether Discord said so, with one of these numbers. */
export function isCode(error: unknown, ...names: readonly (keyof typeof CODES)[]): boolean {
  return error instanceof DiscordError && names.some((name) => CODES[name] === error.code);
}
