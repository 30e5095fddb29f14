import { z } from 'zod';
import { optional } from './optional.ts';

/** A Discord app with its bot. */
export interface DiscordChoice {
  readonly token: string;
  /** Whether messages that are not put to the bot may be read; the app's page must allow it. */
  readonly messageContent: boolean;
  /** Where commands are registered at once, and only there. */
  readonly guildId?: string;
  /** Of another Discord than the usual one. */
  readonly apiUrl?: string;
}

/** As the environment has them, in the order of `.env.example`. */
export const DISCORD_SETTINGS = {
  DISCORD_TOKEN: optional(
    z
      .string()
      .regex(
        /^[\w-]+\.[\w-]+\.[\w-]+$/,
        'must be the bot token, three parts with dots between (not the client secret)',
      ),
  ),
  DISCORD_MESSAGE_CONTENT: optional(z.enum(['on', 'off'], 'must be on or off')),
  DISCORD_GUILD_ID: optional(
    z.string().regex(/^\d{17,20}$/, 'must be the id of a server, such as 123456789012345678'),
  ),
  DISCORD_API_URL: optional(
    z.url({
      protocol: /^https?$/,
      error: 'must be a URL with http or https, such as http://127.0.0.1:8080/api',
    }),
  ),
};

const Settings = z.object(DISCORD_SETTINGS);

/** The choice, where the token is given. */
export function discordChoice(settings: z.infer<typeof Settings>): {
  readonly discord?: DiscordChoice;
} {
  const { DISCORD_TOKEN: token, DISCORD_GUILD_ID: guildId, DISCORD_API_URL: apiUrl } = settings;
  if (token === undefined) return {};
  return {
    discord: {
      token,
      messageContent: settings.DISCORD_MESSAGE_CONTENT === 'on',
      ...(guildId !== undefined && { guildId }),
      ...(apiUrl !== undefined && { apiUrl }),
    },
  };
}
