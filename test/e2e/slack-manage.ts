import { setTimeout as sleep } from 'node:timers/promises';
import { TEAM, until } from './local-slack.ts';
import {
  chosen,
  expectText,
  hasText,
  option,
  shown,
  shownView,
  viewWith,
} from './slack-messages.ts';
import { argsSince, messageAfter, reply, type Step, sendEvent, type Talk } from './slack-talk.ts';

const { papers } = TEAM;
const LOOKING = { entities: [{ type: 'slack#/types/channel_id', value: papers }] };

/** Commands, settings, the agent's pane and the Home tab. */
export const MANAGING: readonly Step[] = [
  {
    name: '/papers searches, and says what it does not know',
    async run(talk) {
      const found = await papersCommand(talk, 'search graph neural networks', /Papers found for/);
      const unknown = await papersCommand(talk, 'frobnicate', /I know no command/);
      return [...found, ...unknown];
    },
  },
  {
    name: '/papers settings is a form, and what it sets holds',
    async run(talk) {
      const form = await openSettings(talk);
      saveSettings(talk, '2024');
      await sleep(300);
      const status = await papersCommand(talk, 'status', /I answer every question in this channel/);
      return [
        'ada: /papers settings',
        ...form,
        'ada chooses every question, from 2024 on',
        ...status,
      ];
    },
  },
  {
    name: 'the pane offers questions, on the papers of the channel that is looked at',
    async run(talk) {
      const opened = { type: 'app_home_opened', user: TEAM.ada, channel: talk.dm, tab: 'messages' };
      const all = await promptsAfter(talk, opened);
      const changed = { type: 'app_context_changed', user: TEAM.ada, channel: talk.dm };
      const some = await promptsAfter(talk, { ...changed, context: LOOKING });
      if (all.join() === some.join()) throw new Error('They are the same.');
      return [
        ...['ada opens the pane', ...all.map((each) => `prompt: ${each}`)],
        ...['ada looks at the channel', ...some.map((each) => `prompt: ${each}`)],
      ];
    },
  },
  {
    name: 'a question in the pane is answered from the papers of that channel',
    async run(talk) {
      const text = 'How does DADAO decouple communication from computation?';
      const asked = await talk.slack.say('(looking at the channel)', { channel: talk.dm });
      // As Slack sends it; local-slack knows nothing of what somebody looks at.
      const ts = `${asked.ts.slice(0, -1)}9`;
      const message = { type: 'message', channel: talk.dm, channel_type: 'im', user: TEAM.ada };
      sendEvent(talk, { ...message, ts, text, app_context: LOOKING });
      const answer = await reply(talk, talk.dm, ts, '0');
      expectText(answer, /can't answer/);
      return [`ada (in the pane): ${text}`, ...shown(answer)];
    },
  },
  {
    name: 'settings are taken back',
    async run(talk) {
      await openSettings(talk);
      saveSettings(talk, '');
      await sleep(300);
      return papersCommand(talk, 'status', /papers of all pages\./);
    },
  },
  {
    name: 'the Home tab tells what is indexed, how to ask and what was asked',
    async run(talk) {
      await talk.slack.openHome();
      const home = await until(async () => viewWith(talk.slack.views.home, 'My library holds'));
      return ['ada opens the Home tab', ...shownView('home', home)];
    },
  },
];

async function openSettings(talk: Talk): Promise<readonly string[]> {
  delete talk.slack.views.modal;
  await talk.slack.slash('/papers', 'settings');
  const form = await until(async () => viewWith(talk.slack.views.modal, 'Settings here'));
  return shownView('form', form);
}

function saveSettings(talk: Talk, fromYear: string): void {
  talk.slack.submit({
    answerMode: { answerMode: chosen(fromYear === '' ? 'mentions' : 'questions') },
    flags: { flags: { type: 'checkboxes', selected_options: [option('followUps')] } },
    fromYear: { fromYear: { type: 'number_input', value: fromYear === '' ? null : fromYear } },
  });
}

async function papersCommand(talk: Talk, words: string, fits: RegExp): Promise<readonly string[]> {
  const count = (await talk.slack.messages(papers)).length;
  await talk.slack.slash('/papers', words);
  const told = await messageAfter(talk, { channel: papers, count }, (each) => hasText(each, fits));
  return [`ada: /papers ${words}`, ...shown(told)];
}

async function promptsAfter(talk: Talk, event: object): Promise<readonly string[]> {
  const before = talk.shim.calls.length;
  sendEvent(talk, event);
  const method = 'assistant.threads.setSuggestedPrompts';
  const args = await until(async () => argsSince(talk, before, method)[0]);
  return (JSON.parse(args.prompts ?? '[]') as { title: string }[]).map(({ title }) => title);
}
