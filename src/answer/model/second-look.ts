import { ModelError } from '../../llm/model-error.ts';
import type { Prompts } from '../../llm/prompts.ts';
import type { PaperFilter } from '../../retrieval/paper-index.ts';
import type { Passage, Retrieval } from '../../retrieval/passage.ts';
import type { Retriever } from '../../retrieval/retriever.ts';
import type { Signals } from '../../retrieval/signals.ts';
import { type ModelUse, readText } from './model-call.ts';
import { asData, dataTitle, LONGEST_QUESTION } from './prompt-papers.ts';

const MOST_QUERIES = 3;
const MAX_TOKENS = 120;
const SHOWN_TITLES = 5;
const LOOKED_AT = 20;
// What only the model's own words found counts a little less.
const SUB_SHARE = 0.85;
const QUERY = /^[\p{L}\p{N}][\p{L}\p{N}\s'’,.+/-]{5,119}$/u;

export interface SecondLook {
  readonly retrieval: Retrieval;
  readonly subQueries: readonly string[];
}

/**
 * One round of searches under words that the model proposes, fused with what was found before: each
 * paper keeps its best score. Undefined when the model proposes nothing of use.
 */
export async function lookAgain(
  retrieval: Retrieval,
  {
    question,
    filter,
    retriever,
    use,
    prompts,
  }: {
    readonly question: string;
    readonly filter?: PaperFilter;
    readonly retriever: Retriever;
    readonly use: ModelUse;
    readonly prompts: Prompts;
  },
): Promise<SecondLook | undefined> {
  const titles = retrieval.passages
    .slice(0, SHOWN_TITLES)
    .map(({ paper }) => dataTitle(paper.title));
  const messages = prompts.prompt('sub-queries').render({
    question: asData(question).slice(0, LONGEST_QUESTION),
    titles: titles.join('\n'),
  });
  const subQueries = await propose(use, messages);
  if (subQueries.length === 0) return undefined;
  const found = await Promise.all(
    subQueries.map((query) =>
      retriever.retrieve({
        question: query,
        limit: LOOKED_AT,
        ...(filter !== undefined && { filter }),
      }),
    ),
  );
  return { subQueries, retrieval: { ...retrieval, passages: fuse(retrieval, found) } };
}

async function propose(
  use: ModelUse,
  messages: Parameters<typeof readText>[1]['messages'],
): Promise<readonly string[]> {
  try {
    const reply = await readText(use, { task: 'sub-queries', messages, maxTokens: MAX_TOKENS });
    const lines = reply
      .split('\n')
      .map((line) => line.replace(/^\s*(?:[-*•]|\d[.)])\s*/, '').trim());
    return [...new Set(lines.filter((line) => QUERY.test(line)))].slice(0, MOST_QUERIES);
  } catch (error) {
    if (error instanceof ModelError) return [];
    throw error;
  }
}

function fuse({ passages }: Retrieval, found: readonly Retrieval[]): readonly Passage[] {
  const best = new Map(passages.map((passage) => [passage.paper.id, passage]));
  for (const passage of found.flatMap((one) => one.passages)) {
    const score = passage.score * SUB_SHARE;
    const known = best.get(passage.paper.id);
    const { mention: _, ...unnamed } = passage;
    best.set(passage.paper.id, {
      ...(known ?? unnamed),
      score: Math.max(known?.score ?? 0, score),
      signals: strongest(known?.signals, passage.signals),
    });
  }
  return [...best.values()]
    .toSorted((a, b) => b.score - a.score)
    .map((passage, i) => ({ ...passage, rank: i + 1 }));
}

/** Of both searches: else evidence that was thin stays thin, whatever is found for it. */
function strongest(known: Signals | undefined, found: Signals): Signals {
  const best = (name: keyof Signals) => Math.max(known?.[name] ?? 0, found[name] * SUB_SHARE);
  return {
    dense: best('dense'),
    sentences: best('sentences'),
    clauses: best('clauses'),
    lexical: best('lexical'),
    coverage: best('coverage'),
    // A name in the model's words is not one that the reader used.
    mention: known?.mention ?? 0,
  };
}
