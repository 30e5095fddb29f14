import { setTimeout as sleep } from 'node:timers/promises';
import type { APIMessage } from 'discord.js';
import { SERVER, type Twin } from '../discord/twin.ts';
import type { DemoStep } from './demo-program.ts';
import { type Ada, linesOf, type Option } from './discord-people.ts';
import { until } from './local-slack.ts';

/** What the steps share. */
export interface DiscordTalk {
  readonly twin: Twin;
  readonly ada: Ada;
  /** Runs `npm run register` and gives what it prints. */
  register(): Promise<string>;
  /** Ends the program as a power cut would. */
  crash(): Promise<void>;
  restart(): Promise<void>;
  answer?: APIMessage;
  /** For the picture: what stood in Discord after a step. */
  readonly shown: { readonly asked: string; readonly message: APIMessage }[];
}

type Step = DemoStep<DiscordTalk>;

const { papers, bot } = SERVER;
const TEXT = 3;
const YES_OR_NO = 5;
const SUBCOMMAND = 1;

const question = (value: string) => ({ name: 'question', type: TEXT, value });
const subcommand = (name: string, ...options: Option[]) => [{ name, type: SUBCOMMAND, options }];

export const STEPS: readonly Step[] = [
  {
    name: 'npm run register sets up the commands, and a second time nothing',
    async run(talk) {
      const [first, second] = [await talk.register(), await talk.register()];
      if (!/^Registered/.test(first) || !/^Nothing to do/.test(second)) {
        throw new Error(`${first} ${second}`);
      }
      return [first.trim(), second.trim()];
    },
  },
  {
    name: '/ask is answered with a card: answer, sources, buttons',
    async run(talk) {
      const text = 'How does DADAO decouple communication from computation?';
      talk.answer = await talk.ada.command('ask', [question(text)]);
      talk.shown.push({ asked: `/ask ${text}`, message: talk.answer });
      return [`ada: /ask ${text}`, ...expectLines(talk.answer, /\]\(<https:/)];
    },
  },
  {
    name: 'titles are offered while somebody types, wrong letters included',
    async run(talk) {
      const offered = await talk.ada.type('desentralized asynchronous');
      if (!offered.some(({ name }) => /Decentralized Asynchronous/i.test(name))) {
        throw new Error(`Offered: ${offered.map(({ name }) => name).join('; ')}`);
      }
      const [first] = offered;
      const options = subcommand('show', { name: 'paper', type: TEXT, value: first?.value ?? '' });
      const paper = await talk.ada.command('papers', options);
      return [
        'ada types: desentralized asynchronous',
        ...offered.slice(0, 3).map(({ name }) => `offered: ${name}`),
        `ada chooses the first`,
        ...linesOf(paper).slice(0, 3),
      ];
    },
  },
  {
    name: '"Show evidence" shows the abstract with the quote in bold, to one person',
    async run({ ada, answer }) {
      const evidence = await ada.press(need(answer), 'evidence');
      return ['ada presses “Show evidence”', ...expectLines(evidence, /> .*\*\*/)];
    },
  },
  {
    name: 'a vote is taken',
    async run({ ada, answer }) {
      const thanks = await ada.press(need(answer), 'good');
      return ['ada presses 👍', ...expectLines(thanks, /noted/)];
    },
  },
  {
    name: '"Similar papers" lists papers for the one who pressed',
    async run({ ada, answer }) {
      const found = await ada.press(need(answer), 'similar');
      return ['ada presses “Similar papers”', ...expectLines(found, /Papers similar to/)];
    },
  },
  {
    name: '"BibTeX" sends a file',
    async run({ ada, answer, twin }) {
      await ada.press(need(answer), 'bibtex');
      const file = twin.files.find(({ name }) => name === 'papers.bib');
      if (!file?.content.startsWith('@misc{')) throw new Error('There is no file.');
      return [
        'ada presses “BibTeX”',
        `footnote: [${file.name}, ${file.content.length} characters]`,
      ];
    },
  },
  {
    name: 'a mention is answered in a thread, and a follow-up there needs no mention',
    async run({ ada, twin }) {
      const text = 'How does DADAO decouple communication from computation?';
      const asked = await ada.say(`<@${bot}> ${text}`);
      const thread = await until(async () => (await twin.discord.channel(papers).getThreads())[0]);
      const answer = await ada.sees(thread.id, asked.id);
      const more = 'What does UniPT do?';
      const followUp = await ada.say(more, thread.id);
      const second = await ada.sees(thread.id, followUp.id);
      return [
        `ada: @footnote ${text}`,
        ...linesOf(answer).slice(0, 2),
        `ada (in the thread): ${more}`,
        ...expectLines(second, /UniPT/),
      ];
    },
  },
  {
    name: 'talk among people is left alone',
    async run({ ada, twin }) {
      const said = await ada.say('Lunch at noon?');
      await sleep(700);
      const all = await twin.discord.channel(papers).getMessages();
      if (all.some(({ id, author }) => author.id === bot && BigInt(id) > BigInt(said.id))) {
        throw new Error('It was answered.');
      }
      return ['ada: Lunch at noon?', '(footnote keeps quiet)'];
    },
  },
  {
    name: 'a direct message is answered',
    async run({ ada, twin }) {
      const text = 'Which papers are about graph neural networks?';
      const channel = await twin.direct(SERVER.ada);
      const asked = await ada.say(text, channel);
      const answer = await ada.sees(channel, asked.id);
      return [`ada (direct): ${text}`, ...expectLines(answer, /Graph/)];
    },
  },
  {
    name: 'a private answer is shared by a button, once',
    async run({ ada, twin }) {
      const options = [
        question('What is LeYOLO?'),
        { name: 'private', type: YES_OR_NO, value: true },
      ];
      const answer = await ada.command('ask', options);
      const kept = await ada.press(answer, 'share');
      const shared = await ada.sees(papers, answer.id);
      if (JSON.stringify(kept).includes('"share:')) throw new Error('It could be shared again.');
      const all = await twin.discord.channel(papers).getMessages();
      const copies = all.filter(({ id }) => BigInt(id) > BigInt(answer.id));
      if (copies.length !== 1) throw new Error(`There are ${copies.length} copies.`);
      return ['ada: /ask What is LeYOLO? private', ...expectLines(shared, /Asked: What is LeYOLO/)];
    },
  },
  {
    name: 'a message is asked about by its menu and a form',
    async run({ ada }) {
      const said = await ada.say('I keep hearing about UniPT.');
      const answer = await ada.askAbout(said, 'What does UniPT do?');
      return [
        'ada: “Ask the papers about this” → What does UniPT do?',
        ...expectLines(answer, /UniPT/),
      ];
    },
  },
  {
    name: 'what the papers do not answer is refused, short',
    async run({ ada, shown }) {
      const text = 'Who won the football world cup in 1998?';
      const answer = await ada.command('ask', [question(text)]);
      shown.push({ asked: `/ask ${text}`, message: answer });
      const lines = linesOf(answer);
      if (lines.some((line) => /Show evidence/.test(line))) throw new Error('It cites something.');
      return [`ada: /ask ${text}`, ...lines];
    },
  },
  {
    name: '/papers settings is a card, and what it sets holds',
    async run({ ada }) {
      const card = await ada.command('papers', subcommand('settings'));
      const after = await ada.choose(card, 'setting:answerMode', ['questions']);
      expectLines(after, /I answer every question/);
      const asked = await ada.say('What is LeYOLO?');
      const answer = await ada.sees(papers, asked.id);
      await ada.choose(after, 'setting:answerMode', ['mentions']);
      return [
        'ada: /papers settings → every question',
        'ada: What is LeYOLO?',
        ...linesOf(answer).slice(0, 2),
      ];
    },
  },
  {
    name: 'a post in a forum is answered where that is switched on',
    async run({ ada, twin }) {
      const first = await twin.post(SERVER.ada, 'Hello', 'I am new here.');
      const card = await ada.command('papers', subcommand('settings'), first);
      await ada.choose(card, 'setting:answerMode', ['questions']);
      const post = await twin.post(SERVER.ada, 'What does UniPT do?', 'I read the name.');
      const answer = await ada.sees(post, post);
      return ['ada posts: What does UniPT do?', ...expectLines(answer, /UniPT/)];
    },
  },
  {
    name: 'nothing hostile in a question comes alive in the answer',
    async run({ ada, twin }) {
      const text = 'What is @everyone <@1> [x](https://evil.example) https://evil.example `x`?';
      const before = twin.problems.length;
      const answer = await ada.command('ask', [question(text)]);
      if (twin.problems.length > before) throw new Error(twin.problems.slice(before).join('; '));
      return [`ada: /ask ${text}`, ...linesOf(answer).slice(0, 3)];
    },
  },
];

/** The lines of a message in which something stands. */
export function expectLines(message: APIMessage, pattern: RegExp): readonly string[] {
  const lines = linesOf(message);
  if (!pattern.test(lines.join('\n'))) {
    throw new Error(`It has no ${pattern}: ${lines.join(' / ').slice(0, 600)}`);
  }
  return lines;
}

function need<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('An earlier step has failed.');
  return value;
}
