import { foldText } from '../../papers/fold.ts';
import type { Paper } from '../../papers/paper.ts';
import { splitSentences } from '../../papers/sentences.ts';
import type { Passage } from '../../retrieval/passage.ts';

const LONGEST_ABSTRACT = 2_400;
const LONGEST_TITLE = 300;
// With instructions, question and what a repair adds, prompts stay under 3,000 tokens.
const MOST_CHARACTERS = 6_500;
/** How much of a question is put into a prompt. */
export const LONGEST_QUESTION = 800;

/** The papers a model is given, and how they stand in its prompt. */
export interface PromptPapers {
  /** Number 1 is the first. */
  readonly papers: readonly Paper[];
  readonly text: string;
}

/**
 * As many of the passages as fit, best first, numbered and marked as data: nothing in them can end
 * the marks. LaTeX leftovers are folded; quotes of them are found in the stored text all the same.
 */
export function promptPapers(
  passages: readonly Pick<Passage, 'paper'>[],
  most: number,
): PromptPapers {
  const papers: Paper[] = [];
  const blocks: string[] = [];
  let left = MOST_CHARACTERS;
  for (const { paper } of passages.slice(0, most)) {
    const block = renderPaper(paper, papers.length + 1);
    if (block.length > left && papers.length > 0) break;
    left -= block.length;
    papers.push(paper);
    blocks.push(block);
  }
  return { papers, text: blocks.join('\n') };
}

function renderPaper({ title, abstract, date }: Paper, number: number): string {
  const dated = date === undefined ? '' : ` date="${date}"`;
  return `<paper number="${number}"${dated}>\n${dataTitle(foldText(title))}\n${asData(
    foldText(cutToFit(abstract)),
  )}\n</paper>`;
}

/** Foreign text inside a prompt: it can neither open nor close a tag, nor begin a line of ours. */
export function asData(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]+/gu, ' ')
    .replace(/[<\uFE64\uFF1C](?=\s*[/\uFF0F]?\s*[a-z!])/giu, '‹')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A title as data, cut where it is longer than any title. */
export function dataTitle(title: string): string {
  return asData(title).slice(0, LONGEST_TITLE);
}

function cutToFit(abstract: string): string {
  if (abstract.length <= LONGEST_ABSTRACT) return abstract;
  const spans = splitSentences(abstract);
  const last = spans.findLast(({ end }) => end <= LONGEST_ABSTRACT);
  return abstract.slice(0, last?.end ?? LONGEST_ABSTRACT);
}
