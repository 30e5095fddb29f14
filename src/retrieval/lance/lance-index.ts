import type { Connection } from '@lancedb/lancedb';
import { FootnoteError } from '../../errors.ts';
import type { Paper, PaperId } from '../../papers/paper.ts';
import type { PaperArchive } from '../../papers/paper-archive.ts';
import { SENTENCES_VERSION, textHash } from '../../papers/text-hash.ts';
import type { IndexedPaper, IndexStatus, PaperIndex } from '../paper-index.ts';
import type { VectorArchive } from '../vector-archive.ts';
import { type ChunkTable, openChunkTable } from './chunk-table.ts';
import { connectIndex, guard, guardEach } from './connection.ts';
import { type FactTable, openFactTable } from './fact-table.ts';
import { filterCondition } from './filter.ts';
import { openPaperTable, type PaperTable } from './paper-table.ts';
import { createRecordTable, type RecordTable } from './record-table.ts';

/** Papers, words and vectors in one LanceDB folder. */
export interface LanceIndex extends PaperIndex, PaperArchive, VectorArchive {
  /** Every stored paper, in batches. */
  papers(): AsyncIterable<readonly Paper[]>;
  close(): void;
}

export interface LanceIndexOptions {
  /** A folder, or an object-store address such as `s3://bucket/path`. */
  readonly location: string;
  readonly model: string;
  readonly dimensions: number;
  /** Take this model even if the index was made with another one. */
  readonly switchModel?: boolean;
}

const MODEL_FACT = 'embedding-model';
const ANALYSIS_FACT = 'analysis';
// Raise it when analyser or names read other things off a paper than before: stored papers are then
// analysed anew, which takes seconds and needs no embedding. Sentences that are split otherwise than
// before do need it: their old vectors are dropped, and count as missing from then on.
const ANALYSIS_VERSION = `2.${SENTENCES_VERSION}`;

/** Opens an index or makes it. Throws FootnoteError `index`, and `config` when another model made it. */
export async function openLanceIndex(options: LanceIndexOptions): Promise<LanceIndex> {
  const { location } = options;
  const connection = await connectIndex(location);
  return guard(location, async () => {
    const facts = await openFactTable(connection);
    await claimModel(facts, options);
    return assemble(connection, { ...options, facts });
  });
}

async function claimModel(facts: FactTable, options: LanceIndexOptions): Promise<void> {
  const made = await facts.get(MODEL_FACT);
  if (made === options.model) return;
  if (made !== undefined && options.switchModel !== true) {
    throw new FootnoteError(
      'config',
      `The index in ${options.location} was made with the embedding model "${made}", but "${options.model}" is configured: their vectors cannot be compared. Set EMBEDDER back, or run "npm run ingest -- --rebuild" to embed all papers with the new model.`,
      { facts: { made, configured: options.model } },
    );
  }
  await facts.set(MODEL_FACT, options.model);
}

async function refreshAnalysis({
  papers,
  chunks,
  facts,
}: {
  readonly papers: PaperTable;
  readonly chunks: ChunkTable;
  readonly facts: FactTable;
}): Promise<void> {
  if ((await facts.get(ANALYSIS_FACT)) === ANALYSIS_VERSION) return;
  for await (const batch of papers.batches()) {
    await chunks.dropOtherTexts(textHashes(batch));
    await papers.upsert(batch);
  }
  if ((await papers.count()) > 0) await papers.optimise();
  await facts.set(ANALYSIS_FACT, ANALYSIS_VERSION);
}

