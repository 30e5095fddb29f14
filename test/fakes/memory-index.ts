import type { Paper, PaperId } from '../../src/papers/paper.ts';
import type { KeptRecord, PaperArchive, RecordsWanted } from '../../src/papers/paper-archive.ts';
import { titleId } from '../../src/papers/paper-id.ts';
import { recordKey, titleKey } from '../../src/papers/record-facts.ts';
import type { PaperFilter, PaperIndex } from '../../src/retrieval/paper-index.ts';
import { dot } from '../../src/retrieval/signals.ts';
import type { ChunkRow, VectorArchive } from '../../src/retrieval/vector-archive.ts';
import { indexed } from '../retrieval/indexed-paper.ts';

const MOST_PAPERS_A_BATCH = 3;

/** The ports of the index without a database, for made-up papers. Counts what it was told to do. */
export class MemoryIndex implements PaperIndex, PaperArchive, VectorArchive {
  readonly calls = { savedPapers: 0, optimiseWords: 0, optimiseVectors: 0, sample: 0 };
  readonly #papers = new Map<PaperId, Paper>();
  readonly #pages = new Map<string, string>();
  readonly #records = new Map<string, KeptRecord>();
  #chunks: readonly ChunkRow[] = [];
  #versions = { words: 0, vectors: 0 };
  #failures = new Map<string, Error>();

  /** The next call of this method rejects with the error. */
  failNext(
    method: 'optimiseWords' | 'savePage' | 'savePapers' | 'dropPapers' | 'saveChunks' | 'sample',
    error: Error,
  ): void {
    this.#failures.set(method, error);
  }

