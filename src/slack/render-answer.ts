import type { Answer } from '../answer/answer.ts';
import type { Turn } from '../answer/conversation.ts';
import { cleanLine } from '../answer/show/clean-text.ts';
import {
  askedBeforeNote,
  describeCost,
  describeMaker,
  describeTime,
  fallbackNote,
} from '../answer/show/reader-notes.ts';
import { ACTIONS } from './actions.ts';
import { renderBody } from './answer-body.ts';
import { renderNearest, renderSources, renderTable } from './answer-sources.ts';
import { alert, type Block, button, LIMITS, note, plain, type Rendered } from './blocks.ts';
import { escapeWithin } from './escape.ts';
import { line, richText, run } from './rich-text.ts';

/** An answer in three parts: a stream shows the body sentence by sentence and adds what is below. */
export interface RenderedAnswer {
  /** For notifications and screen readers, escaped as mrkdwn. */
  readonly text: string;
  readonly above: readonly Block[];
  /** Markdown; empty where all is said above and below. */
  readonly body: string;
  readonly below: readonly Block[];
}

const LONGEST_QUESTION = 300;

/** How much each part may hold, from roomy to tight: the first that keeps a message's limit is taken. */
const LEVELS = [
  { body: 9_000, title: 300, quote: 600, cell: 400, columns: 6, rows: 12, sources: 20 },
  { body: 7_000, title: 200, quote: 240, cell: 200, columns: 6, rows: 10, sources: 20 },
  { body: 5_000, title: 150, quote: 120, cell: 120, columns: 5, rows: 7, sources: 12 },
  { body: 2_000, title: 100, quote: 0, cell: 60, columns: 4, rows: 5, sources: 8 },
] as const;

/** Who sees an answer, and where its asker may post it for all. */
export interface Audience {
  /** Its asker alone, who may share it. */
  readonly isPrivate: boolean;
  /** The thread that it is shared in, instead of the channel itself. */
  readonly shareIn?: string;
  /** What the person is called who shared it; the question stands above it then. */
  readonly sharedBy?: string;
}

/** An answer with its sources, its buttons and what a reader should know about it. */
export function renderAnswer(turn: Turn, audience: Audience): RenderedAnswer {
  const levels = LEVELS.map((level) => () => renderAt(turn, audience, level));
  const [first, ...tighter] = levels;
  let rendered = first?.();
  for (const render of tighter) {
    if (rendered !== undefined && fits(rendered)) break;
    rendered = render();
  }
  if (rendered === undefined) throw new Error('There is no level.');
  return rendered;
}

/** The same as one message. */
export function toMessage({ text, above, body, below }: RenderedAnswer): Rendered {
  const said: readonly Block[] = body === '' ? [] : [{ type: 'markdown', text: body }];
  return { text, blocks: [...above, ...said, ...below] };
}

/** Counted with the JSON around it: how Slack counts is not documented. */
function fits(rendered: RenderedAnswer): boolean {
  return JSON.stringify(toMessage(rendered).blocks).length <= LIMITS.message;
}

function renderAt(turn: Turn, audience: Audience, level: (typeof LEVELS)[number]): RenderedAnswer {
  const { answer, papers } = turn;
  const { sharedBy } = audience;
  const isRefusal = answer.kind === 'insufficient-evidence';
  const fallback = fallbackNote(answer);
  const refusal = answer.sentences[0]?.text ?? answer.text;
  return {
    text: escapeWithin(answer.text, LIMITS.text) || 'An answer',
    above: [
      ...(sharedBy === undefined ? [] : [renderSharer(turn.question, sharedBy)]),
      ...(fallback === undefined ? [] : [note(fallback)]),
      ...(isRefusal ? alert(refusal) : []),
    ],
    body: isRefusal && answer.sentences.length === 0 ? '' : renderBody(answer, level.body),
    below: [
      ...(answer.narrowed === undefined ? [] : [note(answer.narrowed)]),
      ...renderTable(answer, level),
      ...renderSources(answer, level),
      ...renderNearest(isRefusal ? (answer.nearest ?? []) : [], papers),
      ...renderAskedBefore(turn),
      ...renderButtons(answer, audience),
      ...renderFooter(answer),
    ],
  };
}

function renderAskedBefore({ answer, question }: Turn): readonly Block[] {
  if (answer.askedBefore === undefined) return [];
  const { text, titles } = askedBeforeNote(answer.askedBefore, question);
  const named = titles.slice(0, 5).map((title) => cleanLine(title).slice(0, 150) || '(no title)');
  return [note([cleanLine(text), named.join('; ')].join(' ').trim().slice(0, 1_500))];
}

function renderButtons(
  { citations, trace }: Answer,
  { isPrivate, shareIn }: Audience,
): readonly Block[] {
  const [first] = citations;
  if (first === undefined) return [];
  const { answerId } = trace;
  const elements = [
    button('Show evidence', ACTIONS.evidence, answerId),
    button('Similar papers', ACTIONS.similar, first.paperId),
    button('Export BibTeX', ACTIONS.bibtex, answerId),
    ...(isPrivate ? [shareButton(answerId, shareIn)] : []),
  ];
  return [
    { type: 'actions', elements },
    {
      type: 'context_actions',
      elements: [
        {
          type: 'feedback_buttons',
          action_id: ACTIONS.feedback,
          positive_button: { text: plain('Good answer', LIMITS.label), value: `up ${answerId}` },
          negative_button: { text: plain('Bad answer', LIMITS.label), value: `down ${answerId}` },
        },
      ],
    },
  ];
}

function shareButton(answerId: string, shareIn: string | undefined) {
  return shareIn === undefined
    ? button('Share to channel', ACTIONS.share, answerId)
    : button('Post in thread', ACTIONS.share, `${answerId} ${shareIn}`);
}

/** What a shared answer answers, and who shows it: as text, which mentions nobody. */
function renderSharer(question: string, sharedBy: string): Block {
  const asked = run(cleanLine(question), { bold: true, most: LONGEST_QUESTION });
  return richText(line(asked, run(` · shared by ${sharedBy}`)));
}

function renderFooter({ trace, citations }: Answer): readonly Block[] {
  if (citations.length === 0) return [];
  const facts = [describeMaker(trace), describeTime(trace), describeCost(trace)];
  return [note(facts.filter((fact) => fact !== undefined).join(' · '))];
}
