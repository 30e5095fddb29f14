import { randomUUID } from 'node:crypto';
import type { ChatRoom } from '../bot/chat-room.ts';
import type { SlackChoice } from '../config/slack.ts';
import type { Log } from '../log.ts';
import { identify } from '../slack/identify.ts';
import { createReplyDoor } from '../slack/reply-door.ts';
import { createSlackApi } from '../slack/slack-api.ts';
import { connectSlack } from '../slack/slack-app.ts';

/** Each takes any event; two, so that one listens while Slack renews the other. */
const CONNECTIONS = 2;

/** Opens the workspace of the token. Throws FootnoteError `config` or `network`. */
export async function openSlack(slack: SlackChoice, log: Log): Promise<ChatRoom> {
  const { botToken: token, apiUrl } = slack;
  const api = createSlackApi({ token, ...(apiUrl !== undefined && { apiUrl }) });
  const { team, ...self } = await identify(api);
  const shared = { isOff: false, open: 0 };
  return {
    platform: 'slack',
    name: `Slack, in the workspace ${team}`,
    door: createReplyDoor({ api, self, log, shared, now: () => performance.now() }),
    connect(bot) {
      const options = { ...slack, connections: CONNECTIONS };
      const parts = { bot, api, self, log, newId: randomUUID, streams: shared };
      return connectSlack(options, parts);
    },
  };
}