  async searchLexical({ query, limit, filter }: Parameters<PaperIndex['searchLexical']>[0]) {
    const scored = [...this.#papers.values()].filter(matches(filter)).map((paper) => {
      const { titleTerms, bodyTerms } = indexed(paper);
      const terms = [...titleTerms, ...titleTerms, ...bodyTerms];
      return { id: paper.id, score: terms.filter((term) => query.includes(term)).length };
    });
    const found = scored.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score);
    return found.slice(0, limit).map(({ id }) => id);
  }

  async searchDense({ query, limit, filter }: Parameters<PaperIndex['searchDense']>[0]) {
    const best = new Map<PaperId, number>();
    for (const { paperId, vector } of this.#chunks.filter(matches(filter))) {
      const cosine = dot(query, vector) / Math.sqrt(dot(query, query) * dot(vector, vector));
      best.set(paperId, Math.max(best.get(paperId) ?? -1, cosine));
    }
    const hits = [...best].map(([paperId, cosine]) => ({ paperId, cosine }));
    return hits.sort((a, b) => b.cosine - a.cosine).slice(0, limit);
  }

  async papersById(ids: readonly PaperId[]) {
    const found = new Map(await this.papersByIds(ids));
    for (const { paperId, record } of this.#records.values()) {
      const paper = this.#papers.get(paperId);
      const formerly = titleId(record.title);
      if (record.arxivId !== undefined || found.has(formerly) || paper === undefined) continue;
      if (ids.includes(formerly)) found.set(paperId, paper);
    }
    return [...found.values()].map(indexed);
  }

  async sentenceVectors(ids: readonly PaperId[]) {
    const found = new Map<PaperId, readonly Float32Array[]>();
    for (const id of new Set(ids)) {
      const parts = this.#chunks
        .filter((row) => row.paperId === id)
        .sort((a, b) => a.part - b.part);
      const [title, ...sentences] = parts.flatMap((row, i) => row.sentences.slice(i === 0 ? 0 : 1));
      if (title !== undefined) found.set(id, [title, ...sentences]);
    }
    return found;
  }

  async *sample(limit: number) {
    this.calls.sample++;
    this.#failIfTold('sample');
    for (const paper of [...this.#papers.values()].slice(0, limit)) yield indexed(paper);
  }

  async status() {
    const papers = [...this.#papers.values()];
    const embedded = new Set(this.#chunks.map(({ paperId }) => paperId)).size;
    return {
      papers: papers.length,
      embedded: Math.min(embedded, papers.length),
      dated: papers.filter(({ date }) => date !== undefined).length,
      version: this.#versions.words,
      vectorVersion: this.#versions.vectors,
    };
  }

  async count(filter: PaperFilter) {
    return [...this.#papers.values()].filter(matches(filter)).length;
  }

  async pages() {
    const sources = [...this.#papers.values()].flatMap((paper) => paper.sources);
    return [...new Set(sources.map(({ page }) => page))].sort();
  }

  async pageHash(page: string) {
    return this.#pages.get(page);
  }

  async savePage(page: string, hash: string) {
    this.#failIfTold('savePage');
    this.#pages.set(page, hash);
  }

  async papersByIds(ids: readonly PaperId[]) {
    const found = ids.flatMap((id) => this.#papers.get(id) ?? []);
    return new Map(found.map((paper) => [paper.id, paper]));
  }

  async papersByTitleKeys(keys: readonly string[]) {
    return [...this.#papers.values()].filter((paper) => keys.includes(titleKey(paper)));
  }

  async keptRecords({ paperIds, titleIds }: RecordsWanted) {
    return [...this.#records.values()].filter(
      ({ paperId, record }) =>
        paperIds.includes(paperId) || titleIds.includes(titleId(record.title)),
    );
  }

  async saveRecords(records: readonly KeptRecord[]) {
    for (const kept of records) this.#records.set(recordKey(kept.record), kept);
  }

  async dropPapers(ids: readonly PaperId[]) {
    this.#failIfTold('dropPapers');
    for (const id of ids) this.#papers.delete(id);
    this.#chunks = this.#chunks.filter(({ paperId }) => !ids.includes(paperId));
    this.#versions.words++;
    this.#versions.vectors++;
  }

  async savePapers(papers: readonly Paper[]) {
    this.#failIfTold('savePapers');
    for (const paper of papers) this.#papers.set(paper.id, paper);
    this.calls.savedPapers += papers.length;
    if (papers.length > 0) this.#versions.words++;
  }

  async *papers() {
    const all = [...this.#papers.values()];
    for (let from = 0; from < all.length; from += MOST_PAPERS_A_BATCH) {
      yield all.slice(from, from + MOST_PAPERS_A_BATCH);
    }
  }

  async chunkStamps(ids: readonly PaperId[]) {
    const rows = this.#chunks.filter(({ paperId }) => ids.includes(paperId));
    return new Map(rows.map(({ paperId, stamp }) => [paperId, stamp]));
  }

  async chunksByText(hashes: readonly string[]) {
    return this.#chunks.filter(({ textHash }) => hashes.includes(textHash));
  }

  async saveChunks(chunks: readonly ChunkRow[]) {
    this.#failIfTold('saveChunks');
    const replaced = new Set(chunks.map(({ paperId }) => paperId));
    this.#chunks = [...this.#chunks.filter(({ paperId }) => !replaced.has(paperId)), ...chunks];
    if (chunks.length > 0) this.#versions.vectors++;
  }

  async optimiseWords() {
    this.#failIfTold('optimiseWords');
    this.calls.optimiseWords++;
  }

  async optimiseVectors() {
    this.calls.optimiseVectors++;
  }

  #failIfTold(method: string): void {
    const error = this.#failures.get(method);
    this.#failures.delete(method);
    if (error !== undefined) throw error;
  }
}

function matches(filter: PaperFilter | undefined) {
  return ({ date, sources }: Pick<Paper, 'date' | 'sources'> | ChunkRow): boolean => {
    const pages = sources.map((source) => (typeof source === 'string' ? source : source.page));
    return (
      (filter?.from === undefined || (date !== undefined && date >= filter.from)) &&
      (filter?.to === undefined || (date !== undefined && date <= filter.to)) &&
      (filter?.sources === undefined || filter.sources.some((page) => pages.includes(page)))
    );
  };
}
