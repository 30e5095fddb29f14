import { analyse } from '../../retrieval/analyzer.ts';

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
  const held = new Set(texts.flatMap((text) => [...analyse(text)]));
  const prefixes = new Set([...held].map((stem) => stem.slice(0, STEM_PREFIX)));
  const found = said.filter(
    (stem) =>
      held.has(stem) || (stem.length >= STEM_PREFIX && prefixes.has(stem.slice(0, STEM_PREFIX))),
  );
  return found.length >= said.length * enough;
}
