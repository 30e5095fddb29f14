import { setTimeout as sleep } from 'node:timers/promises';
import { type LocalSlack, type SlackMessage, TEAM, until } from './local-slack.ts';
import {
  buttonIn,
  chosen,
  expectText,
  hasText,
  need,
  option,
  ours,
  shown,
  shownView,
  viewWith,
} from './slack-messages.ts';
import type { DigestScene } from './slack-picture.ts';
import type { SlackShim } from './slack-shim.ts';
import { sendEvent } from './slack-talk.ts';

/** What the steps share. */
export interface DigestTalk {
  readonly slack: LocalSlack;
  readonly shim: Pick<SlackShim, 'calls' | 'opened' | 'deliver'>;
  /** Reads the papers of the day with the program itself; what it printed. */
  sync(): Promise<string>;
  /** Ends the program as a power cut would, and starts it again. */
  crash(): Promise<void>;
  headline?: SlackMessage;
  item?: SlackMessage;
  other?: SlackMessage;
  reply?: SlackMessage;
  /** For the picture. */
  scene?: DigestScene;
}

interface DigestStep {
  readonly name: string;
  run(talk: DigestTalk): Promise<readonly string[]>;
}

const { papers } = TEAM;
/** The next whole minute but one, and a look each half minute. */
const POSTED_MS = 180_000;
const HEADLINE = /The details are in the thread/;
const TOPICS = 'language model agents\ntext-to-image diffusion';

