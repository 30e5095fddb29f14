import type { Paper, PaperId } from '../../src/papers/paper.ts';
import { analyse } from '../../src/retrieval/analyzer.ts';
import { namesOf } from '../../src/retrieval/mentions.ts';
import type { IndexedPaper, IndexStatus } from '../../src/retrieval/paper-index.ts';
import type { Passage, Retrieval } from '../../src/retrieval/passage.ts';
import { readQuery } from '../../src/retrieval/query.ts';
import { createTermStatistics, type TermStatistics } from '../../src/retrieval/term-statistics.ts';

/** A made-up paper; a name gives it its id. */
export function makePaper(name: string, changes: Partial<Paper> = {}): Paper {
  return {
    id: `title:${name}` as PaperId, // a test may make ids up
    title: `Paper ${name}`,
    abstract: 'We route tokens. It works.',
    url: `https://papers.example/${name}`,
    sources: [{ page: 'made-up.txt', line: 1 }],
    ...changes,
  };
}

const NO_SIGNALS = { dense: 0, sentences: 0, clauses: 0, lexical: 0, coverage: 0, mention: 0 };

/** A passage of the paper; without signals of its own it is near enough to answer. */
export function makePassage(paper: Paper, changes: Partial<Passage> = {}): Passage {
  const signals = { ...NO_SIGNALS, dense: 0.8, sentences: 0.8, clauses: 0.8, coverage: 1 };
  return { paper, rank: 1, score: 1, signals, sentences: [], ...changes };
}

/** What a question found in a library of these papers, ranked in the order given. */
export async function makeRetrieval(
  question: string,
  passages: readonly Passage[],
  changes: Partial<Retrieval> & { readonly others?: readonly Paper[] } = {},
): Promise<Retrieval> {
  const { others = [], ...rest } = changes;
  const statistics = await statisticsOf([...passages.map(({ paper }) => paper), ...others]);
  const papers = passages.length + others.length;
  return {
    passages: passages.map((passage, i) => ({ ...passage, rank: i + 1 })),
    mode: 'hybrid',
    status: makeStatus(papers),
    query: readQuery({ question }, statistics),
    statistics,
    ms: {},
    ...rest,
  };
}

/** An index of so many papers, all embedded, none dated. */
export function makeStatus(papers: number): IndexStatus {
  return { papers, embedded: papers, dated: 0, version: 1, vectorVersion: 1 };
}

/** Term statistics as an index of these papers has them. */
export function statisticsOf(papers: readonly Paper[]): Promise<TermStatistics> {
  return createTermStatistics(sample(papers));
}

/** So many papers that no word of a single one is common. */
export function fillers(count: number): readonly Paper[] {
  return Array.from({ length: count }, (_, i) =>
    makePaper(`filler-${i}`, { title: `Filler ${i}`, abstract: 'Networks learn from samples.' }),
  );
}

async function* sample(papers: readonly Paper[]): AsyncGenerator<IndexedPaper> {
  for (const paper of papers) {
    yield {
      paper,
      titleTerms: analyse(paper.title),
      bodyTerms: analyse(paper.abstract),
      titleKey: paper.title.toLowerCase(),
      names: namesOf(paper),
    };
  }
}
