import { analyse } from '../../retrieval/analyzer.ts';
import { alikeTo } from './synonyms.ts';

// What a sentence about a paper says whatever the paper says.
const GENERAL: ReadonlySet<string> = new Set(
  analyse(
    `author authors paper work study article report research abstract propose proposed introduce
    introduced present presented describe described show shown showing demonstrate demonstrated find
    found finding report reported argue state stated claim achieve achieved reach reached obtain use
    used using utilise employ apply method approach system model framework technique result results
    called named new novel include including based perform performance across various several many
    provide provides enable enables allow allows make makes help address well known it that which via
    respectively compared while both one`,
  ),
);
const ENOUGH = 0.5;
const STEM_PREFIX = 5;
const ENOUGH_OF_CLAUSE = 1 / 3;
const CLAUSE =
  /[,;:()]\s|\s(?:and|but|while|whereas|although|though|which|that|who|because|since|so|as|thanks to|according to|due to|unlike)\s/i;
// Such a word opens a clause of its own even where it is short: "and is open source".
const TAIL =
  /[,;]?\s(?:and|but|which|that|although|though|because|since|as)\s(?=(?:it|they|this|also|then|even|thus|hence|therefore|is|are|was|were|has|have|had|can|will|needs?|runs?|remains?|becomes?|takes?|costs?)\s)|[,;]?\s(?:according to|as (?:shown|confirmed|reported|proven|verified) (?:by|in))\s/i;

/**
 * Whether at least half of what a sentence says in its own words stands in the given texts too, by
 * stems or by their first five letters ("estimates", "estimation"). A guard against sentences that
 * have nothing to do with their quote; finer lies are for the other checks.
 */
export function isSupported(
  sentence: string,
  texts: readonly string[],
  enough: number = ENOUGH,
): boolean {
  const said = [...new Set(analyse(sentence))].filter((stem) => !GENERAL.has(stem));
  if (said.length === 0) return true;
  const holder = createHolder(texts);
  const found = said.filter((stem) => holder.hasLike(stem));
  return found.length >= said.length * enough;
}

/** Whether a stem says nothing about a paper. */
export function isGeneral(stem: string): boolean {
  return GENERAL.has(stem);
}

/** Tells which stems its texts bear out. */
export interface Holder {
  /** The stem, or one with the same first five letters. */
  hasLike(stem: string): boolean;
  /** With its synonyms. */
  has(stem: string): boolean;
}

export function createHolder(texts: readonly string[]): Holder {
  const held = new Set(texts.flatMap((text) => [...analyse(text)]));
  const prefixes = new Set([...held].map((stem) => stem.slice(0, STEM_PREFIX)));
  const hasLike = (stem: string) =>
    held.has(stem) || (stem.length >= STEM_PREFIX && prefixes.has(stem.slice(0, STEM_PREFIX)));
  return { hasLike, has: (stem) => hasLike(stem) || !alikeTo(stem).isDisjointFrom(held) };
}

/**
 * Why the texts do not bear out a sentence, or undefined: less than half of what it says stands
 * there, or less than a third of what one of its clauses says ("... and is open source").
 */
export function findUnsupported(
  sentence: string,
  {
    texts,
    ownNames,
  }: { readonly texts: readonly string[]; readonly ownNames: ReadonlySet<string> },
): string | undefined {
  const holder = createHolder(texts);
  const own = (text: string) =>
    [...new Set(analyse(text))].filter((stem) => !GENERAL.has(stem) && !ownNames.has(stem));
  const said = own(sentence);
  if (said.filter((stem) => holder.has(stem)).length < said.length * ENOUGH) {
    return 'the quote is about something else';
  }
  const isBare = (clause: string, least: number) => {
    const stems = own(clause);
    const found = stems.filter((stem) => holder.has(stem)).length;
    return stems.length >= least && found < stems.length * ENOUGH_OF_CLAUSE;
  };
  const bare =
    sentence.split(TAIL).find((clause) => isBare(clause, 1)) ??
    sentence.split(CLAUSE).find((clause) => isBare(clause, 2));
  return bare === undefined ? undefined : `the quote does not bear out "${bare.trim()}"`;
}