async function assemble(
  connection: Connection,
  { location, facts, ...model }: LanceIndexOptions & { readonly facts: FactTable },
): Promise<LanceIndex> {
  const papers = await openPaperTable(connection);
  const chunks = await openChunkTable(connection, model);
  await refreshAnalysis({ papers, chunks, facts });
  const records = createRecordTable(connection);
  const run = <T>(operation: () => Promise<T>) => guard(location, operation);
  const readStatus = createStatusReader(papers, chunks);
  const readPages = createPagesReader(papers);
  return {
    searchLexical: (request) => run(() => papers.searchLexical(request)),
    searchDense: (request) => run(() => chunks.searchDense(request)),
    papersById: (ids) => run(() => papersById(ids, { papers, records })),
    sentenceVectors: (ids) => run(() => chunks.sentences(ids)),
    sample: (limit) => guardEach(location, papers.sample(limit)),
    status: () => run(readStatus),
    count: (filter) => run(() => papers.count(filterCondition(filter))),
    pages: () => run(readPages),
    pageHash: (page) => run(() => facts.get(`page:${page}`)),
    savePage: (page, hash) => run(() => facts.set(`page:${page}`, hash)),
    papersByIds: (ids) =>
      run(async () => {
        const rows = await papers.byIds(ids);
        return new Map(rows.map(({ paper }) => [paper.id, paper]));
      }),
    papersByTitleKeys: (keys) => run(() => papers.byTitleKeys(keys)),
    keptRecords: (wanted) => run(() => records.find(wanted)),
    saveRecords: (rows) => run(() => records.upsert(rows)),
    dropPapers: (ids) =>
      run(async () => {
        await chunks.drop(ids);
        await papers.drop(ids);
      }),
    savePapers: (batch) =>
      run(async () => {
        // First, so that a paper never has the vectors of an older text.
        await chunks.dropOtherTexts(textHashes(batch));
        await papers.upsert(batch);
      }),
    papers: () => guardEach(location, papers.batches()),
    chunkStamps: (ids) => run(() => chunks.stamps(ids)),
    chunksByText: (hashes) => run(() => chunks.byTextHash(hashes)),
    saveChunks: (rows) => run(() => chunks.upsert(rows)),
    optimiseWords: () =>
      run(async () => {
        // Where nothing is new nothing is written: the disk may be read-only.
        if (await papers.optimise()) await facts.optimise();
        await records.optimise();
      }),
    optimiseVectors: () => run(() => chunks.optimise()),
    close: () => connection.close(),
  };
}

/** A paper that has got a better id since is found by the id of its title, too. */
async function papersById(
  ids: readonly PaperId[],
  { papers, records }: { readonly papers: PaperTable; readonly records: RecordTable },
): Promise<readonly IndexedPaper[]> {
  const found = await papers.byIds(ids);
  const there = new Set(found.map(({ paper }) => paper.id));
  const missing = ids.filter((id) => id.startsWith('title:') && !there.has(id));
  if (missing.length === 0) return found;
  const owners = [...(await records.owners(missing)).values()].filter((id) => !there.has(id));
  return owners.length === 0 ? found : [...found, ...(await papers.byIds([...new Set(owners)]))];
}

function textHashes(papers: readonly Paper[]): ReadonlyMap<PaperId, string> {
  return new Map(papers.map((paper) => [paper.id, textHash(paper)]));
}

/** Counts only when one of the tables has changed: every question asks for the status. */
function createStatusReader(papers: PaperTable, chunks: ChunkTable): () => Promise<IndexStatus> {
  let kept: IndexStatus | undefined;
  return async () => {
    const [version, vectorVersion] = await Promise.all([papers.version(), chunks.version()]);
    if (kept?.version === version && kept.vectorVersion === vectorVersion) return kept;
    const [stored, dated, embedded] = await Promise.all([
      papers.count(),
      papers.count('date IS NOT NULL'),
      chunks.count(),
    ]);
    const whole = Math.min(stored, embedded);
    kept = { papers: stored, dated, embedded: whole, version, vectorVersion };
    return kept;
  };
}

/** Looks through all papers only when they have changed: lists of pages are asked for key by key. */
function createPagesReader(papers: PaperTable): () => Promise<readonly string[]> {
  let kept: { readonly version: number; readonly pages: readonly string[] } | undefined;
  return async () => {
    const version = await papers.version();
    if (kept?.version !== version) kept = { version, pages: await papers.pages() };
    return kept.pages;
  };
}
