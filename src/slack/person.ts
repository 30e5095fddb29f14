import { z } from 'zod';
import { cleanLine, clip } from '../answer/show/clean-text.ts';
import type { CommandRequest } from '../bot/commands/command.ts';
import { isTimeZone } from '../digest/time-zone.ts';
import { directChannelOf } from './direct-channel.ts';
import type { SlackApi } from './slack-api.ts';

const UserInfo = z.object({
  user: z.object({
    is_admin: z.boolean().optional(),
    is_owner: z.boolean().optional(),
    is_restricted: z.boolean().optional(),
    is_stranger: z.boolean().optional(),
    team_id: z.string().optional(),
    enterprise_user: z.object({ teams: z.array(z.string()).optional() }).optional(),
    tz: z.string().optional(),
    name: z.string().optional(),
    real_name: z.string().optional(),
    profile: z.object({ display_name: z.string().optional() }).optional(),
  }),
});
type User = z.infer<typeof UserInfo>['user'];

/** Who does something where; only this person sees what comes of it. */
export interface Person {
  readonly teamId: string;
  readonly userId: string;
  /** Empty on the Home tab. */
  readonly channelId: string;
}

/** Whether Slack says now that this person manages the workspace; false where it does not say. */
export async function isAdmin(
  { userId, teamId }: Omit<Person, 'channelId'>,
  api: SlackApi,
): Promise<boolean> {
  // Whoever cannot be looked up may ask, and change nothing.
  const user = await lookUp(userId, api);
  if (user === undefined || user.is_stranger || user.is_restricted) return false;
  return isOfTeam(user, teamId) && ((user.is_admin ?? false) || (user.is_owner ?? false));
}

/**
 * Whether this person may change what is posted in a channel: who manages the workspace may, and
 * everybody in their own conversation with the bot.
 */
export async function mayManage(person: Person, api: SlackApi): Promise<boolean> {
  if (!person.channelId.startsWith('D')) return isAdmin(person, api);
  try {
    return (await directChannelOf(person.userId, api)) === person.channelId;
  } catch {
    return false;
  }
}

/** The time zone that this person has chosen in Slack; undefined where Slack does not say. */
export async function timeZoneOf(userId: string, api: SlackApi): Promise<string | undefined> {
  const zone = (await lookUp(userId, api))?.tz;
  return zone !== undefined && isTimeZone(zone) ? zone : undefined;
}

const LONGEST_NAME = 80;

/** What a person is called, in words that mention nobody; undefined where Slack does not say. */
export async function nameOf(userId: string, api: SlackApi): Promise<string | undefined> {
  const user = await lookUp(userId, api);
  const names = [user?.profile?.display_name, user?.real_name, user?.name];
  return names.map((name) => clip(cleanLine(name ?? ''), LONGEST_NAME)).find(Boolean);
}

async function lookUp(userId: string, api: SlackApi): Promise<User | undefined> {
  try {
    return UserInfo.parse(await api.call('users.info', { user: userId })).user;
  } catch {
    return undefined;
  }
}

/** In channels shared between companies, the admins of the other one are no admins here. */
function isOfTeam({ team_id, enterprise_user }: User, teamId: string): boolean {
  return (
    team_id === undefined || team_id === teamId || (enterprise_user?.teams ?? []).includes(teamId)
  );
}

/** What the bot needs to know besides the command. */
export function requestOf(
  { teamId, userId, channelId }: Person,
  isAdmin = false,
): Omit<CommandRequest, 'command'> {
  return {
    platform: 'slack',
    workspaceId: teamId,
    channelId,
    author: { id: userId },
    isAdmin,
    isPrivate: true,
  };
}
