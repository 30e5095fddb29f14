import { fileURLToPath } from 'node:url';
import type { BeirScores } from '../eval/beir.ts';
import { findBreaches, loadFloors, renderBreach } from '../eval/floors.ts';
import type { Report } from '../eval/report.ts';
import type { Embedder } from '../llm/embedder.ts';
import type { CommandContext } from './command.ts';
import { scoreFolder } from './eval-beir.ts';

export interface FloorCheck {
  readonly embedder: Embedder;
  /** What was measured on the development questions. */
  readonly report: Pick<Report, 'retrieval' | 'answers'>;
  readonly floorsFile?: string;
  /** A BEIR folder; a part of its corpus is searched. */
  readonly modernFolder?: string;
}

const DATA = new URL('../../data/eval/', import.meta.url);
const FLOORS_FILE = fileURLToPath(new URL('floors.json', DATA));
// Embedding all of its 5,000 abstracts takes three minutes on two free cores and far more on busy
// ones, of the fifteen that `.ci/run` has. A fifth of those that answer nothing is enough to tell a
// worse ranking; `eval --beir data/eval/modern` measures all.
const THIN_BY = 5;
const MODERN_FOLDER = fileURLToPath(new URL('modern', DATA));

/** Measures the modern questions too and holds all figures against the floors; 1 when one breaks. */
export async function checkFloors(
  context: CommandContext,
  { embedder, report, floorsFile = FLOORS_FILE, modernFolder = MODERN_FOLDER }: FloorCheck,
): Promise<number> {
  const write = (line: string) => void context.stdout.write(`${line}\n`);
  const floors = await loadFloors(floorsFile);
  const { scores } = await scoreFolder(context, {
    embedder,
    folder: modernFolder,
    thinBy: THIN_BY,
  });
  write('');
  write(renderModern(scores));
  const breaches = findBreaches(floors, {
    retrieval: report.retrieval.Footnote ?? {},
    answers: report.answers.Footnote ?? {},
    modern: { ...scores },
  });
  for (const breach of breaches) write(renderBreach(breach));
  write(breaches.length === 0 ? 'All floors hold.' : `${breaches.length} floors are broken.`);
  return breaches.length === 0 ? 0 : 1;
}

function renderModern({ queries, success1, recall10, ndcg10 }: BeirScores): string {
  const share = (value: number) => value.toFixed(3).replace(/^0/, '');
  return `Modern set, ${queries} questions: S@1 ${share(success1)}, R@10 ${share(recall10)}, nDCG@10 ${share(ndcg10)}.`;
}
