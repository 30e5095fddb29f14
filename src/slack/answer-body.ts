import type { Answer, AnswerSentence, Citation } from '../answer/answer.ts';
import {
  type BodyPart,
  bodyParts,
  type Markup,
  renderSentence as renderIn,
} from '../answer/show/body-parts.ts';
import { escapeMarkdown, escapeWithin } from './escape.ts';

const CUT = '\n\n_The answer is longer than Slack shows; the sources have the rest._';
const LONGEST_TITLE = 300;

const MARKDOWN: Markup = {
  escape: escapeMarkdown,
  heading: (title) => `**${escapeWithin(title, LONGEST_TITLE, escapeMarkdown) || '(no title)'}**`,
  strong: (text) => `**${text}**`,
  // The brackets stand outside of the link: brackets within its label are read differently.
  marker: (n, link) => (link === undefined ? `[${n}]` : `[[${n}](${link})]`),
};

/**
 * The sentences of an answer in Markdown, and where papers stand on a claim; for a refusal what
 * follows its first sentence. At most so many characters: whole sentences are left out at the end,
 * and it says so.
 */
export function renderBody(answer: Answer, most: number): string {
  return withinLength(bodyParts(answer, MARKDOWN), most);
}

/** One sentence with its markers, each linked to its paper where that may be. */
export function renderSentence(sentence: AnswerSentence, citations: readonly Citation[]): string {
  return renderIn(sentence, citations, MARKDOWN);
}

function withinLength(parts: readonly BodyPart[], most: number): string {
  const whole = parts.map(({ head, pieces, between }) => head + pieces.join(between)).join('\n\n');
  if (whole.length <= most) return whole;
  let text = '';
  for (const { head, pieces, between } of parts) {
    for (const [i, piece] of pieces.entries()) {
      const longer = `${text}${i === 0 ? `${text === '' ? '' : '\n\n'}${head}` : between}${piece}`;
      if (longer.length + CUT.length > most) return `${text}${CUT}`.trimStart();
      text = longer;
    }
  }
  return text;
}
