import type { types } from '@slack/bolt';
import type { StatusSection } from '../bot/commands/command.ts';
import type { AskedQuestion } from '../bot/question-queue.ts';
import type { Subscription } from '../digest/subscription.ts';
import { ACTIONS } from './actions.ts';
import { type Block, button, LIMITS, plain } from './blocks.ts';
import { renderDigestsEverywhere } from './digest-list.ts';
import { recentLines, sectionLines } from './render-result.ts';
import { bullets, line, richText, run } from './rich-text.ts';

/** What a Home tab tells. */
export interface HomeFacts {
  readonly sections: readonly StatusSection[];
  readonly questions: readonly AskedQuestion[];
  readonly suggestions: readonly string[];
  /** Of all channels, for those who may change them. */
  readonly digests: readonly Subscription[];
  readonly mayChange: boolean;
}

const HOW_TO_ASK = [
  'Mention me in a channel: I answer in a thread, and follow-ups there need no mention.',
  'Write to me under “Messages”, or use /ask anywhere: only you see the answer.',
  'Choose “Ask the papers” in the menu of a message to ask about what it says.',
  '/papers search WORDS lists papers; /papers help tells the rest.',
];

/** The Home tab: how to ask, what is indexed, what this person asked, and settings for admins. */
export function renderHome(facts: HomeFacts): types.HomeView {
  const { sections, questions, suggestions, digests, mayChange } = facts;
  const head: Block = { type: 'header', text: plain('Footnote', LIMITS.header) };
  const recent = [
    line(run('Your recent questions', { bold: true })),
    bullets(recentLines(questions)),
  ];
  const change = button('Settings of all channels', ACTIONS.settings, 'workspace');
  const blocks: readonly Block[] = [
    head,
    richText(line(run('Every sentence about a paper carries a quote that you can check.'))),
    richText(...sectionLines({ title: 'How to ask', lines: HOW_TO_ASK })),
    ...renderSuggestions(suggestions),
    ...sections.slice(0, 4).map((section) => richText(...sectionLines(section))),
    ...(questions.length === 0 ? [] : [richText(...recent)]),
    ...renderDigestsEverywhere(digests),
  ];
  const settings: Block = { type: 'actions', elements: [change] };
  return { type: 'home', blocks: mayChange ? [...blocks, settings] : [...blocks] };
}

function renderSuggestions(suggestions: readonly string[]): readonly Block[] {
  const asked = suggestions
    .slice(0, 4)
    .map((question, i) => button(question, `${ACTIONS.ask}-${i}`, question));
  const other = button('Ask something else', ACTIONS.ask, '');
  return [{ type: 'actions', elements: [...asked, other] }];
}
