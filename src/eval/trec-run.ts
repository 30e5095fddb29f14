import { writeFile } from 'node:fs/promises';
import { FootnoteError } from '../errors.ts';
import { lineError, type Place } from '../papers/json-lines.ts';
import type { Relevance } from './metrics.ts';

/** One ranked id of a run with its score; more is better. */
export interface ScoredDoc {
  readonly id: string;
  readonly score: number;
}

/** Ranked documents by query id. */
export type Run = ReadonlyMap<string, readonly ScoredDoc[]>;

/** Judgements by query id. */
export type Qrels = ReadonlyMap<string, Relevance>;

/** How deep a run file goes, and with it every figure taken from a run. */
export const RUN_DEPTH = 100;

/**
 * The run as it is scored and written: best first, equal scores in the order given, each id once,
 * `RUN_DEPTH` at most. Throws for a score that is not finite.
 */
export function orderDocs(docs: readonly ScoredDoc[]): ScoredDoc[] {
  const best = new Map<string, ScoredDoc>();
  for (const doc of docs.toSorted((a, b) => b.score - a.score)) {
    if (!Number.isFinite(doc.score)) throw new Error(`score of ${doc.id} is ${doc.score}`);
    if (!best.has(doc.id)) best.set(doc.id, doc);
  }
  return [...best.values()].slice(0, RUN_DEPTH);
}

/**
 * A TREC run, `qid Q0 docid rank score tag` a line. trec_eval sorts by score, then by id, whatever
 * the rank says; so scores are written strictly falling, ties broken by the least step that single
 * precision (some builds of trec_eval) can hold. Throws FootnoteError 'input' for ids with spaces.
 */
export function renderTrecRun(run: Run, tag: string): string {
  const lines: string[] = [];
  for (const [queryId, docs] of run) {
    let last = Number.POSITIVE_INFINITY;
    for (const [index, doc] of orderDocs(docs).entries()) {
      const single = Math.fround(doc.score);
      last = single < last ? single : nextBelow(last);
      lines.push(
        `${word(queryId)} Q0 ${word(doc.id)} ${index + 1} ${last.toPrecision(9)} ${tag}\n`,
      );
    }
  }
  return lines.join('');
}

/** Writes `renderTrecRun` to a file. */
export async function writeTrecRun(options: {
  readonly file: string;
  readonly run: Run;
  readonly tag: string;
}): Promise<void> {
  const text = renderTrecRun(options.run, options.tag);
  await writeFile(options.file, text).catch((cause) => {
    const message = `The run cannot be written to ${options.file}. Name a file in a folder that is there and can be written.`;
    throw new FootnoteError('input', message, { cause, facts: { file: options.file } });
  });
}

/**
 * Parses judgements: BEIR's TSV (`query-id corpus-id score`, with a header) or TREC's four columns
 * (`qid 0 docid rel`), told apart by the first line. A document may be missing from the corpus.
 * Throws FootnoteError 'input' with the line for a wrong shape, a score that is no whole number,
 * two scores for one pair, or a query that is not in `queryIds`.
 */
export async function parseQrels(options: {
  readonly lines: Iterable<string> | AsyncIterable<string>;
  readonly file: string;
  readonly queryIds?: ReadonlySet<string>;
}): Promise<Qrels> {
  const qrels = new Map<string, Map<string, number>>();
  let columns: number | undefined;
  let line = 0;
  for await (const text of options.lines) {
    line += 1;
    if (text.trim() === '') continue;
    const fields = text.includes('\t') ? text.trim().split('\t') : text.trim().split(/\s+/);
    const isHeader = columns === undefined && !isWholeNumber(fields.at(-1));
    columns ??= fields.length;
    if (isHeader && fields.length === 3) continue;
    const place = { file: options.file, line };
    const row = parseRow(fields, columns, place);
    if (options.queryIds && !options.queryIds.has(row.queryId)) {
      throw lineError(place, `query ${row.queryId} is not among the queries. Add or remove it.`);
    }
    addJudgement(qrels, row, place);
  }
  return qrels;
}

interface Judgement {
  readonly queryId: string;
  readonly docId: string;
  readonly score: number;
}

function parseRow(fields: readonly string[], columns: number, place: Place): Judgement {
  const [queryId, docId, score] = fields.length === 4 ? fields.toSpliced(1, 1) : fields;
  const isShaped = fields.length === columns && (columns === 3 || columns === 4);
  if (!isShaped || !queryId || !docId) {
    const shapes = '`query-id<tab>corpus-id<tab>score` or `qid 0 docid rel` throughout';
    throw lineError(place, `${fields.length} columns; write ${shapes}.`);
  }
  if (!isWholeNumber(score)) throw lineError(place, `score "${score}" is no whole number.`);
  return { queryId, docId, score: Number(score) };
}

function addJudgement(
  qrels: Map<string, Map<string, number>>,
  { queryId, docId, score }: Judgement,
  place: Place,
): void {
  const known = qrels.get(queryId) ?? new Map<string, number>();
  if ((known.get(docId) ?? score) !== score) {
    throw lineError(
      place,
      `${queryId} and ${docId} have another score above. Keep one of the two.`,
    );
  }
  qrels.set(queryId, known.set(docId, score));
}

function isWholeNumber(text: string | undefined): boolean {
  return /^-?\d+(\.0+)?$/.test(text ?? '');
}

function word(id: string): string {
  if (id !== '' && !/\s/.test(id)) return id;
  const message = `A TREC run cannot hold the id "${id}": ids must be without spaces. Rename it.`;
  throw new FootnoteError('input', message, { facts: { id } });
}

/** The largest single-precision number below a finite one: one step on its bits. */
function nextBelow(value: number): number {
  const floats = new Float32Array([value]);
  const bits = new Int32Array(floats.buffer);
  if (value === 0) return -(2 ** -149);
  bits[0] = (bits[0] ?? 0) + (value > 0 ? -1 : 1);
  return floats[0] ?? value;
}
