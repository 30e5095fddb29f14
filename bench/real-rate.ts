import { join } from 'node:path';
import type { CommandContext } from '../src/commands/command.ts';
import { createProcessEmbedder } from '../src/llm/process-embedder.ts';
import { readLines } from '../src/papers/json-lines.ts';
import { chunkPaper } from '../src/retrieval/chunk.ts';
import { withTempFolder } from './child.ts';
import { type WantedPaper, wantedIn, writeKaggleFile } from './kaggle-lines.ts';
import { shippedModel } from './shipped-model.ts';

/** How fast the model that ships embeds papers of the same kind. */
export interface RealRate {
  readonly papers: number;
  readonly seconds: number;
  /** Papers a second. */
  readonly rate: number;
}

const PAPERS = 500;
const SEED = 500;

export async function realRate({ signal }: Pick<CommandContext, 'signal'>): Promise<RealRate> {
  const papers = await withTempFolder(makePapers);
  const embedder = await createProcessEmbedder({ folder: shippedModel() });
  try {
    await embedder.embedTexts([{ title: 'warm up', sentences: [] }]);
    const start = performance.now();
    const inputs = papers.flatMap((paper) => chunkPaper(paper, embedder));
    await embedder.embedTexts(inputs, { signal });
    const seconds = (performance.now() - start) / 1_000;
    return { papers: papers.length, seconds, rate: papers.length / seconds };
  } finally {
    await embedder.close();
  }
}

async function makePapers(folder: string): Promise<readonly WantedPaper[]> {
  const file = join(folder, 'lines.jsonl');
  await writeKaggleFile({ file, papers: PAPERS, seed: SEED });
  const papers: WantedPaper[] = [];
  for await (const line of readLines(file))
    papers.push(...[wantedIn(line)].flatMap((one) => one ?? []));
  return papers;
}
