import type { Paper, PaperId } from '../papers/paper.ts';
import type { AnswerSentence, Citation, Evidence } from './answer.ts';

/** A sentence on its way into an answer; quotes are stretches of the paper's stored abstract. */
export interface DraftSentence {
  readonly text: string;
  readonly quotes: readonly Quote[];
}

export interface Quote {
  readonly paper: Paper;
  readonly start: number;
  readonly end: number;
}

export interface CitedDraft {
  readonly text: string;
  readonly sentences: readonly AnswerSentence[];
  readonly citations: readonly Citation[];
  readonly papers: readonly Paper[];
}

/** A verbatim sentence of an abstract, cited. */
export function quoted(quote: Quote): DraftSentence {
  return { text: quoteText(quote), quotes: [quote] };
}

/** The words of a quote, as they stand in the stored abstract. */
export function quoteText({ paper, start, end }: Quote): string {
  return paper.abstract.slice(start, end);
}

/** A quote as answers show it. */
export function toEvidence(quote: Quote): Evidence {
  return { quote: quoteText(quote), start: quote.start, end: quote.end };
}

/** A sentence of our own that says nothing about any paper. */
export function framing(text: string): DraftSentence {
  return { text, quotes: [] };
}

/**
 * Numbers the papers in order of first use, one citation a paper with all its quotes; those that
 * stand `beside` the sentences, in a table, come last.
 */
export function cite(drafts: readonly DraftSentence[], beside: readonly Quote[] = []): CitedDraft {
  const papers = new Map<PaperId, { readonly paper: Paper; readonly evidence: Evidence[] }>();
  const sentences = drafts.map(({ text, quotes }): AnswerSentence => {
    for (const quote of quotes) addEvidence(papers, quote);
    const numbers = quotes.map(({ paper }) => [...papers.keys()].indexOf(paper.id) + 1);
    return { text, citations: [...new Set(numbers)] };
  });
  for (const quote of beside) addEvidence(papers, quote);
  const cited = [...papers.values()];
  return {
    text: sentences.map(withMarkers).join(' '),
    sentences,
    citations: cited.map(({ paper, evidence }, i) => ({
      n: i + 1,
      paperId: paper.id,
      title: paper.title,
      url: paper.url,
      ...(paper.date !== undefined && { date: paper.date }),
      evidence,
    })),
    papers: cited.map(({ paper }) => paper),
  };
}

function addEvidence(
  papers: Map<PaperId, { readonly paper: Paper; readonly evidence: Evidence[] }>,
  quote: Quote,
): void {
  const { paper, start, end } = quote;
  const known = papers.get(paper.id) ?? { paper, evidence: [] };
  papers.set(paper.id, known);
  if (known.evidence.some((evidence) => evidence.start === start && evidence.end === end)) return;
  known.evidence.push(toEvidence(quote));
}

function withMarkers({ text, citations }: AnswerSentence): string {
  return citations.length === 0 ? text : `${text} ${citations.map((n) => `[${n}]`).join('')}`;
}
