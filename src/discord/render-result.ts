import { ComponentType } from 'discord.js';
import type { CommandResult, FoundPaper } from '../bot/commands/command.ts';
import type { Final } from '../bot/reply.ts';
import type { Paper } from '../papers/paper.ts';
import { button, buttonRow, card, LIMITS, note, text } from './components.ts';
import { ACTIONS, customId } from './custom-id.ts';
import { escapeWithin } from './escape.ts';
import { dateSuffix, titleLink } from './markdown.ts';
import type { Outgoing } from './outgoing.ts';
import { paginate } from './paginate.ts';
import { type AnswerView, renderAnswer } from './render-answer.ts';

const LONGEST_ABSTRACT = 3_000;
const MOST_LINES = 20;
const LONGEST_LINE = 300;
const LONGEST_TEXT = 3_500;
const MOST_PAGES = 5;

/** The end of a reply; long answers are several messages. */
export function renderFinal(final: Final, view: AnswerView): readonly Outgoing[] {
  switch (final.kind) {
    case 'answer':
      return renderAnswer(final.turn, view);
    case 'result':
      return renderResult(final.result);
    case 'refused':
      return [renderRefusal(final.text)];
    case 'stopped':
      return [card([note(escapeWithin(final.text, LONGEST_TEXT))])];
  }
}

/** What came of a command. */
export function renderResult(result: CommandResult): readonly Outgoing[] {
  switch (result.kind) {
    case 'text':
    case 'digest':
    case 'digests':
      return [renderLines(result.text.split('\n'))];
    case 'file':
      return [renderFile(result)];
    case 'refused':
      return [renderRefusal(result.text)];
    case 'papers':
      return [renderPapers(result.heading, result.papers)];
    case 'paper':
      return [renderPaper(result.paper)];
    case 'answer':
      return renderAnswer(result.turn, {});
    case 'status':
      return [renderLines(result.lines)];
    case 'settings':
      return [renderLines(['Settings in force here:', ...result.lines])];
    case 'recent':
      return [renderRecent(result.questions)];
  }
}

/** A sentence that says why something was not done. */
export function renderRefusal(sentence: string): Outgoing {
  return card([text(escapeWithin(sentence, LONGEST_TEXT) || 'No answer')], { isWarning: true });
}

function renderLines(lines: readonly string[]): Outgoing {
  const room = LIMITS.text / Math.min(Math.max(lines.length, 1), MOST_LINES) - 1;
  const shown = lines.slice(0, MOST_LINES).map((line) => escapeWithin(line, room));
  return card([text(shown.join('\n'))]);
}

function renderFile({
  name,
  content,
  text: said,
}: CommandResult & { readonly kind: 'file' }): Outgoing {
  const file = { type: ComponentType.File, file: { url: `attachment://${name}` } } as const;
  return { ...card([text(escapeWithin(said, LONGEST_TEXT)), file]), files: [{ name, content }] };
}

function renderPapers(heading: string, papers: readonly FoundPaper[]): Outgoing {
  const lines = papers
    .slice(0, 10)
    .map((paper, i) => `${i + 1}. ${titleLink(paper, 150)}${dateSuffix(paper.date)}`);
  return card([text(`**${escapeWithin(heading, LONGEST_LINE)}**`), text(lines.join('\n'))]);
}

function renderPaper(paper: Paper): Outgoing {
  const { abstract, authors = [], date, id } = paper;
  const names = escapeWithin(authors.slice(0, 8).join(', '), LONGEST_LINE);
  const similar = customId(ACTIONS.similar, id);
  return card([
    text(`${titleLink(paper)}${dateSuffix(date)}`),
    note(names),
    text(escapeWithin(abstract, LONGEST_ABSTRACT)),
    ...buttonRow(similar === undefined ? [] : [button('Similar papers', similar)]),
  ]);
}

function renderRecent(
  questions: readonly { readonly question: string; readonly askedAt: string }[],
): Outgoing {
  if (questions.length === 0) return renderLines(['You have not asked me anything here yet.']);
  const lines = questions
    .slice(0, 10)
    .map(
      ({ question, askedAt }) => `- ${escapeWithin(question, LONGEST_LINE)}${dateSuffix(askedAt)}`,
    );
  return card([text('**Your recent questions**'), text(lines.join('\n'))]);
}

const FENCE = '```';

/** A BibTeX file as text, in as many messages as it needs, each of whole entries in a fence. */
export function renderBibtexText({
  content,
}: CommandResult & { readonly kind: 'file' }): readonly Outgoing[] {
  // Nothing in it may end the fence.
  const entries = content
    .replaceAll('`', 'ˋ')
    .trim()
    .split(/\n\n(?=@)/);
  const pieces = entries.map((entry) => entry.slice(0, LONGEST_TEXT));
  const pages = paginate([{ head: '', pieces, between: '\n' }], LONGEST_TEXT);
  return pages
    .slice(0, MOST_PAGES)
    .map((page) => card([text(`${FENCE}bibtex\n${page}\n${FENCE}`)]));
}
