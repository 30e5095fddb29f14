import type { Library } from '../assembly.ts';
import { FootnoteError } from '../errors.ts';
import {
  type BuildReport,
  type BuildRequest,
  completeLibrary,
  isLibraryWhole,
} from '../retrieval/build-index.ts';
import {
  findUnfinishedReading,
  isUnfinished,
  type UnfinishedReading,
} from '../retrieval/unfinished-reading.ts';
import { createProgress, type Progress } from '../terminal/progress.ts';
import { errorSentence } from '../terminal/report-error.ts';
import type { CommandContext } from './command.ts';
import { batchesUnderWay } from './ingest-batches.ts';
import { pageLines, unfinishedLines } from './page-lines.ts';

const FROM_THE_REST = 'answering from what is there.\n';

/**
 * Makes the index ready before a question: with no papers it ingests the pages that ship; a reading
 * that was cut short it ends and missing vectors it makes, unless another process is at it already
 * or the disk forbids it, and then it says so.
 */
export async function prepareLibrary(
  library: Library,
  context: CommandContext,
  { embed: wanted = true }: { readonly embed?: boolean } = {},
): Promise<void> {
  const { index, buildLock, config } = library;
  // Vectors that are under way through batches would be paid for twice.
  const embed = wanted && (await batchesUnderWay(library)) === 0;
  if (await isLibraryWhole(index, { embed })) return;
  const { papers } = await index.status();
  const unfinished = await findUnfinishedReading(index);
  const complete = () =>
    withProgress(context, (events) =>
      completeLibrary({
        ...buildParts(library, context, embed),
        ...events,
        pagesDir: config.pagesDir,
      }),
    );
  if (papers > 0) {
    try {
      const isDone = (await buildLock.tryHold(complete)) !== undefined;
      if (!isDone) context.stderr.write(`Another process is building the index; ${FROM_THE_REST}`);
    } catch (error) {
      answerFromTheRest(error, { unfinished, context });
    }
    return;
  }
  if (unfinished.paths.length === 0) {
    context.stderr.write(`No index yet: reading the saved pages in ${config.pagesDir}.\n`);
  }
  await buildLock.hold(complete, { signal: context.signal, onWait: () => tellWait(context) });
}

/** What a build needs of the library, with or without vectors. */
export function buildParts(
  { index, embedder, config }: Pick<Library, 'index' | 'embedder' | 'config'>,
  { signal }: CommandContext,
  embed: boolean,
): Pick<BuildRequest, 'index' | 'embedder' | 'year' | 'signal'> {
  return {
    index,
    signal,
    ...(embed && { embedder }),
    ...(config.pageYear !== undefined && { year: config.pageYear }),
  };
}

/** Runs a build with what became of each page, and how far the vectors are, on standard error. */
export async function withProgress(
  { stderr }: CommandContext,
  build: (
    events: Pick<BuildRequest, 'onUnfinished' | 'onPage' | 'onEmbedded'>,
  ) => Promise<BuildReport>,
): Promise<BuildReport> {
  let progress: Progress | undefined;
  try {
    return await build({
      onUnfinished: (unfinished) => {
        for (const line of unfinishedLines(unfinished)) stderr.write(`${line}\n`);
      },
      onPage: (report) => {
        for (const line of pageLines(report)) stderr.write(`${line}\n`);
      },
      onEmbedded: ({ done, total }) => {
        progress ??= createProgress({ stream: stderr, label: 'Embedding papers', total });
        progress.update(done);
      },
    });
  } finally {
    progress?.end();
  }
}

export function tellWait({ stderr }: CommandContext): void {
  stderr.write('Another process is building the index; waiting for it.\n');
}

/** What is missing and cannot be stored is no reason to answer nothing. */
function answerFromTheRest(
  error: unknown,
  {
    unfinished,
    context: { stderr, log },
  }: { readonly unfinished: UnfinishedReading; readonly context: CommandContext },
): void {
  if (!(error instanceof FootnoteError) || error.code !== 'index') throw error;
  const missing = isUnfinished(unfinished)
    ? 'The last reading of pages was cut short; the papers that it left out'
    : 'The missing vectors';
  stderr.write(`${missing} cannot be stored; ${FROM_THE_REST}${errorSentence(error)}\n`);
  log.warn('index.not-completed', { err: error });
}
