import type { Assembly } from '../assembly.ts';
import { FootnoteError } from '../errors.ts';
import {
  type BuildReport,
  type BuildRequest,
  completeLibrary,
  isLibraryWhole,
} from '../retrieval/build-index.ts';
import { createProgress, type Progress } from '../terminal/progress.ts';
import type { CommandContext } from './command.ts';
import { pageLines } from './page-lines.ts';

/**
 * Makes the index ready before a question: with no papers it ingests the pages that ship; with
 * vectors missing it makes them, unless another process is at it already or the disk forbids it.
 */
export async function prepareLibrary(
  assembly: Assembly,
  context: CommandContext,
  { embed = true }: { readonly embed?: boolean } = {},
): Promise<void> {
  const { index, buildLock, config } = assembly;
  if (await isLibraryWhole(index, { embed })) return;
  const { papers } = await index.status();
  const complete = () =>
    withProgress(context, (events) =>
      completeLibrary({
        ...buildParts(assembly, context, embed),
        ...events,
        pagesDir: config.pagesDir,
      }),
    );
  if (papers > 0) {
    await buildLock.tryHold(complete).catch((error) => answerFromWords(error, context));
    return;
  }
  context.stderr.write(`No index yet: reading the saved pages in ${config.pagesDir}.\n`);
  await buildLock.hold(complete, { signal: context.signal, onWait: () => tellWait(context) });
}

/** What a build needs of the assembly, with or without vectors. */
export function buildParts(
  { index, embedder, config }: Pick<Assembly, 'index' | 'embedder' | 'config'>,
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
  build: (events: Pick<BuildRequest, 'onPage' | 'onEmbedded'>) => Promise<BuildReport>,
): Promise<BuildReport> {
  let progress: Progress | undefined;
  try {
    return await build({
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

/** Missing vectors that cannot be written are no reason to answer nothing. */
function answerFromWords(error: unknown, { stderr, log }: CommandContext): void {
  if (!(error instanceof FootnoteError) || error.code !== 'index') throw error;
  stderr.write('The missing vectors cannot be stored; answering from what is there.\n');
  log.warn('index.not-completed', { err: error });
}
