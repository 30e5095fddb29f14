import type { Library } from '../assembly.ts';
import { FootnoteError } from '../errors.ts';
import { type BatchReport, syncSource } from '../papers/sync.ts';
import { buildIndex } from '../retrieval/build-index.ts';
import type { Store } from '../store/open-store.ts';
import { errorSentence } from '../terminal/report-error.ts';
import type { CommandContext } from './command.ts';
import { batchesUnderWay } from './ingest-batches.ts';
import { openSources } from './open-sources.ts';
import { buildParts, withProgress } from './prepare-library.ts';

export interface SyncParts {
  readonly library: Library;
  readonly store: Pick<Store, 'arxivTurns' | 'snapshots'>;
  readonly context: CommandContext;
}

export interface SyncChoice {
  readonly names: readonly string[];
  /** Read again from this day on, `YYYY-MM-DD`. */
  readonly since?: string | undefined;
}

/** What a run of several sources came to. */
export interface SyncOutcome {
  readonly reports: readonly BatchReport[];
  /** A sentence for each source that could not be read to its end. */
  readonly failures: readonly string[];
}

/**
 * Reads what is new in each source; one that cannot be asked now does not keep the others from it.
 * What came can be searched by its words at once, and by its meaning when this ends.
 */
export async function syncSources(
  { library, store, context }: SyncParts,
  {
    names,
    since,
    onBatch,
  }: SyncChoice & { readonly onBatch: (source: string, report: BatchReport) => void },
): Promise<SyncOutcome> {
  const { signal } = context;
  const sources = openSources(context.config, { store, context });
  const reports: BatchReport[] = [];
  const failures: string[] = [];
  try {
    for (const name of names) {
      try {
        await syncSource({
          source: sources.open(name, { since }),
          archive: library.index,
          snapshots: store.snapshots,
          alone: (work) => library.buildLock.hold(work, { signal }),
          onBatch: (report) => {
            reports.push(report);
            onBatch(name, report);
          },
          signal,
        });
      } catch (error) {
        if (!(error instanceof FootnoteError) || signal.aborted) throw error;
        failures.push(errorSentence(error));
        // The sentence is told; the rest is for those who look closer.
        context.log.debug('sync.failed', { source: name, err: error });
      }
    }
  } finally {
    await sources.close();
  }
  if (reports.some(({ added, changed }) => added + changed > 0))
    await embedNews({ library, context });
  return { reports, failures };
}

/** Makes the vectors of what came, unless they come through batches. */
export async function embedNews({
  library,
  context,
}: Pick<SyncParts, 'library' | 'context'>): Promise<void> {
  await library.buildLock.hold(
    async () => {
      const embed = (await batchesUnderWay(library)) === 0;
      await withProgress(context, (events) =>
        buildIndex({ ...buildParts(library, context, embed), ...events }),
      );
    },
    { signal: context.signal },
  );
}
