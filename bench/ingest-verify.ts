import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from '@lancedb/lancedb';
import { readLines } from '../src/papers/json-lines.ts';
import { type WantedPaper, wantedIn } from './kaggle-lines.ts';

/** What an index has too little or too much of, beside the file it was made from. */
export interface Found {
  /** Papers of the file that are not there, have another text or no vectors. */
  readonly lost: number;
  /** Rows of papers or vectors that are there once more, or of no paper of the file. */
  readonly doubled: number;
  /** Computations of vectors that had been computed before. */
  readonly recomputed: number;
}

export interface Looked {
  readonly file: string;
  /** A line for each computation. */
  readonly counted: string;
  readonly dataDir: string;
}

/** Compares the tables, row by row and past our own code, with the file. */
export async function lookInto({ file, counted, dataDir }: Looked): Promise<Found> {
  const wanted = await readWanted(file);
  const connection = await connect(join(dataDir, 'index'));
  const papers = new Map<string, number>();
  const vectors = new Map<string, number>();
  try {
    for await (const row of rowsOf(await connection.openTable('papers'), ['id', 'record'])) {
      const { title, abstract } = JSON.parse(row.record ?? '');
      const id = row.id ?? '';
      const isWhole = wanted.get(id) === digest({ id, title, abstract });
      add(papers, isWhole ? id : `${id} with another text`);
    }
    const names = await connection.tableNames();
    const chunks = names.find((name) => name.startsWith('chunks-')) ?? '';
    for await (const row of rowsOf(await connection.openTable(chunks), ['key', 'paperId'])) {
      add(vectors, row.key?.endsWith('#0') === true ? (row.paperId ?? '') : (row.key ?? ''));
    }
  } finally {
    connection.close();
  }
  const lost = [...wanted.keys()].filter((id) => !papers.has(id) || !vectors.has(id)).length;
  const doubled = surplus(papers, wanted) + surplus(vectors, wanted);
  const lines = (await readFile(counted, 'utf8')).trim().split('\n');
  return { lost, doubled, recomputed: lines.length - new Set(lines).size };
}

async function readWanted(file: string): Promise<ReadonlyMap<string, string>> {
  const wanted = new Map<string, string>();
  for await (const line of readLines(file)) {
    const paper = wantedIn(line);
    if (paper !== undefined) wanted.set(paper.id, digest(paper));
  }
  return wanted;
}

function digest({ id, title, abstract }: WantedPaper): string {
  return createHash('sha256')
    .update(JSON.stringify([id, title, abstract]))
    .digest('base64');
}

type Table = Awaited<ReturnType<Awaited<ReturnType<typeof connect>>['openTable']>>;

async function* rowsOf(
  table: Table,
  columns: readonly string[],
): AsyncGenerator<Readonly<Record<string, string>>> {
  for await (const batch of table.query().select([...columns])) {
    const values = columns.map((name) => [name, batch.getChild(name)] as const);
    for (let row = 0; row < batch.numRows; row++) {
      yield Object.fromEntries(values.map(([name, column]) => [name, column?.get(row)]));
    }
  }
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Rows more than one for each; further parts of long papers have keys of their own. */
function surplus(counts: ReadonlyMap<string, number>, wanted: ReadonlyMap<string, string>): number {
  let rows = 0;
  for (const [key, count] of counts) {
    const isOurs = wanted.has(key) || wanted.has(key.replace(/#\d+$/, ''));
    rows += isOurs ? count - 1 : count;
  }
  return rows;
}
