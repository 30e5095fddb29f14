import { TEAM, until } from './local-slack.ts';
import {
  answerIdOf,
  buttonIn,
  expectText,
  need,
  shown,
  shownView,
  viewWith,
} from './slack-messages.ts';
import { messageAfter, type Step } from './slack-talk.ts';

const { papers } = TEAM;

/** What people press below an answer. */
export const BUTTONS: readonly Step[] = [
  {
    name: '"Show evidence" opens the abstract with the quote in bold',
    async run(talk) {
      const answer = need(talk.answer);
      delete talk.slack.views.modal;
      await talk.slack.press(answer, papers, need(buttonIn(answer, 'evidence')));
      const modal = await until(async () => viewWith(talk.slack.views.modal, 'DADAO'));
      return ['ada presses “Show evidence”', ...shownView('modal', modal)];
    },
  },
  {
    name: '"Similar papers" lists papers for the one who pressed',
    async run(talk) {
      const answer = need(talk.answer);
      const count = (await talk.slack.messages(papers)).length;
      await talk.slack.press(answer, papers, need(buttonIn(answer, 'similar')));
      const found = await messageAfter(talk, { channel: papers, count });
      expectText(found, /Papers similar to/);
      return ['ada presses “Similar papers”', ...shown(found)];
    },
  },
  {
    name: '"Export BibTeX" puts a file into the thread of an answer that all see',
    async run(talk) {
      const answer = need(talk.answer);
      await talk.slack.press(answer, papers, need(buttonIn(answer, 'bibtex')));
      const posted = await messageAfter(talk, { channel: papers, count: 0 }, ({ files = [] }) =>
        files.some(({ name }) => name === 'papers.bib'),
      );
      if (posted.thread_ts !== talk.root?.ts) throw new Error('It is not in the thread.');
      return ['ada presses “Export BibTeX”', 'footnote (in the thread): [papers.bib]'];
    },
  },
  {
    name: 'a vote is taken',
    async run(talk) {
      const answer = need(talk.answer);
      const before = talk.shim.calls.length;
      const up = { type: 'button', action_id: 'feedback', value: `up ${answerIdOf(answer)}` };
      await talk.slack.press(answer, papers, up);
      const failed = talk.shim.calls.slice(before).filter(({ method }) => method !== 'auth.test');
      if (failed.length > 0) throw new Error('It said something.');
      return ['ada presses “Good answer”', '(the button shows that it was pressed)'];
    },
  },
];
