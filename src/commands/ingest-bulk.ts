import { basename } from 'node:path';
import type { Library } from '../assembly.ts';
import type { BulkFilter } from '../papers/bulk-batches.ts';
import { openBulkFile } from '../papers/bulk-file.ts';
import { type BulkReport, buildFromBulk } from '../retrieval/bulk-build.ts';
import { createProgress, type Progress } from '../terminal/progress.ts';
import { safeText } from '../terminal/safe-text.ts';
import { type CommandContext, wrongUsage } from './command.ts';
import { readFilter } from './filter-options.ts';
import { bulkLines } from './page-lines.ts';

/** Options that choose papers of files with one paper a line. */
export const BULK_OPTIONS = {
  category: { type: 'string', multiple: true },
  from: { type: 'string' },
  to: { type: 'string' },
} as const;

export const BULK_USAGE = '[--category NAME] [--from DATE] [--to DATE]';

export interface BulkChoice {
  /** Files with one paper a line. */
  readonly files: readonly string[];
  readonly filter: BulkFilter;
  /** The other paths. */
  readonly paths: readonly string[];
}

const LINES_FILE = /\.(?:jsonl|ndjson|json)(?:\.gz)?$/i;
const CATEGORY = /^[a-z-]+(?:\.[A-Za-z-]+)?$/;
const MEGABYTE = 1_000_000;

/** Tells files with one paper a line from other paths. Throws FootnoteError `usage`. */
export function readBulkChoice(
  positionals: readonly string[],
  values: {
    readonly category?: readonly string[];
    readonly from?: string;
    readonly to?: string;
  },
  usage: string,
): BulkChoice {
  const { category: categories, from, to } = values;
  const files = positionals.filter((path) => LINES_FILE.test(path));
  const { sources: _, ...days } =
    readFilter({ ...(from && { from }), ...(to && { to }) }, usage) ?? {};
  const wrong = categories?.find((name) => !CATEGORY.test(name));
  if (wrong !== undefined) {
    throw wrongUsage(
      `"${wrong}" is no arXiv category; write it as cs.LG, or cs for all of cs.`,
      usage,
    );
  }
  const filter = { ...days, ...(categories !== undefined && { categories }) };
  if (files.length === 0 && Object.keys(filter).length > 0) {
    throw wrongUsage(
      '--category, --from and --to go with a file of one paper a line (.jsonl or .jsonl.gz).',
      usage,
    );
  }
  return { files, filter, paths: positionals.filter((path) => !LINES_FILE.test(path)) };
}

/** Throws FootnoteError `input` for the first of the files that cannot be read. */
export async function checkBulkFiles({ files }: BulkChoice): Promise<void> {
  for (const file of files) await openBulkFile(file);
}

/** The name that origins speak of. */
export function pageOf(file: string): string {
  return basename(file);
}

export interface BulkWork {
  readonly context: CommandContext;
  readonly choice: BulkChoice;
  /** Whether vectors are made on the way. */
  readonly embed: boolean;
}

/** Reads the files one after the other, telling how far; false when one holds no papers at all. */
export async function readBulkFiles(
  library: Pick<Library, 'index' | 'embedder'>,
  { context, choice, embed }: BulkWork,
): Promise<boolean> {
  let isAllRead = true;
  for (const file of choice.files) {
    const report = await readBulkFile(library, { context, file, filter: choice.filter, embed });
    const { added, changed, same, passedOver, malformed } = report;
    if (malformed > 0 && added + changed + same + passedOver === 0) isAllRead = false;
  }
  return isAllRead;
}

async function readBulkFile(
  { index, embedder }: Pick<Library, 'index' | 'embedder'>,
  {
    context: { stderr, signal },
    file,
    filter,
    embed,
  }: Pick<BulkWork, 'context' | 'embed'> & { readonly file: string; readonly filter: BulkFilter },
): Promise<BulkReport> {
  const page = pageOf(file);
  let progress: Progress | undefined;
  let last: BulkReport | undefined;
  try {
    last = await buildFromBulk({
      index,
      file,
      page,
      filter,
      signal,
      ...(embed && { embedder }),
      onBatch(report, { done, total }) {
        if (last === undefined && report.after > 0) {
          stderr.write(`${safeText(page)}: going on after line ${report.after}.\n`);
        }
        last = report;
        const label = `Reading ${page}, MB`;
        progress ??= createProgress({ stream: stderr, label, total: megabytes(total) });
        progress.update(megabytes(done), `${report.added + report.changed + report.same} papers`);
      },
    });
    return last;
  } finally {
    progress?.end();
    for (const line of last === undefined ? [] : bulkLines(page, last)) stderr.write(`${line}\n`);
  }
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / MEGABYTE);
}
