import type { Assembly } from '../assembly.ts';
import type { PageReport } from '../papers/ingest.ts';
import { buildIndex } from '../retrieval/build-index.ts';
import { createProgress, type Progress } from '../terminal/progress.ts';
import type { CommandContext } from './command.ts';
import { pageLines } from './page-lines.ts';

/**
 * Makes the index ready before a question: with no papers it ingests the pages that ship; with
 * vectors missing it makes them, unless another process is at it already.
 */
export async function prepareLibrary(
  assembly: Assembly,
  context: CommandContext,
  { embed = true }: { readonly embed?: boolean } = {},
): Promise<void> {
  const { index, buildLock } = assembly;
  const { papers, embedded } = await index.status();
  if (papers > 0 && (!embed || embedded >= papers)) return;
  if (papers > 0) {
    await buildLock.tryHold(() => build(assembly, context, { paths: [], embed }));
    return;
  }
  context.stderr.write(`No index yet: reading the saved pages in ${assembly.config.pagesDir}.\n`);
  await buildLock.hold(
    () => build(assembly, context, { paths: [assembly.config.pagesDir], embed }),
    {
      onWait: () =>
        context.stderr.write('Another process is building the index; waiting for it.\n'),
      signal: context.signal,
    },
  );
}

/** Runs `buildIndex` with its progress on standard error. */
export async function build(
  { index, embedder, config }: Pick<Assembly, 'index' | 'embedder' | 'config'>,
  { stderr, signal }: CommandContext,
  { paths, embed }: { readonly paths: readonly string[]; readonly embed: boolean },
): Promise<readonly PageReport[]> {
  let progress: Progress | undefined;
  try {
    const { pages } = await buildIndex({
      index,
      paths,
      signal,
      ...(embed && { embedder }),
      ...(config.pageYear !== undefined && { year: config.pageYear }),
      onPage: (report) => {
        for (const line of pageLines(report)) stderr.write(`${line}\n`);
      },
      onEmbedded: ({ done, total }) => {
        progress ??= createProgress({ stream: stderr, label: 'Embedding papers', total });
        progress.update(done);
      },
    });
    return pages;
  } finally {
    progress?.end();
  }
}
