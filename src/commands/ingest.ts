import { type Library, type LibraryOptions, openLibrary } from '../assembly.ts';
import type { EmbedderChoice } from '../config.ts';
import { findPageFiles } from '../papers/page-files.ts';
import { buildIndex, isLibraryWhole } from '../retrieval/build-index.ts';
import { type CommandContext, readArguments, wrongUsage } from './command.ts';
import { embedThroughBatches, refuseWhileUnderWay } from './ingest-batches.ts';
import {
  BULK_OPTIONS,
  BULK_USAGE,
  checkBulkFiles,
  pageOf,
  readBulkChoice,
  readBulkFiles,
} from './ingest-bulk.ts';
import { ingestNamed, sortInputs } from './ingest-named.ts';
import { beginLean } from './lean-process.ts';
import { buildParts, tellWait, withProgress } from './prepare-library.ts';
import { rescueIndex } from './rescue-index.ts';

const USAGE = `npm run ingest -- [--rebuild] [--resolve] [--embed-batch [--no-wait]] ${BULK_USAGE} [FILE|DIR|ARXIV-ID ...]`;

/**
 * `ingest`: reads saved pages, and files with one paper a line however long, and embeds what is new,
 * with `--embed-batch` through OpenAI's Batch API; 1 when a whole page or file was refused or papers
 * were left without vectors.
 */
export async function runIngest(
  context: CommandContext,
  { embedder }: Pick<LibraryOptions, 'embedder'> = {},
): Promise<number> {
  const { values, positionals } = readArguments(context.args, {
    options: {
      ...BULK_OPTIONS,
      rebuild: { type: 'boolean' },
      'embed-batch': { type: 'boolean' },
      'no-wait': { type: 'boolean' },
      resolve: { type: 'boolean' },
    },
    usage: USAGE,
  });
  const { rest, ...named } = sortInputs(positionals);
  const bulk = readBulkChoice(rest, values, USAGE);
  await checkBulkFiles(bulk);
  if (bulk.files.length > 0) beginLean();
  const resolve = values.resolve === true;
  const isNamed = named.ids.length + named.files.length > 0 || resolve;
  const code = isNamed ? await ingestNamed(context, { ...named, resolve }) : 0;
  if (isNamed && rest.length === 0) return code;
  const { config, stdout, signal } = context;
  const batch = batchChoice(config.embedder, values);
  const paths = rest.length > 0 ? bulk.paths : [config.pagesDir];
  const found = await findPageFiles(paths); // wrong names are told before the index is made
  if (values.rebuild === true) {
    await rescueIndex(context, [...found.map(({ page }) => page), ...bulk.files.map(pageOf)]);
  }
  const library = await openLibrary(config, {
    switchModel: values.rebuild === true,
    ...(embedder && { embedder }),
  });
  const { index } = library;
  try {
    const isWhole = await library.buildLock.hold(
      async () => {
        if (batch === undefined) await refuseWhileUnderWay(library);
        const embed = batch === undefined;
        const isBulkRead = await readBulkFiles(library, { context, choice: bulk, embed });
        const isRead =
          (bulk.files.length > 0 &&
            paths.length === 0 &&
            (await isLibraryWhole(index, { embed }))) ||
          (await readPages(library, { context, paths, embed }));
        const isEmbedded =
          batch === undefined || (await embedThroughBatches(library, { context, ...batch }));
        return isBulkRead && isRead && isEmbedded;
      },
      { signal, onWait: () => tellWait(context) },
    );
    const { papers, embedded } = await index.status();
    stdout.write(`${papers} papers in the index, ${embedded} of them embedded.\n`);
    return isWhole ? code : 1;
  } finally {
    await library.close();
  }
}

type OpenAIChoice = Extract<EmbedderChoice, { readonly kind: 'openai' }>;

/** Whether, and how, vectors come through batches. */
function batchChoice(
  choice: EmbedderChoice,
  values: { readonly 'embed-batch'?: boolean; readonly 'no-wait'?: boolean },
): { readonly choice: OpenAIChoice; readonly wait: boolean } | undefined {
  const isWaiting = values['no-wait'] !== true;
  if (values['embed-batch'] !== true) {
    if (isWaiting) return undefined;
    throw wrongUsage('--no-wait goes with --embed-batch.', USAGE);
  }
  if (choice.kind === 'openai') return { choice, wait: isWaiting };
  throw wrongUsage(
    '--embed-batch needs OpenAI embeddings: set EMBEDDER=openai:NAME, such as openai:text-embedding-3-small.',
    USAGE,
  );
}

/** Stores the papers of the pages, with vectors or without; false when a page was refused. */
async function readPages(
  library: Library,
  {
    context,
    paths,
    embed,
  }: {
    readonly context: CommandContext;
    readonly paths: readonly string[];
    readonly embed: boolean;
  },
): Promise<boolean> {
  const { pages } = await withProgress(context, (events) =>
    buildIndex({ ...buildParts(library, context, embed), ...events, paths }),
  );
  return !pages.some(({ kind }) => kind === 'refused');
}
