import { setTimeout as sleep } from 'node:timers/promises';
import { linksIn } from '../slack/check-blocks.ts';
import type { DemoStep } from './demo-program.ts';
import { type LocalSlack, type SlackMessage, TEAM, until } from './local-slack.ts';
import {
  answerIdOf,
  buttonIn,
  chosen,
  expectText,
  hasText,
  need,
  option,
  ours,
  shown,
  viewWith,
} from './slack-messages.ts';

/** One thing that people do in Slack. */
export type Step = DemoStep<Talk>;

/** What the steps share. */
export interface Talk {
  slack: LocalSlack;
  readonly dm: string;
  /** The methods of Slack that were called so far. */
  calls(): readonly string[];
  /** Ends the program as a power cut would. */
  crash(): Promise<void>;
  restart(): Promise<void>;
  /** Takes Slack away for so long; what was said there is gone. */
  outage(ms: number): Promise<void>;
  root?: SlackMessage;
  answer?: SlackMessage;
}

const { papers, bot } = TEAM;

export const STEPS: readonly Step[] = [
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
    name: '/ask answers privately, and "Share to channel" posts it for all',
    async run(talk) {
      const before = (await talk.slack.messages(papers)).length;
      await talk.slack.slash('/ask', 'What is LeYOLO?');
      const answer = await until(async () => {
        const later = (await talk.slack.messages(papers)).slice(before);
        return later.find((each) => buttonIn(each, 'share') !== undefined);
      });
      const count = (await talk.slack.messages(papers)).length;
      await talk.slack.press(answer, papers, need(buttonIn(answer, 'share')));
      const shared = await until(async () => (await talk.slack.messages(papers))[count]);
      expectText(shared, /Asked: What is LeYOLO/);
      return ['ada: /ask What is LeYOLO?', ...shown(answer), '(shared)', ...shown(shared)];
    },
  },
  {
    name: '"Show evidence" opens the abstract with the quote in bold',
    async run(talk) {
      const answer = need(talk.answer);
      await talk.slack.press(answer, papers, need(buttonIn(answer, 'evidence')));
      const modal = await until(async () => viewWith(talk.slack.views.modal, '"bold":true'));
      return ['ada presses “Show evidence”', `modal: ${modal.length} characters of JSON`];
    },
  },
  {
    name: '"Similar papers" lists papers for the one who pressed',
    async run(talk) {
      const answer = need(talk.answer);
      const count = (await talk.slack.messages(papers)).length;
      await talk.slack.press(answer, papers, need(buttonIn(answer, 'similar')));
      const found = await until(async () => (await talk.slack.messages(papers))[count]);
      expectText(found, /Papers similar to/);
      return ['ada presses “Similar papers”', ...shown(found)];
    },
  },
  {
    name: '"Export BibTeX" sends a file in direct messages',
    async run(talk) {
      const answer = need(talk.answer);
      await talk.slack.press(answer, papers, need(buttonIn(answer, 'bibtex')));
      const file = await until(async () => {
        const all = await talk.slack.messages(talk.dm);
        return all.flatMap(({ files = [] }) => files).find(({ name }) => name.endsWith('.bib'));
      });
      return ['ada presses “Export BibTeX”', `footnote (direct): [${file.name}]`];
    },
  },
  {
    name: 'a vote is taken',
    async run(talk) {
      const answer = need(talk.answer);
      const up = { type: 'button', action_id: 'feedback', value: `up ${answerIdOf(answer)}` };
      await talk.slack.press(answer, papers, up);
      return ['ada presses “Good answer”'];
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
    name: '/papers settings is a form, and what it sets holds',
    async run(talk) {
      await talk.slack.slash('/papers', 'settings');
      await until(async () => viewWith(talk.slack.views.modal, 'Settings here'));
      talk.slack.submit({
        answerMode: { answerMode: chosen('questions') },
        flags: { flags: { type: 'checkboxes', selected_options: [option('followUps')] } },
      });
      const count = (await talk.slack.messages(papers)).length;
      await sleep(300);
      await talk.slack.slash('/papers', 'status');
      const status = await until(async () =>
        (await talk.slack.messages(papers))
          .slice(count)
          .find((each) => hasText(each, /My library/)),
      );
      expectText(status, /I answer every question in this channel/);
      return ['ada: /papers settings → every question', 'ada: /papers status', ...shown(status)];
    },
  },
  {
    name: 'the Home tab tells what is indexed',
    async run(talk) {
      await talk.slack.openHome();
      const home = await until(async () => viewWith(talk.slack.views.home, 'My library holds'));
      return ['ada opens the Home tab', `home: ${home.length} characters of JSON`];
    },
  },
  {
    name: 'nothing hostile in a question comes alive in the answer',
    async run(talk) {
      const text = `<@${bot}> What is &lt;!channel&gt; [x](https://evil.example) <https://evil.example|y>?`;
      const asked = await talk.slack.say(text, { channel: papers });
      const answer = await reply(talk, papers, asked.ts);
      const sent = JSON.stringify(await talk.slack.messages(papers).then(ours));
      if (/<!(?:channel|here|everyone)/.test(sent)) throw new Error('A broadcast is alive.');
      const foreign = linksIn(await talk.slack.messages(papers).then(ours)).filter(
        (url) => !/^https:\/\/(?:huggingface\.co|arxiv\.org)\//.test(url),
      );
      if (foreign.length > 0) throw new Error(`Foreign links: ${foreign.join(', ')}`);
      return [`ada: ${text}`, ...shown(answer)];
    },
  },
];

/** The reply in a thread after a message. */
async function reply(
  { slack }: Talk,
  channel: string,
  thread: string,
  after = thread,
): Promise<SlackMessage> {
  return until(async () =>
    ours(await slack.messages(channel)).find(
      (each) => each.thread_ts === thread && Number(each.ts) > Number(after),
    ),
  );
}

/** The reply in a thread once it has its sources. */
export async function finishedReply(
  { slack }: Talk,
  channel: string,
  thread: string,
): Promise<SlackMessage> {
  return until(async () =>
    ours(await slack.messages(channel)).find(
      (each) => each.thread_ts === thread && buttonIn(each, 'evidence') !== undefined,
    ),
  );
}
