import { AcronymCollector, type Acronyms } from './acronyms.ts';
import { toTerm } from './analyzer.ts';
import { editDistance } from './edit-distance.ts';
import type { IndexedPaper } from './paper-index.ts';

/** What the corpus says about words: how rare each is, and what its short forms stand for. */
export interface TermStatistics {
  /** How many papers the figures come from. */
  readonly papers: number;
  readonly averageLength: number;
  readonly acronyms: Acronyms;
  /** In how many of them the term stands. */
  frequency(term: string): number;
  /** BM25's inverse document frequency, ln(1 + (N - n + .5) / (n + .5)); highest for unknown terms. */
  idf(term: string): number;
  /** A frequent term or a paper's own name a letter or two away from an unknown term, or undefined. */
  respell(term: string): string | undefined;
  /** Whether the term is a name that some paper gives to its own work and few others speak of. */
  isName(term: string): boolean;
}

// A term must be at least this frequent before a misspelling is taken for it.
const RESPELL_SHARE = 0.01;
const RESPELL_MIN_LENGTH = 5;
const NAME_MIN_LENGTH = 6;
const TWO_EDITS_FROM_LENGTH = 9;
/** The title counts twice, as in the index. */
export const TITLE_WEIGHT = 2;

/** Reads a sample of the corpus; a few ten thousand papers tell a word's rarity well enough. */
export async function createTermStatistics(
  sample: AsyncIterable<IndexedPaper>,
): Promise<TermStatistics> {
  const frequencies = new Map<string, number>();
  const names = new Set<string>();
  const acronyms = new AcronymCollector();
  let papers = 0;
  let terms = 0;
  for await (const { paper, titleTerms, bodyTerms, names: paperNames } of sample) {
    papers++;
    terms += TITLE_WEIGHT * titleTerms.length + bodyTerms.length;
    acronyms.read(paper.abstract);
    for (const [name, own] of paperNames) if (own === 1) names.add(toTerm(name));
    for (const term of new Set([...titleTerms, ...bodyTerms])) {
      frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
    }
  }
  const floor = Math.max(3, papers * RESPELL_SHARE);
  const frequency = (term: string) => frequencies.get(term) ?? 0;
  return {
    papers,
    averageLength: terms / Math.max(papers, 1),
    acronyms: acronyms.result(),
    frequency,
    idf: (term) => {
      const n = frequency(term);
      return Math.log(1 + (papers - n + 0.5) / (n + 0.5));
    },
    isName: (term) => names.has(term) && frequency(term) <= floor,
    respell: (term) => {
      if (term.length < RESPELL_MIN_LENGTH || frequencies.has(term) || /\d/.test(term)) {
        return undefined;
      }
      return nearestTerm(term, frequencies, floor) ?? nearestName(term, names);
    },
  };
}

function nearestTerm(
  term: string,
  frequencies: ReadonlyMap<string, number>,
  floor: number,
): string | undefined {
  const allowed = term.length >= TWO_EDITS_FROM_LENGTH ? 2 : 1;
  let best: { readonly term: string; readonly edits: number; readonly count: number } | undefined;
  for (const [candidate, count] of frequencies) {
    if (count < floor || candidate[0] !== term[0]) continue;
    const edits = editDistance(term, candidate);
    if (edits > allowed) continue;
    if (best === undefined || edits < best.edits || (edits === best.edits && count > best.count)) {
      best = { term: candidate, edits, count };
    }
  }
  return best?.term;
}

/** Names are rare, so only one misspelt letter is believed, two in a long name. */
function nearestName(term: string, names: ReadonlySet<string>): string | undefined {
  if (term.length < NAME_MIN_LENGTH) return undefined;
  const allowed = term.length >= TWO_EDITS_FROM_LENGTH ? 2 : 1;
  for (const name of names) {
    if (name.length >= NAME_MIN_LENGTH && editDistance(term, name) <= allowed) return name;
  }
  return undefined;
}
