import { SERVER } from '../discord/twin.ts';
import type { DemoStep } from './demo-program.ts';
import { linesOf } from './discord-people.ts';
import { type DiscordTalk, expectLines } from './discord-talk.ts';
import { until } from './local-slack.ts';

const { papers, bot } = SERVER;

/** What a model writes is streamed; these steps need one. */
export const STREAM_STEPS: readonly DemoStep<DiscordTalk>[] = [
  {
    name: 'an answer that a model writes grows in its message',
    async run({ ada, twin }) {
      const text = 'How does DADAO work on time-varying networks?';
      const before = twin.requests.length;
      const question = { name: 'question', type: 3, value: text };
      const answer = await ada.command('ask', [question]);
      const edits = twin.requests.slice(before).filter(({ method }) => method === 'PATCH');
      const texts = edits.map(({ body }) => JSON.stringify(body).length);
      if (edits.length < 2) throw new Error(`There were ${edits.length} edits.`);
      return [
        `ada: /ask ${text}`,
        `(${edits.length} edits of ${texts.join(', ')} characters)`,
        ...linesOf(answer),
      ];
    },
  },
  {
    name: 'an answer that a crash cut off is finished after it, in the same message',
    async run(talk) {
      const { ada, twin } = talk;
      const before = twin.requests.length;
      const asked = await ada.say(`<@${bot}> Is DADAO asynchronous and decentralized?`);
      const later = () => twin.requests.slice(before);
      const posts = () =>
        later().filter(({ method, path }) => method === 'POST' && /messages$/.test(path));
      await until(async () => posts()[0]);
      await talk.crash();
      await talk.restart();
      const thread = await until(async () => {
        const threads = await twin.discord.channel(papers).getThreads();
        return threads.find(({ id }) => BigInt(id) > BigInt(asked.id));
      });
      const answer = await ada.sees(thread.id, asked.id);
      if (posts().length !== 1) throw new Error(`There are ${posts().length} messages.`);
      return [
        'ada: @footnote Is DADAO asynchronous and decentralized?',
        '(kill -9 in the middle of the answer; started again)',
        ...expectLines(answer, /Show evidence/),
      ];
    },
  },
];
