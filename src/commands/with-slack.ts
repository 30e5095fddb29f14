import { randomUUID } from 'node:crypto';
import type { ChatRoom } from '../bot/chat-room.ts';
import type { SlackChoice } from '../config/slack.ts';
import type { Log } from '../log.ts';
import { ChannelPace } from '../slack/channel-pace.ts';
import { identify } from '../slack/identify.ts';
import { createPacedApi } from '../slack/paced-api.ts';
import { createReplyDoor } from '../slack/reply-door.ts';
import { createSlackApi } from '../slack/slack-api.ts';
import { connectSlack } from '../slack/slack-app.ts';

/** Each takes any event; two, so that one listens while Slack renews the other. */
const CONNECTIONS = 2;

/** Opens the workspace of the token. Throws FootnoteError `config` or `network`. */
export async function openSlack(slack: SlackChoice, log: Log): Promise<ChatRoom> {
  const { botToken: token, apiUrl } = slack;
  const now = () => performance.now();
  const pace = new ChannelPace({ now });
  const api = createPacedApi(
    createSlackApi({ token, ...(apiUrl !== undefined && { apiUrl }) }),
    pace,
  );
  const { team, ...self } = await identify(api);
  return {
    platform: 'slack',
    name: `Slack, in the workspace ${team}`,
    door: createReplyDoor({ api, self, log, now, pace }),
    connect(bot) {
      const options = { ...slack, connections: CONNECTIONS };
      return connectSlack(options, { bot, api, self, log, newId: randomUUID });
    },
  };
}
