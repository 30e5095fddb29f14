import type { Bot } from '../../src/bot/bot.ts';
import type { DigestReaction } from '../../src/digest/digest-replies.ts';
import type { DigestPlace } from '../../src/digest/subscription.ts';
import { makeItem, makeSubscription } from '../digest/made-up-digests.ts';
import { makeRoom } from './fake-bot.ts';

const URL = 'https://hooks.slack.com/actions/1';
export const item = makeItem('One');
export const watched = { kind: 'question', question: 'How many agents plan?' } as const;

/** A room where digests listen, the paper of one message is known and two digests are set up. */
export function makeDigestRoom() {
  const room = makeRoom();
  const reactions: { place: DigestPlace; reaction: DigestReaction; by: string }[] = [];
  const digests: Bot['digests'] = {
    itemOf: async (_, messageId) => (messageId === '1.1' ? item : undefined),
    async react({ platform, workspaceId, channelId }, reaction, { id }) {
      reactions.push({ place: { platform, workspaceId, channelId }, reaction, by: id });
      return 'Noted: less like this here.';
    },
  };
  const subscriptions = [makeSubscription(), makeSubscription({ id: 'T1-V2', wish: watched })];
  room.bot.resultFor('digest', { kind: 'digests', text: '1. a\n2. b', subscriptions });
  const settings = { kind: 'refused', text: 'no' } as const;
  room.bot.resultFor('settings', settings);
  const parts = { ...room.parts, bot: Object.assign(room.bot, { digests }) };
  return { ...room, parts, reactions };
}

/** What Slack sends when somebody presses a button. */
export function press(action_id: string, value: string, channel = 'C1') {
  return {
    user: { id: 'U1' },
    ...(channel !== '' && { channel: { id: channel } }),
    message: { ts: '1.1' },
    trigger_id: 't1',
    response_url: URL,
    actions: [{ action_id, value }],
  };
}
