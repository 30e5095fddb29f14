import { setTimeout as sleep } from 'node:timers/promises';
import { linksIn } from '../slack/check-blocks.ts';
import { TEAM } from './local-slack.ts';
import { buttonIn, expectText, hasText, ours, shown } from './slack-messages.ts';
import { messageAfter, reply, type Step, sendEvent } from './slack-talk.ts';

const { papers, bot } = TEAM;

/** What people ask aloud. */
export const QUESTIONS: readonly Step[] = [
  {
    name: 'brought into a channel it introduces itself, once',
    async run(talk) {
      const joined = { type: 'member_joined_channel', user: bot, channel: papers, team: TEAM.id };
      for (let i = 0; i < 2; i += 1) sendEvent(talk, joined);
      const hello = await messageAfter(talk, { channel: papers, count: 0 });
      await sleep(300);
      const count = (await talk.slack.messages(papers)).length;
      if (count !== 1) throw new Error(`It said hello ${count} times.`);
      return ['ada: /invite @footnote', ...shown(hello)];
    },
  },
  {
    name: 'a mention is answered in its thread, with a linked citation',
    async run(talk) {
      const text = `<@${bot}> How does DADAO decouple communication from computation?`;
      talk.root = await talk.slack.say(text, { channel: papers });
      talk.answer = await reply(talk, papers, talk.root.ts);
      expectText(talk.answer, /huggingface\.co|arxiv\.org/);
      return [`ada: ${text}`, ...shown(talk.answer)];
    },
  },
  {
    name: 'a follow-up in the thread needs no mention',
    async run(talk) {
      const thread = { channel: papers, thread_ts: talk.root?.ts ?? '' };
      const text = 'What does UniPT do?';
      const asked = await talk.slack.say(text, thread);
      const answer = await reply(talk, papers, thread.thread_ts, asked.ts);
      expectText(answer, /UniPT/);
      return [`ada (in the thread): ${text}`, ...shown(answer)];
    },
  },
  {
    name: 'talk among people in the channel is left alone',
    async run(talk) {
      const text = 'Lunch at noon?';
      const said = await talk.slack.say(text, { channel: papers });
      await sleep(700);
      const all = await talk.slack.messages(papers);
      if (all.some((each) => each.thread_ts === said.ts && each.ts !== said.ts)) {
        throw new Error('It was answered.');
      }
      return [`ada: ${text}`, '(footnote keeps quiet)'];
    },
  },
  {
    name: 'a direct message is answered in its thread',
    async run(talk) {
      const text = 'Which papers are about graph neural networks?';
      const asked = await talk.slack.say(text, { channel: talk.dm });
      const answer = await reply(talk, talk.dm, asked.ts);
      expectText(answer, /Graph/);
      return [`ada (direct): ${text}`, ...shown(answer)];
    },
  },
  {
    name: 'what the papers do not answer is refused, short',
    async run(talk) {
      const text = `<@${bot}> Who won the football world cup in 1998?`;
      const asked = await talk.slack.say(text, { channel: papers });
      const answer = await reply(talk, papers, asked.ts);
      expectText(answer, /alert|can't answer/);
      if (buttonIn(answer, 'evidence') !== undefined) throw new Error('It cites something.');
      return [`ada: ${text}`, ...shown(answer)];
    },
  },
  {
    name: 'nothing hostile in a question comes alive in the answer',
    async run(talk) {
      const text = `<@${bot}> What is &lt;!channel&gt; [x](https://evil.example) <https://evil.example|y>?`;
      const asked = await talk.slack.say(text, { channel: papers });
      const answer = await reply(talk, papers, asked.ts);
      const sent = ours(await talk.slack.messages(papers));
      if (sent.some((each) => hasText(each, /<!(?:channel|here|everyone)/))) {
        throw new Error('A broadcast is alive.');
      }
      const foreign = linksIn(sent).filter(
        (url) => !/^https:\/\/(?:huggingface\.co|arxiv\.org)\//.test(url),
      );
      if (foreign.length > 0) throw new Error(`Foreign links: ${foreign.join(', ')}`);
      return [`ada: ${text}`, ...shown(answer)];
    },
  },
];
