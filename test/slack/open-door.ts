import type { IncomingMessage } from '../../src/bot/message.ts';
import type { Delivery, Final, Reply } from '../../src/bot/reply.ts';
import { createReplyDoor } from '../../src/slack/reply-door.ts';
import { createSharedStreams } from '../../src/slack/shared-streams.ts';
import { makeMessage } from '../bot/make-message.ts';
import { makeTurn } from '../store/make-turn.ts';
import { FakeSlackApi } from './fake-slack-api.ts';

export const signal = new AbortController().signal;
export const first: Delivery = { isRepeat: false, signal };
export const again: Delivery = { isRepeat: true, signal };
export const turn = makeTurn({ answerId: 'a1' });
export const modelTurn = {
  ...turn,
  answer: { ...turn.answer, trace: { ...turn.answer.trace, mode: 'model' } },
};
export const answer = { kind: 'answer', turn: modelTurn } satisfies Final;
const [sentence] = turn.answer.sentences;
export const grown = {
  sentence: sentence ?? { text: '', citations: [] },
  citations: turn.answer.citations,
};
export const BODY = 'It costs 0.3 points.\u00a0[[1](https://arxiv.org/abs/2401.00001)]';

/** A door onto a Slack in memory, with a clock that the test moves. */
export function openDoor({ api = new FakeSlackApi() } = {}) {
  const clock = { now: 0 };
  const logged: string[] = [];
  const write = (event: string) => void logged.push(event);
  const log = Object.assign(write, { debug: write, warn: write });
  const shared = createSharedStreams();
  const door = createReplyDoor({
    workspaces: {
      find: async () => ({ api, self: { teamId: 'T1', botUserId: 'UBOT', botId: 'BBOT' } }),
    },
    log,
    now: () => clock.now,
    streamsIn: () => shared,
  });
  const notes: string[] = [];
  const open = (fields: Partial<IncomingMessage> = {}, more: object = {}): Reply =>
    door.open({
      deliveryKey: 'key-1',
      message: makeMessage({ messageId: '10.1', threadId: '10.1', ...fields }),
      isPrivate: false,
      place: async (note) => void notes.push(note),
      ...more,
    });
  return { api, clock, logged, notes, open };
}

/** The same answer, saying its sentence so many times. */
export function longer(from: typeof modelTurn, times: number): typeof modelTurn {
  const sentences = Array.from({ length: times }, () => grown.sentence);
  return { ...from, answer: { ...from.answer, sentences } };
}
