import { z } from 'zod';
import type { CommandRequest } from '../bot/commands/command.ts';
import type { SlackApi } from './slack-api.ts';

const UserInfo = z.object({
  user: z.object({
    is_admin: z.boolean().optional(),
    is_owner: z.boolean().optional(),
    is_restricted: z.boolean().optional(),
  }),
});

/** Whether Slack says now that this person manages the workspace; false where it does not say. */
export async function isAdmin(userId: string, api: SlackApi): Promise<boolean> {
  try {
    const { user } = UserInfo.parse(await api.call('users.info', { user: userId }));
    return (user.is_admin ?? false) || (user.is_owner ?? false);
  } catch {
    // Whoever cannot be looked up may ask, and change nothing.
    return false;
  }
}

/** Who does something where; only this person sees what comes of it. */
export interface Person {
  readonly teamId: string;
  readonly userId: string;
  /** Empty on the Home tab. */
  readonly channelId: string;
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
