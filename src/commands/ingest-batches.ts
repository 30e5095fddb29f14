import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Library } from '../assembly.ts';
import type { EmbedderChoice } from '../config.ts';
import { FootnoteError } from '../errors.ts';
import { createBatchClient } from '../llm/openai-batch-client.ts';
import { createBatchRecords } from '../llm/openai-batch-records.ts';
import { createProgress, type Progress } from '../terminal/progress.ts';
import { safeText } from '../terminal/safe-text.ts';
import type { BatchFailure } from './batch-papers.ts';
import type { CommandContext } from './command.ts';
import { type EmbedBatchReport, embedInBatches } from './embed-batch.ts';

export interface ThroughBatches {
  readonly context: CommandContext;
  readonly choice: Extract<EmbedderChoice, { readonly kind: 'openai' }>;
  readonly wait: boolean;
}

const MOST_REASONS = 5;

const folderOf = ({ config }: Library) => join(config.dataDir, 'state', 'embed-batches');

/** How many batches for this embedder were submitted and not taken in yet. */
export async function batchesUnderWay(library: Library): Promise<number> {
  const folder = folderOf(library);
  return (await createBatchRecords({ folder, model: library.embedder.model }).list()).length;
}

/** Throws FootnoteError `busy` while batches are under way: a plain ingest would pay them again. */
export async function refuseWhileUnderWay(library: Library): Promise<void> {
  const batches = await batchesUnderWay(library);
  if (batches === 0) return;
  throw new FootnoteError(
    'busy',
    `Vectors are under way (batches: ${batches}); embedding now would pay for them twice. Run "npm run ingest -- --embed-batch" to take them in, or delete ${folderOf(library)} to give them up.`,
    { facts: { batches } },
  );
}

/** Embeds what has no vectors through batches, telling how far; false when papers are left. */
export async function embedThroughBatches(
  library: Library,
  { context, choice, wait }: ThroughBatches,
): Promise<boolean> {
  const { index, embedder } = library;
  const { stderr, signal } = context;
  const folder = folderOf(library);
  let progress: Progress | undefined;
  try {
    const report = await embedInBatches({
      index,
      embedder,
      client: await createBatchClient(choice),
      records: createBatchRecords({ folder, model: embedder.model }),
      model: choice.model,
      folder,
      wait,
      tell: (line) => stderr.write(`${safeText(line)}\n`),
      onProgress: ({ done, total }) => {
        progress ??= createProgress({ stream: stderr, label: 'Papers in batches', total });
        progress.update(done);
      },
      sleep: (ms) => sleep(ms, undefined, { signal }),
      signal,
    });
    progress?.end();
    tellReport(report, context);
    return report.failures.length === 0;
  } finally {
    progress?.end();
  }
}

function tellReport({ underWay, failures }: EmbedBatchReport, { stderr }: CommandContext): void {
  if (underWay > 0) {
    stderr.write(
      `Batches under way: ${underWay}. They take up to 24 hours. Run "npm run ingest -- --embed-batch" again to take their vectors in.\n`,
    );
  }
  for (const line of failureLines(failures)) stderr.write(`${safeText(line)}\n`);
}

function failureLines(failures: readonly BatchFailure[]): readonly string[] {
  if (failures.length === 0) return [];
  const counts = new Map<string, number>();
  for (const { reason } of failures) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const reasons = [...counts].sort((a, b) => b[1] - a[1]);
  return [
    ...reasons.slice(0, MOST_REASONS).map(([why, n]) => `Papers without vectors: ${n} (${why}).`),
    'Run "npm run ingest -- --embed-batch" to submit them again, or "npm run ingest" to embed them one by one.',
  ];
}
