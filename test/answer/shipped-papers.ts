import { readdirSync, readFileSync } from 'node:fs';
import { mergePapers, paperFromRecord } from '../../src/papers/merge.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { parseSavedPage } from '../../src/papers/saved-page.ts';
import { splitSentences } from '../../src/papers/sentences.ts';

/** The papers of the saved pages that ship. */
export function readShippedPapers(): readonly Paper[] {
  const records = readdirSync('data/pages').flatMap(
    (page) => parseSavedPage({ page, text: readFileSync(`data/pages/${page}`, 'utf8') }).records,
  );
  return mergePapers(records.map(paperFromRecord));
}

export interface Sentence {
  readonly paper: Paper;
  readonly text: string;
}

/** Every sentence of the papers' abstracts. */
export function sentencesOf(papers: readonly Paper[]): readonly Sentence[] {
  return papers.flatMap((paper) =>
    splitSentences(paper.abstract).map(({ start, end }) => ({
      paper,
      text: paper.abstract.slice(start, end),
    })),
  );
}

/** The paper whose title begins so, else one that has it in its title. */
export function paperTitled(papers: readonly Paper[], head: string): Paper {
  const found =
    papers.find(({ title }) => title.startsWith(head)) ??
    papers.find(({ title }) => title.includes(head));
  if (found === undefined) throw new Error(`No paper's title begins with ${head}.`);
  return found;
}
