import { type SlackMessage, TEAM, until } from './local-slack.ts';
import { buttonIn, expectText, need, shown, shownView, viewWith } from './slack-messages.ts';
import { messageAfter, type Step, sendInteraction, type Talk } from './slack-talk.ts';

const { papers } = TEAM;

/** What is asked for one person alone, and shown to others after that. */
export const PRIVATE: readonly Step[] = [
  {
    name: '/ask answers privately, and "Share to channel" posts it for all',
    async run(talk) {
      const count = (await talk.slack.messages(papers)).length;
      await talk.slack.slash('/ask', 'What is LeYOLO?');
      const answer = await messageAfter(talk, { channel: papers, count }, hasShare);
      talk.shared = await pressShare(talk, answer);
      expectText(talk.shared, /What is LeYOLO.*shared by ada/);
      return [
        'ada: /ask What is LeYOLO?',
        ...shown(answer),
        'ada presses “Share to channel”',
        ...shown(talk.shared),
      ];
    },
  },
  {
    name: 'what was shared has buttons of its own',
    async run(talk) {
      const message = need(talk.shared);
      await talk.slack.press(message, papers, need(buttonIn(message, 'evidence')));
      const modal = await until(async () => viewWith(talk.slack.views.modal, 'LeYOLO'));
      return ['ada presses “Show evidence” below what was shared', ...shownView('modal', modal)];
    },
  },
  {
    name: 'the shortcut of a message asks about it, and the answer is posted in its thread',
    async run(talk) {
      const text = 'What is netFound?';
      const said = await talk.slack.say(text, { channel: papers });
      const message = { type: 'message', text, user: TEAM.ada, ts: said.ts };
      const form = await openForm(talk, { channel: { id: papers, name: 'papers' }, message });
      const count = (await talk.slack.messages(papers)).length;
      submit(talk, form, text);
      const answer = await messageAfter(talk, { channel: papers, count }, hasShare);
      const posted = await pressShare(talk, answer);
      if (posted.thread_ts !== said.ts) throw new Error('It is not in the thread.');
      return [
        `ada: ${text}`,
        'ada chooses “Ask the papers” in its menu',
        ...shownView('form', form),
        'ada presses “Ask”',
        ...shown(answer),
        'ada presses “Post in thread”',
        '(in the thread of the message)',
        ...shown(posted),
      ];
    },
  },
  {
    name: 'the shortcut from anywhere answers by direct message',
    async run(talk) {
      const form = await openForm(talk, {});
      const count = (await talk.slack.messages(talk.dm)).length;
      submit(talk, form, 'What does DiskGNN do?');
      const answer = await messageAfter(talk, { channel: talk.dm, count });
      if (hasShare(answer)) throw new Error('It offers to share where nobody else is.');
      return ['ada calls “Ask the papers”: What does DiskGNN do?', ...shown(answer)];
    },
  },
];

function hasShare(message: SlackMessage): boolean {
  return buttonIn(message, 'share') !== undefined;
}

async function pressShare(talk: Talk, answer: SlackMessage): Promise<SlackMessage> {
  const count = (await talk.slack.messages(papers)).length;
  await talk.slack.press(answer, papers, need(buttonIn(answer, 'share')));
  return messageAfter(talk, { channel: papers, count });
}

async function openForm(talk: Talk, about: object) {
  delete talk.shim.opened.view;
  const isMessage = 'message' in about;
  sendInteraction(talk, {
    type: isMessage ? 'message_action' : 'shortcut',
    callback_id: isMessage ? 'ask_about_message' : 'ask_papers',
    ...about,
  });
  return until(async () => talk.shim.opened.view);
}

function submit(talk: Talk, form: object, question: string): void {
  const values = { question: { question: { type: 'plain_text_input', value: question } } };
  const view = { ...form, id: `V-${question}`, state: { values } };
  sendInteraction(talk, { type: 'view_submission', view });
}
