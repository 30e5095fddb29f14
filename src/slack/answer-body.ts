import type { Answer, AnswerSentence, Citation } from '../answer/answer.ts';
import { shortName } from '../answer/extract/tables.ts';
import { groupStances } from '../answer/show/beside.ts';
import { toParagraphs } from '../answer/show/paragraphs.ts';
import { escapeMarkdown, escapeWithin } from './escape.ts';
import { paperLink } from './link.ts';

const CUT = '\n\n_The answer is longer than Slack shows; the sources have the rest._';
const LONGEST_TITLE = 300;

/**
 * The sentences of an answer in Markdown, and where papers stand on a claim; for a refusal what
 * follows its first sentence. At most so many characters: whole sentences are left out at the end,
 * and it says so.
 */
export function renderBody(answer: Answer, most: number): string {
  return withinLength([...sentenceParts(answer), ...stanceParts(answer)], most);
}

/** A paragraph or list that may be cut between its pieces, never after its head. */
interface Part {
  readonly head: string;
  readonly pieces: readonly string[];
  readonly between: ' ' | '\n';
}

/** One sentence with its markers, each linked to its paper where that may be. */
export function renderSentence(
  { text, citations: numbers }: AnswerSentence,
  citations: readonly Citation[],
): string {
  const markers = numbers.map((n) => renderMarker(n, citations)).join('');
  // A no-break space: no line begins with a marker.
  return markers === '' ? escapeMarkdown(text) : `${escapeMarkdown(text)}\u00a0${markers}`;
}

/** The brackets stand outside of the link: brackets within its label are read differently. */
function renderMarker(n: number, citations: readonly Citation[]): string {
  const url = citations.find((citation) => citation.n === n)?.url;
  const link = url === undefined ? undefined : paperLink(url);
  return link === undefined ? `[${n}]` : `[[${n}](${link})]`;
}

function sentenceParts(answer: Answer): readonly Part[] {
  if (answer.sentences.length === 0) {
    return [{ head: '', pieces: answer.text.split('\n').map(escapeMarkdown), between: '\n' }];
  }
  const isRefusal = answer.kind === 'insufficient-evidence';
  return toParagraphs(answer).map(({ about, sentences }) => {
    const shown = isRefusal ? sentences.filter((each) => each !== answer.sentences[0]) : sentences;
    return {
      head: about === undefined ? '' : `**${boldTitle(about)}**\n`,
      pieces: shown.map((sentence) => renderSentence(sentence, answer.citations)),
      between: ' ',
    };
  });
}

function boldTitle({ title }: Citation): string {
  return escapeWithin(title, LONGEST_TITLE, escapeMarkdown) || '(no title)';
}

function stanceParts({ stances = [], citations }: Answer): readonly Part[] {
  return groupStances(stances).map(({ label, stances: group }) => ({
    head: `**${label}**\n`,
    pieces: group.map(({ n, evidence }) => {
      const title = citations.find((citation) => citation.n === n)?.title ?? '';
      const name = escapeMarkdown(shortName(title)) || '(no title)';
      return `- ${name} ${renderMarker(n, citations)} “${escapeMarkdown(evidence.quote)}”`;
    }),
    between: '\n',
  }));
}

function withinLength(parts: readonly Part[], most: number): string {
  const shown = parts
    .map((part) => ({ ...part, pieces: part.pieces.filter((piece) => piece !== '') }))
    .filter(({ pieces }) => pieces.length > 0);
  const whole = shown.map(({ head, pieces, between }) => head + pieces.join(between)).join('\n\n');
  if (whole.length <= most) return whole;
  let text = '';
  for (const { head, pieces, between } of shown) {
    for (const [i, piece] of pieces.entries()) {
      const longer = `${text}${i === 0 ? `${text === '' ? '' : '\n\n'}${head}` : between}${piece}`;
      if (longer.length + CUT.length > most) return `${text}${CUT}`.trimStart();
      text = longer;
    }
  }
  return text;
}
