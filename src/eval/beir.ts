import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { FootnoteError } from '../errors.ts';
import { lineError, readJsonl, readLines } from '../papers/json-lines.ts';
import {
  averagePrecision,
  mean,
  ndcgAt,
  percentile,
  type RankedQuery,
  recallAt,
  reciprocalRank,
  successAt,
} from './metrics.ts';
import { orderDocs, parseQrels, type Qrels, type ScoredDoc } from './trec-run.ts';

/** One text of a BEIR corpus; the title may be empty. */
export interface BeirDocument {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

export interface BeirQuery {
  readonly id: string;
  readonly text: string;
}

/** A BEIR folder: queries and judgements in memory, the corpus as a stream that can be read again. */
export interface BeirFolder {
  readonly queries: readonly BeirQuery[];
  readonly qrels: Qrels;
  readonly corpus: () => AsyncGenerator<BeirDocument>;
}

/** Ranks texts for one query, best first. */
export type Rank = (queryText: string) => Promise<readonly ScoredDoc[]>;

/** Means over the judged queries; latencies are of `rank` alone, in milliseconds. */
export interface BeirScores {
  readonly queries: number;
  readonly ndcg10: number;
  readonly recall10: number;
  readonly recall100: number;
  readonly mrr10: number;
  readonly map: number;
  readonly success1: number;
  readonly success5: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

const ID = z.string().min(1);
const CORPUS_LINE = z.object({ _id: ID, title: z.string().nullish(), text: z.string() });
const QUERY_LINE = z.object({ _id: ID, text: z.string().min(1) });

/**
 * Loads `queries.jsonl` and `qrels.tsv` of a BEIR folder and opens `corpus.jsonl`
 * (https://github.com/beir-cellar/beir). Throws FootnoteError 'input', with file and line, for a
 * missing file, a broken line, an id used twice, a judged query that is unknown, or no judged query;
 * what is wrong in the corpus is thrown while it is read.
 */
export async function loadBeir(folder: string): Promise<BeirFolder> {
  const corpusFile = join(folder, 'corpus.jsonl');
  await requireFile(corpusFile);
  const queries = await loadQueries(join(folder, 'queries.jsonl'));
  const file = join(folder, 'qrels.tsv');
  const queryIds = new Set(queries.map((query) => query.id));
  const qrels = await parseQrels({ lines: readLines(file), file, queryIds });
  if (qrels.size === 0) throw noJudgedQuery(file);
  return { queries, qrels, corpus: () => readCorpus(corpusFile) };
}

/**
 * Ranks every judged query in turn and averages over them; one without results scores 0, as with
 * `trec_eval -c`. As BEIR does, a text with the id of its query is dropped. `onRanked` gets what was
 * scored, for a run file. Throws FootnoteError 'input' when no query is judged.
 */
export async function scoreBeir(options: {
  readonly queries: readonly BeirQuery[];
  readonly qrels: Qrels;
  readonly rank: Rank;
  readonly onRanked?: (queryId: string, docs: readonly ScoredDoc[]) => void;
  readonly now?: () => number;
  readonly signal?: AbortSignal;
}): Promise<BeirScores> {
  const now = options.now ?? (() => performance.now());
  const ranked: RankedQuery[] = [];
  const times: number[] = [];
  for (const query of options.queries) {
    const relevance = options.qrels.get(query.id);
    if (!relevance) continue;
    options.signal?.throwIfAborted();
    const start = now();
    const found = await options.rank(query.text);
    times.push(now() - start);
    const docs = orderDocs(found.filter((doc) => doc.id !== query.id));
    options.onRanked?.(query.id, docs);
    ranked.push({ ranked: docs.map((doc) => doc.id), relevance });
  }
  if (ranked.length === 0) throw noJudgedQuery('the qrels');
  return averageScores(ranked, times);
}

function averageScores(queries: readonly RankedQuery[], times: readonly number[]): BeirScores {
  const over = (score: (query: RankedQuery) => number): number => mean(queries.map(score));
  return {
    queries: queries.length,
    ndcg10: over((query) => ndcgAt(query, 10)),
    recall10: over((query) => recallAt(query, 10)),
    recall100: over((query) => recallAt(query, 100)),
    mrr10: over((query) => reciprocalRank(query, 10)),
    map: over(averagePrecision),
    success1: over((query) => successAt(query, 1)),
    success5: over((query) => successAt(query, 5)),
    p50Ms: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
  };
}

async function loadQueries(file: string): Promise<BeirQuery[]> {
  const queries = new Map<string, BeirQuery>();
  for await (const { value, line } of readJsonl(file, QUERY_LINE)) {
    if (queries.has(value._id)) throw usedTwice(file, line, value._id);
    queries.set(value._id, { id: value._id, text: value.text });
  }
  return [...queries.values()];
}

async function* readCorpus(file: string): AsyncGenerator<BeirDocument> {
  const ids = new Set<string>();
  for await (const { value, line } of readJsonl(file, CORPUS_LINE)) {
    if (ids.has(value._id)) throw usedTwice(file, line, value._id);
    ids.add(value._id);
    yield { id: value._id, title: value.title ?? '', text: value.text };
  }
}

function usedTwice(file: string, line: number, id: string): FootnoteError {
  return lineError({ file, line }, `_id "${id}" is used above already. Make each _id unique.`);
}

function noJudgedQuery(place: string): FootnoteError {
  const message = `No query is judged in ${place}, so there is nothing to score. Add judgements.`;
  return new FootnoteError('input', message, { facts: { place } });
}

async function requireFile(file: string): Promise<void> {
  try {
    await access(file);
  } catch (cause) {
    const needs = 'A BEIR folder holds corpus.jsonl, queries.jsonl and qrels.tsv.';
    throw new FootnoteError('input', `Cannot read ${file}. ${needs}`, { cause, facts: { file } });
  }
}
