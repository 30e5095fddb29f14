import { foldText } from '../papers/fold.ts';
import { analyse, isStopWord, toTerm } from '../retrieval/analyzer.ts';
import { dot } from '../retrieval/signals.ts';
import type { TermStatistics } from '../retrieval/term-statistics.ts';
import type { Candidate } from './candidate.ts';
import type { Theme } from './digest.ts';
import { meanVector } from './vectors.ts';

/** A theme with its papers, the most central first. */
export interface PaperTheme extends Theme {
  readonly members: readonly Candidate[];
}

// Papers whose mean is at least so near belong together; on the shipped abstracts same topics have
// .45 to .7, others .1 to .35.
const TOGETHER = 0.45;
const MOST_CLUSTERED = 120;
const LONGEST_PHRASE = 3;
// A word in a title says more of what a paper is about than one in its abstract.
const TITLE_COUNTS = 2;
// Words of every abstract that name no theme.
const GENERAL: ReadonlySet<string> = new Set(
  analyse(
    `paper work method methods approach approaches model models framework frameworks result results
    performance state-of-the-art art existing novel new propose proposed task tasks problem problems
    experiment experiments dataset datasets benchmark benchmarks show demonstrate recent based using
    via towards toward improve improved improving significantly code available effective efficient
    efficiency study analysis training learning data large deep neural network networks`,
  ),
);

/** Papers parted into themes, the largest first, each named from its own papers' words. */
export function findThemes(
  papers: readonly Candidate[],
  statistics: TermStatistics,
): readonly PaperTheme[] {
  const clustered = papers.slice(0, MOST_CLUSTERED);
  const phrases = new Map(clustered.map((paper) => [paper, phrasesOf(paper)]));
  const taken = new Set<string>();
  return cluster(clustered)
    .toSorted((a, b) => b.length - a.length)
    .map((members) => {
      const name = nameOf(members, { phrases, statistics, taken });
      taken.add(name);
      return { name, papers: members.length, members };
    });
}

/** Average-link clustering from the nearest pairs up. */
function cluster(papers: readonly Candidate[]): readonly (readonly Candidate[])[] {
  let clusters = papers.map((paper) => ({ papers: [paper], mean: paper.vector }));
  for (;;) {
    let best: { readonly i: number; readonly j: number; readonly cosine: number } | undefined;
    for (let i = 0; i < clusters.length; i++) {
      for (let j = i + 1; j < clusters.length; j++) {
        const [one, other] = [clusters[i]?.mean, clusters[j]?.mean];
        if (one === undefined || other === undefined) continue;
        const cosine = dot(one, other);
        if (cosine >= (best?.cosine ?? TOGETHER)) best = { i, j, cosine };
      }
    }
    if (best === undefined) return clusters.map((one) => one.papers);
    const { i, j } = best;
    const joined = [...(clusters[i]?.papers ?? []), ...(clusters[j]?.papers ?? [])];
    const mean = meanVector(joined.flatMap(({ vector }) => vector ?? []));
    clusters = [...clusters.filter((_, at) => at !== i && at !== j), { papers: joined, mean }];
  }
}

interface NamingParts {
  /** Of every paper, by terms, as first written. */
  readonly phrases: ReadonlyMap<Candidate, ReadonlyMap<string, string>>;
  readonly statistics: TermStatistics;
  /** Names that other themes have. */
  readonly taken: ReadonlySet<string>;
}

/** The phrase that most members share and few other papers have; of one paper, the title's head. */
function nameOf(
  members: readonly Candidate[],
  { phrases, statistics, taken }: NamingParts,
): string {
  if (members.length === 1) return headOf(members[0]);
  const held = members.flatMap((member) => phrases.get(member) ?? []);
  const outside = [...phrases].flatMap(([paper, own]) => (members.includes(paper) ? [] : own));
  const titles = members.map(({ paper }) => foldText(paper.title).toLowerCase());
  let best = { name: '', worth: 0 };
  for (const [key, written] of new Map(held.flatMap((own) => [...own]))) {
    const count = held.filter((own) => own.has(key)).length;
    if (count < 2 || taken.has(written)) continue;
    const inTitles = titles.filter((title) => title.includes(written.toLowerCase())).length;
    if (inTitles === 0) continue;
    const away = outside.filter((own) => own.has(key)).length / Math.max(1, outside.length);
    const terms = key.split(' ');
    const rarity = terms.reduce((sum, term) => sum + statistics.idf(term), 0);
    const share = (count + TITLE_COUNTS * inTitles) / held.length;
    // Words that add little to a phrase are rare together all the same.
    const worth = share * share * (1 - away) * Math.sqrt(rarity * terms.length);
    if (worth > best.worth) best = { name: written, worth };
  }
  return best.name === '' ? headOf(members[0]) : prolong(best.name, held, taken);
}

/** "graph" as "graph neural networks" where at least half of those that say the one say the other. */
function prolong(
  name: string,
  held: readonly ReadonlyMap<string, string>[],
  taken: ReadonlySet<string>,
): string {
  const key = analyse(name).join(' ');
  const count = (phrase: string) => held.filter((own) => own.has(phrase)).length;
  const longer = new Map(
    held
      .flatMap((own) => [...own])
      .filter(([other]) => ` ${other} `.includes(` ${key} `) && other !== key),
  );
  const likely = [...longer]
    .filter(([other, written]) => !taken.has(written) && count(other) * 2 >= count(key))
    .toSorted(([a], [b]) => b.length - a.length)[0];
  return likely?.[1] ?? name;
}

/** Runs of one to three words that name something, by their terms; as first written. */
function phrasesOf({ paper }: Candidate): ReadonlyMap<string, string> {
  const phrases = new Map<string, string>();
  const text = `${foldText(paper.title)}. ${foldText(paper.abstract)}`;
  for (const run of text.split(/[^\p{L}\p{N}\s'’-]+|\s-\s/u)) {
    const words = run.trim().split(/\s+/);
    for (let from = 0; from < words.length; from++) {
      for (let size = 1; size <= LONGEST_PHRASE; size++) {
        const phrase = words.slice(from, from + size);
        if (phrase.length === size) add(phrase, phrases);
      }
    }
  }
  return phrases;
}

function add(words: readonly string[], phrases: Map<string, string>): void {
  const [first = '', last = ''] = [words[0], words.at(-1)];
  const isEdge = (word: string) =>
    isStopWord(word.toLowerCase()) || !/^\p{L}[\p{L}\p{N}'’-]*$/u.test(word);
  if (isEdge(first) || isEdge(last)) return;
  const terms = words.flatMap((word) => analyse(word));
  if (terms.length === 0 || terms.every((term) => GENERAL.has(term))) return;
  if (words.length === 1 && (first.length < 4 || GENERAL.has(toTerm(first.toLowerCase())))) return;
  const key = terms.join(' ');
  if (!phrases.has(key)) phrases.set(key, asName(words));
}

/** In lower case, but for short forms and names with capitals inside. */
function asName(words: readonly string[]): string {
  return words
    .map((word) => (/\p{Lu}.*\p{Lu}|\p{Lu}.*\d/u.test(word) ? word : word.toLowerCase()))
    .join(' ');
}

function headOf(candidate: Candidate | undefined): string {
  const [head = ''] = foldText(candidate?.paper.title ?? '').split(':');
  return head.length <= 60 ? head : `${head.slice(0, 59).trimEnd()}…`;
}
