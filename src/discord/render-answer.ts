import type { Answer } from '../answer/answer.ts';
import type { Turn } from '../answer/conversation.ts';
import {
  askedBeforeNote,
  describeCost,
  describeMaker,
  describeTime,
  fallbackNote,
} from '../answer/show/reader-notes.ts';
import { renderNearest, renderPages, renderSources } from './answer-text.ts';
import { button, buttonRow, card, divider, LIMITS, text } from './components.ts';
import { ACTIONS, customId } from './custom-id.ts';
import { escapeMarkdown, escapeWithin } from './escape.ts';
import type { Outgoing } from './outgoing.ts';

/** Who sees an answer, and what may be done with it. */
export interface AnswerView {
  /** Only its asker sees it, who may show it to all. */
  readonly mayShare?: boolean;
  /** Above the answer, where the question does not stand beside it. */
  readonly isQuestionShown?: boolean;
  /** Whether a thread may be opened on it. */
  readonly mayOpenThread?: boolean;
}

const LONGEST_QUESTION = 300;
const LONGEST_NOTE = 500;
/** What stands around the pages and below them. */
const AROUND = 150;
const PAGE = LIMITS.text - AROUND;

/** An answer as one card, or as several where it is long; sources and buttons are on the last one. */
export function renderAnswer(turn: Turn, view: AnswerView): readonly Outgoing[] {
  const { answer } = turn;
  const top = renderTop(turn, view);
  const bottom = renderBottom(turn);
  const isRefusal = answer.kind === 'insufficient-evidence';
  // The first page has room for what stands above it, as each has: pages are of one size.
  const pages = isBare(answer) ? [] : renderPages(answer, PAGE - lengthOf(top));
  const [last = '', ...before] = [...pages].reverse();
  const fits = lengthOf(top) + last.length + lengthOf(bottom) <= PAGE;
  const ends = fits
    ? [{ page: last, below: bottom }]
    : [
        { page: last, below: [] },
        { page: '', below: bottom },
      ];
  const all = [
    ...before.reverse().map((page) => ({ page, below: [] as readonly string[] })),
    ...ends,
  ];
  return all.map(({ page, below }, i) => {
    const above = i === 0 ? top : [];
    const isLast = i === all.length - 1;
    const buttons = isLast ? renderButtons(answer, view) : [];
    const rule = below.length > 0 && (page !== '' || above.length > 0) ? [divider()] : [];
    const parts = [...above, page].map(text);
    return card([...parts, ...rule, ...below.map(text), ...buttons], { isWarning: isRefusal });
  });
}

/** A refusal whose one sentence stands at the top already. */
function isBare({ kind, sentences }: Answer): boolean {
  return kind === 'insufficient-evidence' && sentences.length === 0;
}

function renderTop({ answer, question }: Turn, view: AnswerView): readonly string[] {
  const fallback = fallbackNote(answer);
  const isRefusal = answer.kind === 'insufficient-evidence';
  const refusal = answer.sentences[0]?.text ?? answer.text;
  return [
    ...(view.isQuestionShown ? [`-# Asked: ${escapeWithin(question, LONGEST_QUESTION)}`] : []),
    ...(fallback === undefined ? [] : [`-# ${escapeMarkdown(fallback)}`]),
    ...(isRefusal ? [escapeWithin(refusal, LONGEST_NOTE * 2)] : []),
  ];
}

function renderBottom(turn: Turn): readonly string[] {
  const { answer, papers } = turn;
  const isRefusal = answer.kind === 'insufficient-evidence';
  const lines = [
    renderSources(answer),
    renderNearest(isRefusal ? (answer.nearest ?? []) : [], papers),
    renderAskedBefore(turn),
    renderFooter(answer),
  ];
  return lines.filter((line) => line !== '');
}

function renderAskedBefore({ answer, question }: Turn): string {
  if (answer.askedBefore === undefined) return '';
  const { text: said, titles } = askedBeforeNote(answer.askedBefore, question);
  return `-# ${escapeWithin([said, titles.slice(0, 5).join('; ')].join(' '), LONGEST_NOTE)}`;
}

function renderFooter({ trace, citations }: Answer): string {
  if (citations.length === 0) return '';
  const facts = [describeMaker(trace), describeTime(trace), describeCost(trace)];
  const line = facts.filter((fact) => fact !== undefined).join(' · ');
  return `-# ${escapeWithin(line, LONGEST_NOTE)}`;
}

function renderButtons({ citations, trace }: Answer, { mayShare, mayOpenThread }: AnswerView) {
  const [first] = citations;
  if (first === undefined) return [];
  const { answerId } = trace;
  const made = (label: string, name: string, id: string) => {
    const known = customId(name, id);
    return known === undefined ? [] : [button(label, known)];
  };
  return [
    ...buttonRow([
      ...made('Show evidence', ACTIONS.evidence, answerId),
      ...made('Similar papers', ACTIONS.similar, first.paperId),
      ...made('BibTeX', ACTIONS.bibtex, answerId),
      ...made('👍', ACTIONS.good, answerId),
      ...made('👎', ACTIONS.bad, answerId),
    ]),
    ...buttonRow([
      ...(mayShare ? made('Share to channel', ACTIONS.share, answerId) : []),
      ...(mayOpenThread ? made('Continue in a thread', ACTIONS.thread, answerId) : []),
    ]),
  ];
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length, 0);
}
