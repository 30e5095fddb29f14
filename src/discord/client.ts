import { Client, GatewayIntentBits, Options, Partials, REST } from 'discord.js';
import type { DiscordChoice } from '../config/discord.ts';
import type { Log } from '../log.ts';

/** How long one call may take. */
const TIMEOUT_MS = 10_000;
/** Ten thousand refused requests in ten minutes shut a bot out; it is warned long before. */
const WARN_EVERY = 500;
/** Only to see whom a reply answers: what is not there is asked for. */
const MESSAGES_KEPT = 50;

type Access = Pick<DiscordChoice, 'token' | 'apiUrl'>;

/** The HTTP API with a token. It tries nothing twice by itself: a post could then stand twice. */
export function createRest({ token, apiUrl }: Access, log: Pick<Log, 'warn'>): REST {
  const rest = new REST(restOptions(apiUrl)).setToken(token);
  rest.on('invalidRequestWarning', ({ count, remainingTime }) =>
    log.warn('discord.requests-refused', { count, remainingTime }),
  );
  return rest;
}

/** A client that listens; it sends nothing, and its own HTTP is for the gateway's address. */
export function createClient({ messageContent, apiUrl }: DiscordChoice): Client {
  return new Client({
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.DirectMessages,
      ...(messageContent ? [GatewayIntentBits.MessageContent] : []),
    ],
    // Without it direct messages to a bot that was just started are dropped.
    partials: [Partials.Channel],
    allowedMentions: { parse: [], repliedUser: false },
    enforceNonce: true,
    shards: 'auto',
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: MESSAGES_KEPT,
      ReactionManager: 0,
    }),
    rest: restOptions(apiUrl),
  });
}

/** Tells when Discord refuses the token itself; an interaction's own token runs out like any other. */
export function onTokenRefused(rest: REST, tell: () => void): void {
  rest.on('response', ({ path }, { status }) => {
    if (status === 401 && !/^\/(?:webhooks|interactions)\//.test(path)) tell();
  });
}

function restOptions(apiUrl: string | undefined) {
  return {
    version: '10',
    timeout: TIMEOUT_MS,
    retries: 0,
    invalidRequestWarningInterval: WARN_EVERY,
    ...(apiUrl !== undefined && { api: apiUrl.replace(/\/+$/, '') }),
  };
}
