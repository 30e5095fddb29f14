import { distance } from 'fastest-levenshtein';
import type { PaperId } from '../papers/paper.ts';
import type { PaperIndex } from '../retrieval/paper-index.ts';
import { latestFirst, type PaperFacts, passesFilter } from './paper-facts.ts';

/** A paper to choose by its title. */
export interface TitleChoice {
  readonly id: PaperId;
  readonly title: string;
}

/** Finds titles while somebody is still typing. */
export interface Titles {
  /** The titles that fit best, best first; the latest papers where nothing is typed yet. */
  find(request: TitleRequest): Promise<readonly TitleChoice[]>;
}

interface TitleRequest {
  readonly words: string;
  readonly limit: number;
  readonly filter?: Parameters<typeof passesFilter>[1];
}

interface Listed extends TitleChoice, PaperFacts {
  readonly words: readonly string[];
}

/** Beyond it the rest can be named, but is not offered. */
const MOST_TITLES = 50_000;
/** How long a list counts as fresh before the index is asked whether it has changed. */
const FRESH_MS = 5_000;
/** Of the typed words so many must be in a title, well or badly written. */
const LEAST_SHARE = 0.6;

/** Keeps the titles in memory and reads them anew, aside, when the index has changed. */
export function createTitles({
  index,
  now = () => performance.now(),
}: {
  readonly index: Pick<PaperIndex, 'sample' | 'status'>;
  readonly now?: () => number;
}): Titles {
  let list: readonly Listed[] = [];
  let version: number | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  const refresh = async () => {
    const { version: latest } = await index.status();
    if (latest !== version) {
      list = await readTitles(index);
      version = latest;
    }
    lookedAt = now();
  };
  const fresh = () => {
    if (now() - lookedAt < FRESH_MS) return undefined;
    reading ??= refresh().finally(() => {
      reading = undefined;
    });
    return reading;
  };
  return {
    async find(request) {
      const read = fresh();
      // Only who comes first waits: a list that is a little old serves as well.
      if (version === undefined) await read;
      else read?.catch(() => {});
      return choose(list, request);
    },
  };
}

async function readTitles(index: Pick<PaperIndex, 'sample'>): Promise<readonly Listed[]> {
  const list: Listed[] = [];
  for await (const { paper } of index.sample(MOST_TITLES)) {
    const { id, title, date, sources } = paper;
    list.push({ id, title, sources, ...(date !== undefined && { date }), words: wordsOf(title) });
  }
  return list.toSorted(latestFirst);
}

function choose(
  list: readonly Listed[],
  { words, limit, filter }: TitleRequest,
): readonly TitleChoice[] {
  const open = list.filter((listed) => passesFilter(listed, filter));
  const typed = wordsOf(words);
  if (typed.length === 0) return open.slice(0, limit).map(toChoice);
  const byWord = typed.map(createWordScore);
  return open
    .map((listed) => ({ listed, score: scoreOf(listed, byWord) }))
    .filter(({ score }) => score >= LEAST_SHARE)
    .toSorted((a, b) => b.score - a.score || a.listed.title.length - b.listed.title.length)
    .slice(0, limit)
    .map(({ listed }) => toChoice(listed));
}

/** The mean over the typed words of how well each is in the title. */
function scoreOf({ words }: Listed, byWord: readonly ((word: string) => number)[]): number {
  const scores = byWord.map((score) =>
    words.reduce((best, word) => Math.max(best, score(word)), 0),
  );
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

/** How well a word is the typed one; kept, since titles share most of their words. */
function createWordScore(typed: string): (word: string) => number {
  const known = new Map<string, number>();
  return (word) => {
    const kept = known.get(word);
    if (kept !== undefined) return kept;
    const score = closeness(typed, word);
    known.set(word, score);
    return score;
  };
}

function closeness(typed: string, word: string): number {
  if (word === typed) return 1;
  if (word.startsWith(typed)) return 0.95;
  if (typed.length > 2 && word.includes(typed)) return 0.8;
  const slips = typed.length < 4 ? 0 : typed.length < 8 ? 1 : 2;
  // Of a longer word as much as is typed so far.
  const begun = word.slice(0, typed.length);
  return slips > 0 && Math.min(distance(typed, word), distance(typed, begun)) <= slips ? 0.7 : 0;
}

function wordsOf(text: string): readonly string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

function toChoice({ id, title }: Listed): TitleChoice {
  return { id, title };
}
