import { setTimeout as sleep } from 'node:timers/promises';
import type { ChatReply } from '../fakes/chat-replies.ts';
import type { ChatBody } from '../fakes/chat-rules.ts';
import { type SlackMessage, TEAM, until } from './local-slack.ts';
import { buttonIn, hasText, need, ours, shown, viewWith } from './slack-messages.ts';
import {
  argsSince,
  finishedReply,
  methodsSince,
  reply,
  type Step,
  sendEvent,
  type Talk,
} from './slack-talk.ts';

const { papers, bot } = TEAM;

/** The first two sentences of the first paper in the prompt, slow enough to be seen growing. */
export function quoteSlowly({ messages }: ChatBody, tokensPerSecond: number): ChatReply {
  const prompt = messages.map(({ content }) => content).join('\n');
  const abstract = /<paper number="1"[^>]*>\n.*\n(.*)\n/.exec(prompt)?.[1] ?? '';
  const sentences = abstract.split(/(?<=\.) (?=[A-Z])/).slice(0, 2);
  const text = sentences.map((sentence) => `- ${sentence} [1] "${sentence}"\n`).join('');
  return { kind: 'text', text, tokensPerSecond };
}

/** A message that a process had in work when it died is taken anew after a while. */
const AFTER_CRASH_MS = 45_000;

/** By then the eyes are on what was heard. */
const HEARD_MS = 6_000;

/** What a model writes is streamed; these steps need one. */
export const STREAM_STEPS: readonly Step[] = [
  {
    name: 'an answer that a model writes is streamed sentence by sentence',
    async run(talk) {
      const text = `<@${bot}> How does DADAO work on time-varying networks?`;
      const before = talk.shim.calls.length;
      const asked = await sayHeard(talk, text);
      const answer = await finishedReply(talk, papers, asked.ts);
      // Closed once the answer stands.
      await until(async () => {
        const sessions = argsSince(talk, before, 'agents.sessions.setStatus');
        return sessions.map(({ status }) => status).join() === 'active,closed' || undefined;
      });
      const methods = methodsSince(talk, before);
      for (const method of ['chat.startStream', 'chat.stopStream']) {
        if (!methods.includes(method)) throw new Error(`There was no ${method}.`);
      }
      if (methods.includes('chat.postMessage')) throw new Error('It was posted as well.');
      talk.scene = {
        channel: 'papers',
        thread: [asked, answer],
        modal: await evidenceOf(talk, answer),
      };
      return [`ada: ${text}`, `(${methods.join(', ')})`, ...shown(answer)];
    },
  },
  {
    name: 'the stop button ends an answer',
    async run(talk) {
      talk.writesAt(30);
      const text = `<@${bot}> How does UniPT tune in parallel?`;
      const asked = await sayHeard(talk, text);
      const begun = await reply(talk, papers, asked.ts);
      sendEvent(talk, {
        type: 'agent_session_stopped',
        channel: papers,
        user: TEAM.ada,
        thread_ts: asked.ts,
        streaming_message_ts: [begun.ts],
      });
      const stopped = await until(async () =>
        (await repliesTo(talk, asked.ts)).find((each) => hasText(each, /Stopped, as you asked/)),
      );
      return [`ada: ${text}`, ...shown(begun), 'ada presses “Stop”', ...shown(stopped)];
    },
  },
  {
    name: 'an answer that a crash cut off is finished after it, in the same message',
    async run(talk) {
      const text = `<@${bot}> Is DADAO asynchronous and decentralized?`;
      talk.writesAt(30);
      const asked = await sayHeard(talk, text);
      await reply(talk, papers, asked.ts);
      await sleep(200);
      await talk.crash();
      talk.writesAt(60);
      await talk.restart();
      const answer = await finishedReply(talk, papers, asked.ts, AFTER_CRASH_MS);
      const { length: replies } = await repliesTo(talk, asked.ts);
      if (replies !== 1) throw new Error(`There are ${replies} replies.`);
      return [
        `ada: ${text}`,
        '(kill -9 in the middle of the answer; started again)',
        ...shown(answer),
      ];
    },
  },
  {
    ofSockets: true,
    name: 'Slack is away for eight seconds, and is answered again when it is back',
    async run(talk) {
      await talk.outage(8_000);
      const text = `<@${bot}> What does UniPT do?`;
      const asked = await sayHeard(talk, text);
      const answer = await reply(talk, papers, asked.ts);
      return ['(Slack is away for eight seconds)', `ada: ${text}`, ...shown(answer)];
    },
  },
];

async function evidenceOf({ slack }: Talk, answer: SlackMessage) {
  delete slack.views.modal;
  await slack.press(answer, papers, need(buttonIn(answer, 'evidence')));
  return until(async () => viewWith(slack.views.modal, '"bold":true'));
}

/**
 * Says it until the program has heard it: while it is busy, or away, its sockets may be down for some
 * seconds. Slack itself would send the event again.
 */
async function sayHeard(talk: Talk, text: string): Promise<SlackMessage> {
  return until(async () => {
    const before = talk.shim.calls.length;
    const asked = await talk.slack.say(text, { channel: papers });
    const isSeen = () => argsSince(talk, before, 'reactions.add').some(isOf(asked));
    for (let waited = 0; waited < HEARD_MS && !isSeen(); waited += 50) await sleep(50);
    return isSeen() ? asked : undefined;
  }, 30_000);
}

function isOf({ ts }: SlackMessage) {
  return ({ timestamp }: Readonly<Record<string, string>>) => timestamp === ts;
}

async function repliesTo({ slack }: Talk, thread: string) {
  return ours(await slack.messages(papers)).filter(({ thread_ts }) => thread_ts === thread);
}
