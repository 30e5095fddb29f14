import { setTimeout as sleep } from 'node:timers/promises';
import type { ChatReply } from '../fakes/chat-replies.ts';
import type { ChatBody } from '../fakes/chat-rules.ts';
import { TEAM, until } from './local-slack.ts';
import { ours, shown } from './slack-messages.ts';
import { finishedReply, type Step, type Talk } from './slack-talk.ts';

const { papers, bot } = TEAM;

/** The first two sentences of the first paper in the prompt, slow enough to be seen growing. */
export function quoteSlowly({ messages }: ChatBody): ChatReply {
  const prompt = messages.map(({ content }) => content).join('\n');
  const abstract = /<paper number="1"[^>]*>\n.*\n(.*)\n/.exec(prompt)?.[1] ?? '';
  const sentences = abstract.split(/(?<=\.) (?=[A-Z])/).slice(0, 2);
  const text = sentences.map((sentence) => `- ${sentence} [1] "${sentence}"\n`).join('');
  return { kind: 'text', text, tokensPerSecond: 60 };
}

/** What a model writes is streamed; these steps need one. */
export const STREAM_STEPS: readonly Step[] = [
  {
    name: 'an answer that a model writes is streamed sentence by sentence',
    async run(talk) {
      const text = `<@${bot}> How does DADAO work on time-varying networks?`;
      const before = talk.calls().length;
      const asked = await talk.slack.say(text, { channel: papers });
      const answer = await finishedReply(talk, papers, asked.ts);
      const methods = talk.calls().slice(before);
      for (const method of ['chat.startStream', 'chat.stopStream']) {
        if (!methods.includes(method)) throw new Error(`There was no ${method}.`);
      }
      if (methods.includes('chat.postMessage')) throw new Error('It was posted as well.');
      return [`ada: ${text}`, `(${methods.join(', ')})`, ...shown(answer)];
    },
  },
  {
    name: 'an answer that a crash cut off is finished after it, in the same message',
    async run(talk) {
      const text = `<@${bot}> Is DADAO asynchronous and decentralized?`;
      const before = talk.calls().length;
      const asked = await talk.slack.say(text, { channel: papers });
      await until(async () => talk.calls().slice(before).includes('chat.startStream') || undefined);
      await talk.crash();
      await talk.restart();
      const answer = await finishedReply(talk, papers, asked.ts);
      const replies = await repliesTo(talk, asked.ts);
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
      const answer = await until(async () => {
        // Nobody listens until the bot has come back; Slack itself would send the event again.
        const asked = await talk.slack.say(text, { channel: papers });
        await sleep(1_000);
        const all = ours(await talk.slack.messages(papers));
        return all.find(({ thread_ts }) => thread_ts === asked.ts);
      });
      return ['(Slack is away for eight seconds)', `ada: ${text}`, ...shown(answer)];
    },
  },
];

async function repliesTo({ slack }: Talk, thread: string): Promise<number> {
  return ours(await slack.messages(papers)).filter(({ thread_ts }) => thread_ts === thread).length;
}
