import type { Log } from '../log.ts';
import { identify } from './identify.ts';
import type { Workspaces } from './room.ts';
import type { SlackApi } from './slack-api.ts';

/** The workspace of a bot token, whatever workspace is asked for. Throws like `identify`. */
export async function openOneWorkspace(
  api: SlackApi,
  log: Log,
): Promise<{ readonly name: string; readonly workspaces: Workspaces }> {
  const { team, ...self } = await identify(api);
  const gone = async () => {
    log.warn('slack.token-gone', {
      hint: 'Install the app again and put its new bot token into SLACK_BOT_TOKEN.',
    });
  };
  return {
    name: team,
    workspaces: { find: async () => ({ self, api }), uninstalled: gone, revoked: gone },
  };
}
