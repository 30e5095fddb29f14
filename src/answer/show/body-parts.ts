import type { Answer, AnswerSentence, Citation } from '../answer.ts';
import { shortName } from '../extract/tables.ts';
import { groupStances } from './beside.ts';
import { paperLink } from './paper-link.ts';
import { toParagraphs } from './paragraphs.ts';

/** How a chat writes what an answer is made of. */
export interface Markup {
  escape(text: string): string;
  /** The title of a paper as a heading, foreign as it came. */
  heading(title: string): string;
  strong(text: string): string;
  /** A citation's number, linked where there is a link. */
  marker(n: number, link: string | undefined): string;
}

/** A paragraph or list that may be cut between its pieces, never after its head. */
export interface BodyPart {
  readonly head: string;
  readonly pieces: readonly string[];
  readonly between: ' ' | '\n';
}

/**
 * The sentences of an answer and where papers stand on a claim; for a refusal what follows its first
 * sentence, which chats show apart. Parts and pieces without signs are left out.
 */
export function bodyParts(answer: Answer, markup: Markup): readonly BodyPart[] {
  return [...sentenceParts(answer, markup), ...stanceParts(answer, markup)]
    .map((part) => ({ ...part, pieces: part.pieces.filter((piece) => piece !== '') }))
    .filter(({ pieces }) => pieces.length > 0);
}

/** One sentence with its markers, each linked to its paper where that may be. */
export function renderSentence(
  { text, citations: numbers }: AnswerSentence,
  citations: readonly Citation[],
  markup: Markup,
): string {
  const markers = numbers.map((n) => renderMarker(n, citations, markup)).join('');
  // A no-break space: no line begins with a marker.
  return markers === '' ? markup.escape(text) : `${markup.escape(text)}\u00a0${markers}`;
}

function renderMarker(n: number, citations: readonly Citation[], { marker }: Markup): string {
  const url = citations.find((citation) => citation.n === n)?.url;
  return marker(n, url === undefined ? undefined : paperLink(url));
}

function sentenceParts(answer: Answer, markup: Markup): readonly BodyPart[] {
  if (answer.sentences.length === 0) {
    return [{ head: '', pieces: answer.text.split('\n').map(markup.escape), between: '\n' }];
  }
  const isRefusal = answer.kind === 'insufficient-evidence';
  return toParagraphs(answer).map(({ about, sentences }) => {
    const shown = isRefusal ? sentences.filter((each) => each !== answer.sentences[0]) : sentences;
    return {
      head: about === undefined ? '' : `${markup.heading(about.title)}\n`,
      pieces: shown.map((sentence) => renderSentence(sentence, answer.citations, markup)),
      between: ' ',
    };
  });
}

function stanceParts({ stances = [], citations }: Answer, markup: Markup): readonly BodyPart[] {
  return groupStances(stances).map(({ label, stances: group }) => ({
    head: `${markup.strong(label)}\n`,
    pieces: group.map(({ n, evidence }) => {
      const title = citations.find((citation) => citation.n === n)?.title ?? '';
      const name = markup.escape(shortName(title)) || '(no title)';
      return `- ${name} ${renderMarker(n, citations, markup)} “${markup.escape(evidence.quote)}”`;
    }),
    between: '\n',
  }));
}