/** A day of a channel with a digest, in Slack. */
export const SLACK_DIGEST: readonly DigestStep[] = [
  {
    name: 'a form sets up the digest of a channel',
    async run({ slack }) {
      delete slack.views.modal;
      await slack.slash('/papers', 'digest');
      const form = await until(async () => viewWith(slack.views.modal, 'How picky'));
      const count = (await slack.messages(papers)).length;
      slack.submit(valuesOf(minuteAfter(Date.now())));
      const told = await after(slack, count, /Set up: up to 4 papers|Set up: 1\. up to 4 papers/);
      return ['ada: /papers digest', ...shownView('form', form), ...shown(told)];
    },
  },
  {
    name: 'the program reads the papers of the day from Hugging Face',
    async run(talk) {
      const printed = await talk.sync();
      if (!printed.includes('7 papers added')) throw new Error(printed);
      return printed.trim().split('\n');
    },
  },
  {
    name: 'at its time the digest is in the channel, its papers in the thread, with a picture',
    async run(talk) {
      const look = async () =>
        ours(await talk.slack.messages(papers)).find((each) => hasText(each, HEADLINE));
      talk.headline = await until(look, POSTED_MS);
      const { ts } = talk.headline;
      const thread = await until(async () => {
        const replies = ours(await talk.slack.messages(papers)).filter(
          (each) => each.thread_ts === ts && each.ts !== ts,
        );
        return replies.filter((each) => buttonIn(each, 'digest_more')).length === 4
          ? replies
          : undefined;
      });
      const picture = thread.find(({ files = [] }) => files.length > 0);
      if (picture === undefined) throw new Error('There is no picture.');
      const items = thread.filter((each) => buttonIn(each, 'digest_more') !== undefined);
      talk.item = need(items[0]);
      talk.other = need(items[1]);
      const png = await talk.slack.file(need(picture.files?.[0]));
      if (String.fromCharCode(...png.slice(1, 4)) !== 'PNG') throw new Error('It is no picture.');
      talk.scene = { channel: 'papers', headline: talk.headline, items: items.slice(0, 2), png };
      return [
        ...shown(talk.headline),
        `footnote (in the thread): [${need(picture.files?.[0]).name}]`,
        ...items.flatMap((each) => [...shown(each), '']),
      ];
    },
  },
  {
    name: 'a reply under it with the number of a paper is answered about that paper',
    async run(talk) {
      const thread_ts = need(talk.headline).ts;
      const text = `${await numberOf('ToolBook', talk)}: how many failed tool calls fewer?`;
      const asked = await talk.slack.say(text, { channel: papers, thread_ts });
      talk.reply = await until(async () =>
        ours(await talk.slack.messages(papers)).find(
          (each) =>
            each.thread_ts === thread_ts &&
            Number(each.ts) > Number(asked.ts) &&
            buttonIn(each, 'evidence') !== undefined,
        ),
      );
      expectText(talk.reply, /58% fewer failed tool calls/);
      return [`ada (in the thread): ${text}`, ...shown(talk.reply)];
    },
  },
  {
    name: '"Show evidence" under a paper opens its abstract with the quote in bold',
    async run({ slack, item }) {
      delete slack.views.modal;
      await slack.press(need(item), papers, need(buttonIn(need(item), 'digest_evidence')));
      const modal = await until(async () => viewWith(slack.views.modal, '"bold":true'));
      return ['ada presses “Show evidence”', ...shownView('modal', modal)];
    },
  },
  {
    name: '"Not for us" is noted for the channel, and a preview shows other papers',
    async run({ slack, item }) {
      const count = (await slack.messages(papers)).length;
      await slack.press(need(item), papers, need(buttonIn(need(item), 'digest_less')));
      const told = await after(slack, count, /Noted: less like this here/);
      const from = (await slack.messages(papers)).length;
      await slack.slash('/papers', 'digest preview 1');
      const preview = await after(slack, from, /A preview: nothing is posted/);
      if (hasText(preview, /Quiet Diffusion/)) throw new Error('What was shown comes again.');
      return [
        ...['ada presses “Not for us”', ...shown(told)],
        ...['ada: /papers digest preview 1', ...shown(preview)],
      ];
    },
  },
  {
    name: 'a thumb on a paper counts as well, without a word',
    async run(talk) {
      const item = { type: 'message', channel: papers, ts: need(talk.other).ts };
      const before = (await talk.slack.messages(papers)).length;
      const event = { type: 'reaction_added', user: TEAM.ada, reaction: '+1', item };
      sendEvent(talk, { ...event, item_user: TEAM.bot });
      await sleep(500);
      if ((await talk.slack.messages(papers)).length > before)
        throw new Error('It said something.');
      return ['ada: 👍 on another paper', '(nothing is said)'];
    },
  },
  {
    name: 'killed and started again, the program posts the day no second time',
    async run(talk) {
      await talk.crash();
      await sleep(3_000);
      const posted = (await talk.slack.messages(papers)).filter((each) => hasText(each, HEADLINE));
      if (posted.length !== 1) throw new Error(`It stands there ${posted.length} times.`);
      return ['(kill -9, start)', 'The digest stands there once.'];
    },
  },
  {
    name: 'the list and the Home tab tell of it, and it is paused there',
    async run({ slack }) {
      const count = (await slack.messages(papers)).length;
      await slack.slash('/papers', 'digest list');
      const list = await after(slack, count, /digest_pause/);
      if (hasText(list, /"2\. up to/)) throw new Error('There are two of it.');
      await slack.press(list, papers, need(buttonIn(list, 'digest_pause')));
      const paused = await after(slack, count + 1, /Paused: up to 4 papers/);
      await slack.openHome();
      const home = await until(async () => viewWith(slack.views.home, '(paused)'));
      return [
        'ada: /papers digest list',
        ...shown(list),
        'ada presses “Pause”',
        ...shown(paused),
        'ada opens the Home tab',
        ...shownView('home', home).slice(-4),
      ];
    },
  },
];

function valuesOf(time: string) {
  const days = ['1', '2', '3', '4', '5', '6', '7'].map(option);
  return {
    topics: { topics: { type: 'plain_text_input', value: TOPICS } },
    most: { most: { type: 'number_input', value: '4' } },
    pickiness: { pickiness: { ...chosen('normal'), type: 'static_select' } },
    onEmpty: { onEmpty: { ...chosen('say'), type: 'static_select' } },
    rollUp: { rollUp: { ...chosen('none'), type: 'static_select' } },
    days: { days: { type: 'checkboxes', selected_options: days } },
    time: { time: { type: 'timepicker', selected_time: time } },
    timeZone: { timeZone: { type: 'plain_text_input', value: 'UTC' } },
  };
}

/** A time of day at least half a minute ahead, so that the papers of the day are there by then. */
function minuteAfter(now: number): string {
  return new Date(now + 90_000).toISOString().slice(11, 16);
}

function after(slack: LocalSlack, count: number, pattern: RegExp): Promise<SlackMessage> {
  return until(async () =>
    (await slack.messages(papers)).slice(count).find((each) => hasText(each, pattern)),
  );
}

async function numberOf(title: string, { slack, headline }: DigestTalk): Promise<string> {
  const messages = await slack.messages(papers);
  const items = messages.filter(
    (each) => each.thread_ts === need(headline).ts && buttonIn(each, 'digest_more') !== undefined,
  );
  const found = items.find((each) => hasText(each, new RegExp(title)));
  return need(/(\d+)\./.exec(need(found).text)?.[1]);
}
