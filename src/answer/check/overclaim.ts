import { toTerm, words } from '../../retrieval/analyzer.ts';

// Words that leave no exception, with others of their kind: one may stand in a sentence only where
// its evidence has one of the kind.
const ABSOLUTES: readonly ReadonlySet<string>[] = [
  'always invariably consistently constantly',
  'all every everything everyone whole entire entirely completely fully universal universally any each both across',
  'only solely exclusively sole single alone',
  'guarantee guarantees guaranteed ensures theory theoretical theorem rate-optimal rate-optimality ensure provably prove proves proven theoretically',
  'best worst optimal optimality rate-optimality rate-optimal perfect perfectly unmatched unbeatable ideal superior state-of-the-art sota art outperform outperforms',
  'useless worthless pointless impossible unusable',
  'obvious obviously clearly undoubtedly certainly definitely',
  'most majority',
  'first novel new pioneering',
  'half halves halved',
  'millions million',
  'billions billion',
  'thousands thousand',
  'hundreds hundred',
].map((kind) => new Set(kind.split(' ')));

const HEDGE =
  /\b(?:may|might|could|can|potentially|possibly|perhaps|probably|likely|suggests?|hypothesi[sz]e[sd]?|appears? to|seems? to|aim(?:s|ing)? to|hop(?:es?|ing) to|goal|trade|expected to|would|should|tends? to|often|sometimes|in some cases|in certain cases|promising|potential)\b/i;
const STRICT_HEDGE =
  /\b(?:may|might|could|potentially|possibly|perhaps|probably|suggests? that|appears? to|seems? to|aim(?:s|ing)? to|hop(?:es?|ing) to|expected to|tends? to)\s+((?:\p{L}+ly\s+|be\s+|also\s+|help\s+|to\s+)*)(\p{L}+)/giu;

// "Only two", "5.7 million": the number is checked for itself.
const NUMBERED =
  /\b(?:only|solely|just)(?= (?:an? )?(?:\d|one\b|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b|single\b|half\b))|(?<=\d )(?:million|billion|thousand)s?\b/gi;

// These alone leave exceptions; they only answer for the others.
const MILD: ReadonlySet<string> = new Set(
  'any each both across one novel new sota art outperform outperforms superior across theoretically theory theoretical theorem state-of-the-art'.split(
    ' ',
  ),
);

/**
 * Why a sentence says more than its evidence, or undefined: "always" or "all" where the evidence has
 * nothing of the kind, or a thing said flatly that the evidence says may be so. `context` is the
 * evidence with the whole sentences around it, so that a quote cut out of its "may" is noticed.
 */
export function findOverclaim(
  sentence: string,
  { evidence, context }: { readonly evidence: string; readonly context: string },
): string | undefined {
  const held = new Set([...words(evidence), ...hyphenated(evidence)]);
  for (const word of new Set(words(sentence.replace(NUMBERED, ' ')))) {
    if (MILD.has(word)) continue;
    const kind = ABSOLUTES.find((one) => one.has(word));
    if (kind?.isDisjointFrom(held)) return `the evidence does not say "${word}"`;
  }
  const wide = restrictionLost(sentence, context);
  if (wide !== undefined) return `the evidence only says it of certain ${wide}`;
  return HEDGE.test(sentence) ? undefined : hedgeLost(sentence, context);
}

const RESTRICTED =
  /\b(?:certain|some|specific|particular|selected)\s(?:[\w-]+\s){0,2}?(settings|cases|scenarios|conditions|tasks|datasets|benchmarks|domains|situations)\b/giu;
const RESTRICTION = /\b(?:certain|some|specific|particular|selected|several|few|part|one)\b/i;

/** "In real-world settings" where the evidence has "in certain real-world settings". */
function restrictionLost(sentence: string, context: string): string | undefined {
  if (RESTRICTION.test(sentence)) return undefined;
  const said = new Set(words(sentence));
  return [...context.matchAll(RESTRICTED)].find(([, noun = '']) =>
    said.has(noun.toLowerCase()),
  )?.[1];
}

function hedgeLost(sentence: string, context: string): string | undefined {
  const said = new Set(words(sentence).map(toTerm));
  const held = words(context).map(toTerm);
  for (const [, , verb = ''] of context.matchAll(STRICT_HEDGE)) {
    const stem = toTerm(verb.toLowerCase());
    // Said flatly elsewhere it may be said flatly here.
    const isFlat = held.filter((one) => one === stem).length > 1;
    if (said.has(stem) && !isFlat) return `the evidence only says that it may "${stem}"`;
  }
  return undefined;
}

function hyphenated(text: string): readonly string[] {
  return text.toLowerCase().match(/\p{L}+(?:-\p{L}+)+/gu) ?? [];
}
