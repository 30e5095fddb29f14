import { FootnoteError } from '../errors.ts';
import { DiscordError, isCode } from './discord-error.ts';

/** What to do about a call that a start needs, or that the token has lost. */
export function explain(error: unknown): unknown {
  if (!(error instanceof DiscordError)) return error;
  if (error.status === 401) return tokenRefused(error);
  if (!error.isUncertain) {
    return new FootnoteError(
      'config',
      `Discord answers, but not as it does to a bot that may go on (${error.message}) If DISCORD_API_URL is set, check that it leads to Discord; else try again later and look at discordstatus.com.`,
      { cause: error },
    );
  }
  return new FootnoteError(
    'network',
    `Discord cannot be reached (${error.message}) Check the network and try again.`,
    { cause: error },
  );
}

/** What to do where commands cannot be registered. */
export function explainRegister(error: unknown): unknown {
  if (isCode(error, 'tooManyCommands')) {
    return new FootnoteError(
      'network',
      'Discord takes no more new commands of this app today. Run npm run register again tomorrow.',
      { cause: error },
    );
  }
  if (!isCode(error, 'missingAccess', 'unknownServer')) return explain(error);
  return new FootnoteError(
    'config',
    'Discord does not let this app register commands in the server DISCORD_GUILD_ID: the id is not one of its servers, or it was invited without the scope applications.commands. Check the id, or invite it again (npm run doctor prints the address).',
    { cause: error },
  );
}

/** Discord does not know the token, or does not know it any more. */
export function tokenRefused(cause?: unknown): FootnoteError {
  return new FootnoteError(
    'config',
    'Discord does not accept DISCORD_TOKEN. Copy the token from the page "Bot" of your app at discord.com/developers/applications ("Reset Token" makes a new one), set it and start again.',
    { cause },
  );
}

/** Why the gateway does not let us in, by the code it closed with. */
// https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
export function explainClose(code: number): FootnoteError {
  switch (code) {
    case 4004:
      return tokenRefused();
    case 4013:
    case 4014:
      return intentRefused();
    default:
      return new FootnoteError(
        'network',
        `Discord has ended the connection for good (close code ${code}). Start again; if it stays so, look at discordstatus.com.`,
      );
  }
}

/** The library tells close codes of the first connection in words only. */
export function explainLogin(error: unknown): unknown {
  const words = error instanceof Error ? error.message : '';
  if (/disallowed intents/i.test(words)) return intentRefused();
  if (/invalid token|authentication failed/i.test(words)) return tokenRefused();
  const isLimit = /not enough sessions/i.test(words);
  return new FootnoteError(
    'network',
    isLimit
      ? 'Discord lets this bot log in no more today: it was started too often. Wait some hours and start again.'
      : 'Discord cannot be reached (the gateway did not let us in). Check the network and try again.',
    // Not the error itself: it may hold the request with the token.
    { facts: { reason: words.slice(0, 200) } },
  );
}

function intentRefused(): FootnoteError {
  return new FootnoteError(
    'config',
    'Discord does not let this bot read messages (DISCORD_MESSAGE_CONTENT=on). Switch on "Message Content Intent" on the page "Bot" of your app at discord.com/developers/applications, or set DISCORD_MESSAGE_CONTENT=off: it then answers commands, mentions, replies and direct messages.',
  );
}
