import type { types } from '@slack/bolt';
import { cleanLine } from '../answer/show/clean-text.ts';
import type {
  BotStatus,
  CommandResult,
  FoundPaper,
  SettingsInForce,
  StatusSection,
} from '../bot/commands/command.ts';
import type { Final } from '../bot/reply.ts';
import type { Paper } from '../papers/paper.ts';
import { ACTIONS } from './actions.ts';
import { alert, type Block, button, LIMITS, note, type Rendered } from './blocks.ts';
import { renderDigestList } from './digest-list.ts';
import { renderPreview } from './digest-message.ts';
import { escapeWithin } from './escape.ts';
import { type Audience, renderAnswer, toMessage } from './render-answer.ts';
import { bullets, line, type Run, richText, run, titleRun } from './rich-text.ts';

const LONGEST_ABSTRACT = 5_000;
const MOST_LINES = 20;
const MOST_SECTIONS = 4;
const MOST_SECTION_LINES = 8;
const LONGEST_SECTION_LINE = 260;

/** The end of a reply as one message. */
export function renderFinal(final: Final, audience: Audience): Rendered {
  switch (final.kind) {
    case 'answer':
      return toMessage(renderAnswer(final.turn, audience));
    case 'result':
      return renderResult(final.result);
    case 'refused':
      return renderRefusal(final.text);
    case 'stopped':
      return {
        text: escapeWithin(final.text, LIMITS.text) || 'Stopped',
        blocks: [note(final.text)],
      };
  }
}

/** What came of a command. */
export function renderResult(result: CommandResult): Rendered {
  switch (result.kind) {
    case 'text':
    case 'file':
      return renderLines(result.text.split('\n'));
    case 'refused':
      return renderRefusal(result.text);
    case 'papers':
      return renderPapers(result.heading, result.papers);
    case 'paper':
      return renderPaper(result.paper);
    case 'answer':
      return toMessage(renderAnswer(result.turn, { isPrivate: result.isPrivate }));
    case 'status':
      return renderStatus(result);
    case 'settings':
      return renderSettings(result);
    case 'digest':
      return renderPreview(result.digest);
    case 'digests':
      return renderDigestList(result);
    case 'recent':
      return renderRecent(result.questions.map(({ question, askedAt }) => ({ question, askedAt })));
  }
}

/** A sentence that says why something was not done. */
export function renderRefusal(text: string): Rendered {
  return { text: escapeWithin(text, LIMITS.text) || 'No answer', blocks: alert(text, 'warning') };
}

function renderStatus({ sections, lines }: BotStatus): Rendered {
  return {
    text: escapeWithin(lines.join(' '), LIMITS.text) || 'Status',
    blocks: [richText(...sections.slice(0, MOST_SECTIONS).flatMap(sectionLines))],
  };
}

/** The title of a section and its sentences below it. */
export function sectionLines({ title, lines }: StatusSection) {
  const shown = lines
    .slice(0, MOST_SECTION_LINES)
    .map((each) => line(run(cleanLine(each), { most: LONGEST_SECTION_LINE })));
  const heading = line(run(cleanLine(title), { bold: true, most: LONGEST_SECTION_LINE }));
  return shown.length === 0 ? [heading] : [heading, bullets(shown)];
}

/** A sentence, and a list of more below it. */
export function renderLines(lines: readonly string[], ...more: readonly Block[]): Rendered {
  const shown = lines.slice(0, MOST_LINES);
  const [first = '', ...rest] = shown;
  const below = rest.length === 0 ? [] : [bullets(rest.map((each) => line(run(cleanLine(each)))))];
  return {
    text: escapeWithin(shown.join(' '), LIMITS.text) || '–',
    blocks: [richText(line(run(cleanLine(first))), ...below), ...more],
  };
}

function renderPapers(heading: string, papers: readonly FoundPaper[]): Rendered {
  const shown = papers.slice(0, MOST_LINES);
  const lines = shown.map((paper) => line(titleRun(paper), ...dateRuns(paper.date)));
  const titles = [heading, ...shown.map((each) => each.title)];
  const title = run(cleanLine(heading), { bold: true, most: 500 });
  return {
    text: escapeWithin(titles.join('; '), LIMITS.text) || 'Papers',
    blocks: [richText(line(title), bullets(lines))],
  };
}

function renderPaper(paper: Paper): Rendered {
  const { title, abstract, authors = [], date } = paper;
  const names = cleanLine(authors.slice(0, 8).join(', '));
  const abstractRun = run(cleanLine(abstract), { most: LONGEST_ABSTRACT });
  return {
    text: escapeWithin(title, LIMITS.text) || 'A paper',
    blocks: [
      richText(
        line(titleRun(paper), ...dateRuns(date)),
        ...(names === '' ? [] : [line(run(names, { most: 500 }))]),
        line(abstractRun),
      ),
      { type: 'actions', elements: [button('Similar papers', ACTIONS.similar, paper.id)] },
    ],
  };
}

function renderSettings({ lines, mayChange, scope }: SettingsInForce): Rendered {
  const change: Block = {
    type: 'actions',
    elements: [button('Change settings', ACTIONS.settings, scope)],
  };
  return renderLines(['Settings in force here:', ...lines], ...(mayChange ? [change] : []));
}

/** Questions with the day they were asked. */
export function recentLines(
  questions: readonly { readonly question: string; readonly askedAt: string }[],
): readonly types.RichTextSection[] {
  return questions
    .slice(0, MOST_LINES)
    .map(({ question, askedAt }) =>
      line(run(cleanLine(question), { most: 300 }), ...dateRuns(askedAt)),
    );
}

function renderRecent(
  questions: readonly { readonly question: string; readonly askedAt: string }[],
): Rendered {
  if (questions.length === 0) return renderLines(['You have not asked me anything here yet.']);
  return {
    text: 'Your recent questions',
    blocks: [
      richText(line(run('Your recent questions', { bold: true })), bullets(recentLines(questions))),
    ],
  };
}

function dateRuns(date: string | undefined): readonly Run[] {
  return date === undefined ? [] : [run(` · ${date.slice(0, 10)}`)];
}
