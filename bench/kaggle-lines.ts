import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { seededRandom } from '../test/papers/seeded-random.ts';
import { ROOT } from './child.ts';

/** How to make a file in the form of Kaggle's arXiv file. */
export interface KaggleFile {
  readonly file: string;
  /** Lines that the filter lets through, each a paper of its own. */
  readonly papers: number;
  readonly seed: number;
}

/** What an ingest of the file must be told to want. */
export const WANTED = ['--category', 'cs.LG', '--category', 'stat.ML', '--from', '2024'] as const;

// Lines between the wanted ones: of other fields, of earlier years, and no papers at all.
const OTHER_FIELD_EVERY = 23;
const EARLIER_EVERY = 31;
const BROKEN_EVERY = 199;
const SENTENCES = 8;
const BROKEN = ['{"id": "2401.00001", "title": "Cut', 'no JSON', '{"id": 7}', '[]', '\ufffd\u0000'];

/**
 * Writes the file line by line: abstracts of sentences of other abstracts, with a few words of their
 * own, the same for the same seed. About 1.9 kB a line.
 */
export async function writeKaggleFile({ file, papers, seed }: KaggleFile): Promise<void> {
  const source = await loadSentences();
  const random = seededRandom(seed);
  await pipeline(Readable.from(lines({ papers, source, random })), createWriteStream(file));
}

/** One wanted line as it must stand in the index. */
export interface WantedPaper {
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
}

/** The wanted papers of a line, if it holds one. */
export function wantedIn(line: string): WantedPaper | undefined {
  // Broken lines never have this; ours are written with the marker of what they are.
  if (!line.includes('"report-no":"wanted"')) return undefined;
  const { id, title, abstract } = JSON.parse(line);
  const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
  return { id: `arxiv:${id}`, title: oneLine(title), abstract: oneLine(abstract) };
}

interface LineParts {
  readonly papers: number;
  readonly source: { readonly titles: readonly string[]; readonly sentences: readonly string[] };
  readonly random: () => number;
}

function* lines({ papers, source, random }: LineParts): Generator<string> {
  for (let n = 0; n < papers; n++) {
    yield line(n, { source, random }, { categories: 'cs.LG cs.AI', year: 2024, mark: 'wanted' });
    const other = { categories: 'hep-th', year: 2025, mark: 'other' };
    const earlier = { categories: 'stat.ML', year: 2019, mark: 'earlier' };
    if (n % OTHER_FIELD_EVERY === 0) yield line(papers + n, { source, random }, other);
    if (n % EARLIER_EVERY === 0) yield line(2 * papers + n, { source, random }, earlier);
    if (n % BROKEN_EVERY === 0) yield `${BROKEN[(n / BROKEN_EVERY) % BROKEN.length]}\n`;
  }
}

function line(
  n: number,
  { source: { titles, sentences }, random }: Omit<LineParts, 'papers'>,
  { categories, year, mark }: { categories: string; year: number; mark: string },
): string {
  const pick = (texts: readonly string[]) => texts[Math.floor(random() * texts.length)] ?? '';
  const word = () => `q${Math.floor(random() * 400_000).toString(36)}x`;
  const body = Array.from({ length: SENTENCES }, () => pick(sentences)).join('\n  ');
  const month = String(1 + (Math.floor(n / 99_999) % 12)).padStart(2, '0');
  const created = `Mon, ${1 + (n % 28)} Jan ${year} 10:00:00 GMT`;
  const record = {
    id: `${24 + Math.floor(n / (12 * 99_999))}${month}.${String(1 + (n % 99_999)).padStart(5, '0')}`,
    submitter: 'A. Person',
    authors: 'A. Person and B. Other',
    title: `${pick(titles)} with\n  ${word()} and ${word()}`,
    comments: '12 pages',
    'journal-ref': null,
    doi: null,
    'report-no': mark,
    categories,
    license: 'http://creativecommons.org/licenses/by/4.0/',
    abstract: `  ${body} Here ${word()} is ${word()}.\n`,
    versions: [{ version: 'v1', created }],
    update_date: `${year}-01-31`,
    authors_parsed: [
      ['Person', 'A.', ''],
      ['Other', 'B.', ''],
    ],
  };
  return `${JSON.stringify(record)}\n`;
}

async function loadSentences(): Promise<LineParts['source']> {
  const corpus = await readFile(join(ROOT, 'data', 'eval', 'modern', 'corpus.jsonl'), 'utf8');
  const papers = corpus
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text));
  return {
    titles: papers.map(({ title }) => title),
    sentences: papers.flatMap(({ text }) => text.split(/(?<=\.) (?=[A-Z])/)),
  };
}
