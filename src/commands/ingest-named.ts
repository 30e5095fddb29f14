import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Library, openLibrary } from '../assembly.ts';
import { FootnoteError } from '../errors.ts';
import { parseArxivId } from '../papers/arxiv-id.ts';
import type { ReadItem } from '../papers/paper-record.ts';
import { resolveTitles } from '../papers/resolve-titles.ts';
import { type FoundById, findByIds, findByTitle } from '../papers/sources/arxiv-query-client.ts';
import { readBibtex } from '../papers/sources/bibtex.ts';
import { readHubPaper } from '../papers/sources/hub-source.ts';
import { readHubPage } from '../papers/sources/hugging-face.ts';
import { toBatch } from '../papers/sources/source-batch.ts';
import { type BatchReport, saveBatch } from '../papers/sync.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { createProgress, type Progress } from '../terminal/progress.ts';
import { errorSentence } from '../terminal/report-error.ts';
import type { CommandContext } from './command.ts';
import { openSources, type Sources } from './open-sources.ts';
import { prepareLibrary } from './prepare-library.ts';
import { embedNews } from './run-sync.ts';
import { batchLines } from './sync-lines.ts';

/** What `ingest` was given besides saved pages as text. */
export interface NamedInputs {
  /** arXiv ids, with their versions where they have one. */
  readonly ids: readonly string[];
  /** Files of BibTeX and pages saved as HTML. */
  readonly files: readonly string[];
  /** All else. */
  readonly rest: readonly string[];
}

// A link, or an id with a digit too many, too few or of no month: no name of a saved page.
const LIKE_LINK = /^(?:https?:\/\/|arxiv:|\d{4}\.\d{3,6}(?:v\d+)?$)/i;
const MOST_BYTES = 64 * 1024 * 1024;

/** Tells arXiv ids and links, and files that are no plain text, from the rest. */
export function sortInputs(given: readonly string[]): NamedInputs {
  const ids: string[] = [];
  const files: string[] = [];
  const rest: string[] = [];
  for (const one of given) {
    const read = parseArxivId(one);
    if (read !== undefined)
      ids.push(read.version === undefined ? read.id : `${read.id}v${read.version}`);
    else if (LIKE_LINK.test(one)) throw noPaper(one);
    else if (/\.(?:bib|html?)$/i.test(one)) files.push(one);
    else rest.push(one);
  }
  return { ids: [...new Set(ids)], files, rest };
}

/** Adds the papers of those ids and files, then finds missing arXiv ids; 1 when something was refused. */
export async function ingestNamed(
  context: CommandContext,
  { ids, files, resolve }: Omit<NamedInputs, 'rest'> & { readonly resolve: boolean },
): Promise<number> {
  const read = await readFiles(files);
  const store = await openStore({ file: context.config.stateFile });
  try {
    const library = await openLibrary(context.config);
    const sources = openSources(context.config, { store, context });
    try {
      const parts = { library, store, sources, context };
      if (resolve) await prepareLibrary(library, context, { embed: false });
      const isWhole = await addAll(parts, { ids, read });
      if (resolve) await resolveAll(parts);
      await embedNews({ library, context });
      const { papers, embedded } = await library.index.status();
      context.stdout.write(`${papers} papers in the index, ${embedded} of them embedded.\n`);
      return isWhole ? 0 : 1;
    } finally {
      await sources.close();
      await library.close();
    }
  } finally {
    await store.close();
  }
}

interface NamedParts {
  readonly library: Library;
  readonly store: Store;
  readonly sources: Sources;
  readonly context: CommandContext;
}

interface ReadInput {
  readonly label: string;
  readonly items: readonly ReadItem[];
  /** arXiv ids whose papers the file names without their abstracts. */
  readonly wanted: readonly string[];
}

