import { type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { DiscordChoice } from '../config/discord.ts';
import { FootnoteError } from '../errors.ts';
import { toDiscordError } from './discord-error.ts';
import { explain, explainRegister } from './explain.ts';
import { missingOf, permissionBits } from './permissions.ts';
import { areRegistered } from './register.ts';

/** One thing that was looked at, and what to do where it is wrong. */
export interface Finding {
  readonly isGood: boolean;
  readonly text: string;
}

/** Flags of an app: its page "Bot" allows it to read messages, for few servers or for many. */
const MAY_READ_MESSAGES = (1 << 18) | (1 << 19);

const App = z.object({
  id: z.string(),
  name: z.string(),
  flags: z.number().default(0),
});
const Gateway = z.object({ session_start_limit: z.object({ remaining: z.number() }) });

const Servers = z.array(z.object({ name: z.string(), permissions: z.string().regex(/^\d+$/) }));
/** So many are asked for at once; who is in more has somebody to ask. */
const MOST_SERVERS = 200;
const MOST_LACKING = 10;

/** Tries the token, the intents, the commands, the gateway and the rights in servers. Never throws: what fails is told. */
export async function diagnose(
  { messageContent, guildId }: DiscordChoice,
  rest: REST,
): Promise<readonly Finding[]> {
  const app = await asking(() => rest.get(Routes.currentApplication()).then(App.parse));
  if (!('value' in app)) return [app];
  const { id, name, flags } = app.value;
  const options = guildId === undefined ? {} : { guildId };
  const query = new URLSearchParams({ limit: String(MOST_SERVERS) });
  const [registered, gateway, servers] = await Promise.all([
    asking(() => areRegistered(rest, options)),
    asking(() => rest.get(Routes.gatewayBot()).then(Gateway.parse)),
    asking(() => rest.get(Routes.userGuilds(), { query }).then(Servers.parse)),
  ]);
  return [
    good(`DISCORD_TOKEN is good: the bot of the app ${name}.`),
    checkIntent(messageContent, (flags & MAY_READ_MESSAGES) !== 0),
    'value' in registered ? checkCommands(registered.value) : registered,
    'value' in gateway ? checkGateway(gateway.value.session_start_limit.remaining) : gateway,
    ...('value' in servers ? checkServers(servers.value) : [servers]),
    good(`Whoever manages a server can bring it there by ${invitation(id)}`),
  ];
}

function checkIntent(isWanted: boolean, isAllowed: boolean): Finding {
  if (!isWanted) {
    return good('It reads what is put to it: commands, mentions, replies and direct messages.');
  }
  return isAllowed
    ? good('It may read messages that are not put to it.')
    : bad(
        'DISCORD_MESSAGE_CONTENT=on needs "Message Content Intent": switch it on at discord.com/developers/applications, page "Bot".',
      );
}

function checkCommands(isRegistered: boolean): Finding {
  return isRegistered
    ? good('The commands are registered.')
    : bad('The commands are not registered as they are now: run npm run register.');
}

function checkGateway(remaining: number): Finding {
  return remaining > 0
    ? good(`The gateway is there; it lets this bot log in ${remaining} more times today.`)
    : bad('The gateway lets this bot log in no more today: it was started too often. Wait.');
}

/** Channels may take away what a server gives: that is told where somebody asks in one. */
function checkServers(servers: z.infer<typeof Servers>): readonly Finding[] {
  if (servers.length === 0) return [good('It is in no server yet; the next line brings it there.')];
  const lacking = servers
    .map(({ name, permissions }) => ({ name, missing: missingOf(permissions) }))
    .filter(({ missing }) => missing.length > 0);
  if (lacking.length === 0) return [good(`It may do what it needs in ${counted(servers.length)}.`)];
  const told = lacking
    .slice(0, MOST_LACKING)
    .map(({ name, missing }) =>
      bad(
        `In the server ${name} it lacks: ${missing.join(', ')}. Give them to its role there, or invite it again.`,
      ),
    );
  const rest = lacking.length - told.length;
  return rest > 0 ? [...told, bad(`In ${counted(rest)} more it lacks something, too.`)] : told;
}

function counted(servers: number): string {
  return servers === 1 ? 'one server' : `${servers} servers`;
}

function invitation(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: 'bot applications.commands',
    permissions: String(permissionBits()),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}

async function asking<T>(ask: () => Promise<T>): Promise<{ readonly value: T } | Finding> {
  try {
    return { value: await ask() };
  } catch (error) {
    const failed = toDiscordError('diagnose', error);
    const explained = failed.code === undefined ? explain(failed) : explainRegister(failed);
    return bad(explained instanceof FootnoteError ? explained.message : failed.message);
  }
}

function good(text: string): Finding {
  return { isGood: true, text };
}

function bad(text: string): Finding {
  return { isGood: false, text };
}
