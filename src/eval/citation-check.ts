import type { Answer, AnswerSentence, Citation, Intent } from '../answer/answer.ts';
import type { PaperId } from '../papers/paper.ts';

/** The stored abstract of a paper; nothing when it is not stored. */
export type AbstractOf = (paperId: PaperId) => string | undefined;

/** Intents whose answers speak of papers; the others speak of the library or of the bot. */
const INTENTS_ABOUT_PAPERS: ReadonlySet<Intent> = new Set([
  'ask',
  'list',
  'compare',
  'similar',
  'claim',
]);

/** Sentences about the library, the bot itself or what is not stated: nothing there to quote. */
const FRAMING = [
  /:$/,
  /^I\b/,
  /\b(?:the|this|my|our) (?:library|corpus|index|collection)\b/i,
  /\bindexed (?:abstracts|papers)\b/i,
  /\b(?:do|does) not (?:state|say|mention|give|report|name|cover|compare)\b/i,
];

/**
 * What is wrong with an answer's citations, in words; empty when nothing is. Every sentence about a
 * paper needs a citation, every citation number must exist, every citation needs a quote, and each
 * quote must equal the stored abstract between its offsets. A sentence without citation counts as
 * about a paper unless the answer is a refusal or its intent or wording frames the answer.
 */
export function findCitationProblems(answer: Answer, abstractOf: AbstractOf): string[] {
  const numbers = new Set(answer.citations.map((citation) => citation.n));
  return [
    ...uncitedSentences(answer).map(({ text }) => `no citation: ${text}`),
    ...answer.sentences
      .flatMap(({ citations }) => citations)
      .filter((n) => !numbers.has(n))
      .map((n) => `no such citation: [${n}]`),
    ...answer.citations.flatMap((citation) => quoteProblems(citation, abstractOf)),
  ];
}

function uncitedSentences(answer: Answer): AnswerSentence[] {
  const isAboutPapers = answer.kind === 'answered' && INTENTS_ABOUT_PAPERS.has(answer.intent);
  if (!isAboutPapers) return [];
  return answer.sentences.filter(
    ({ text, citations }) =>
      citations.length === 0 && !FRAMING.some((pattern) => pattern.test(text.trim())),
  );
}

function quoteProblems(citation: Citation, abstractOf: AbstractOf): string[] {
  const place = `[${citation.n}] ${citation.paperId}`;
  const abstract = abstractOf(citation.paperId);
  if (abstract === undefined) return [`${place}: no such paper`];
  if (citation.evidence.length === 0) return [`${place}: no quote`];
  return citation.evidence
    .filter(({ quote, start, end }) => quote === '' || quote !== abstract.slice(start, end))
    .map(({ quote, start, end }) => `${place}: not at ${start}-${end}: "${quote}"`);
}