async function addAll(
  parts: NamedParts,
  { ids, read }: { readonly ids: readonly string[]; readonly read: readonly ReadInput[] },
): Promise<boolean> {
  let refused = 0;
  for (const { label, items } of read) {
    refused += (await add(parts, { label, items })).refused.length;
  }
  const wanted = [...new Set([...ids, ...read.flatMap((one) => one.wanted)])];
  if (wanted.length === 0) return refused === 0;
  const { label, items, missing } = await fetchPapers(parts, wanted);
  refused += (await add(parts, { label, items })).refused.length;
  for (const id of missing) {
    parts.context.stderr.write(`${label} has no paper ${id}; check the id.\n`);
  }
  return refused + missing.length === 0;
}

interface Fetched extends FoundById {
  /** Who was asked. */
  readonly label: string;
}

/** From arXiv; where it cannot be asked, from Hugging Face, which has most of the recent ones. */
async function fetchPapers(
  { sources, context }: NamedParts,
  ids: readonly string[],
): Promise<Fetched> {
  const { signal, stderr } = context;
  try {
    return { label: 'arXiv', ...(await findByIds(sources.arxiv(), { ids, signal })) };
  } catch (error) {
    if (!(error instanceof FootnoteError) || error.code === 'input' || signal.aborted) throw error;
    stderr.write(`${errorSentence(error)} Asking Hugging Face instead.\n`);
  }
  const items: ReadItem[] = [];
  const missing: string[] = [];
  for (const id of ids) {
    const item = await readHubPaper(sources.hub, { arxivId: id.replace(/v\d+$/, ''), signal });
    if (item === undefined) missing.push(id);
    else items.push(item);
  }
  return { label: 'Hugging Face', items, missing };
}

async function add(
  { library, store, context }: NamedParts,
  { label, items }: Omit<ReadInput, 'wanted'>,
): Promise<BatchReport> {
  const { index: archive, buildLock } = library;
  const report = await buildLock.hold(
    () =>
      saveBatch(toBatch(items, { label, position: '' }), { archive, snapshots: store.snapshots }),
    { signal: context.signal },
  );
  for (const line of batchLines('', report)) context.stdout.write(`${line}\n`);
  return report;
}

async function resolveAll({ library, store, sources, context }: NamedParts): Promise<void> {
  const { signal, stdout, stderr } = context;
  const arxiv = sources.arxiv();
  let progress: Progress | undefined;
  try {
    const { total, found } = await resolveTitles({
      papers: library.index.papers(),
      resolved: store.resolvedTitles,
      find: (title) => findByTitle(arxiv, { title, signal }),
      save: async (records) => {
        const batch = { records, refused: [], position: '', label: '' };
        await library.buildLock.hold(() => saveBatch(batch, { archive: library.index }), {
          signal,
        });
      },
      now: () => new Date(),
      onProgress: ({ done, total, found }) => {
        progress ??= createProgress({ stream: stderr, label: 'Asking arXiv for titles', total });
        progress.update(done, `${found} found`);
      },
      signal,
    });
    progress?.end();
    stdout.write(
      total === 0
        ? 'No titles to ask arXiv for: each has its arXiv id or was asked for within four weeks.\n'
        : `arXiv has ${found} of the ${total} papers that were known by their titles alone.\n`,
    );
  } finally {
    progress?.end();
  }
}

async function readFiles(files: readonly string[]): Promise<readonly ReadInput[]> {
  const read: ReadInput[] = [];
  for (const file of files) {
    const page = basename(file);
    const source = await readFile(file).catch((cause) => {
      const message = `The file ${file} cannot be read; check that it is there and its permissions.`;
      throw new FootnoteError('input', message, { cause });
    });
    if (source.length > MOST_BYTES) {
      throw new FootnoteError('input', `The file ${file} is larger than 64 MB; split it.`);
    }
    const text = source.toString('utf8');
    if (/\.bib$/i.test(file)) read.push({ label: page, ...readBibtex(text, page) });
    else {
      const items = readHubPage(text, { origin: { page, line: 1 } });
      read.push({ label: page, items, wanted: [] });
    }
  }
  return read;
}

function noPaper(link: string): FootnoteError {
  return new FootnoteError(
    'input',
    `${link} is neither an arXiv id nor a link to a paper there. Give one such as https://arxiv.org/abs/2401.00001, or its id, 2401.00001.`,
  );
}
