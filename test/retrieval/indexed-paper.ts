import { foldTitle } from '../../src/papers/fold.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { paperId } from '../../src/papers/paper-id.ts';
import { analyse } from '../../src/retrieval/analyzer.ts';
import { namesOf } from '../../src/retrieval/mentions.ts';
import type { IndexedPaper } from '../../src/retrieval/paper-index.ts';
import { createTermStatistics, type TermStatistics } from '../../src/retrieval/term-statistics.ts';

/** A made-up paper from its title and abstract; its id is made from the title. */
export function makePaper(
  title: string,
  abstract = 'No words.',
  changes: Partial<Paper> = {},
): Paper {
  const id = paperId({ title });
  const sources = [{ page: 'page.txt', line: 1 }];
  return { id, title, abstract, url: `https://papers.test/${id}`, sources, ...changes };
}

/** The paper as an index keeps it. */
export function indexed(paper: Paper): IndexedPaper {
  return {
    paper,
    titleTerms: analyse(paper.title),
    bodyTerms: analyse(paper.abstract),
    titleKey: foldTitle(paper.title),
    names: namesOf(paper),
  };
}

/** What a corpus of these papers says about words. */
export function statisticsOf(papers: readonly Paper[]): Promise<TermStatistics> {
  return createTermStatistics(
    (async function* () {
      for (const paper of papers) yield indexed(paper);
    })(),
  );
}
