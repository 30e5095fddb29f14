import { isStopWord, toTerm, words } from '../../retrieval/analyzer.ts';

// "not only", "no longer than" and the like deny nothing of what follows.
const NO_DENIAL =
  /\bnot (?:only|just|merely|necessarily)\b|\bno (?:more|less|fewer|later|worse|slower|larger|higher|lower)\b(?=[^.;,]{0,60}\bthan\b)|\bno matter\b/gi;
const NEGATOR =
  /\b(?:not|no|never|cannot|without|neither|nor|none|nothing|hardly|barely|rarely|seldom|lacks?|lacking|fails? to|failed to|failing to|unable to|unlikely to|refus\w+ to|instead of|rather than|free of|absence of|avoid(?:s|ed|ing)?|eliminat(?:e|es|ed|ing)|obviat(?:e|es|ed|ing)|dispens\w+ with|do(?:es)? without|untrue|false|myth|misconception)\b|\b\w{1,10}n['’]t\b/gi;
const PLAIN_NEGATOR = /\b(?:not|no|never|cannot|neither)\b|\b\w{1,10}n['’]t\b/gi;
const CLAUSE =
  /[.;:!?()]|,\s|\s(?:but|while|whereas|although|though|however|yet|which|who|because)\s|—| – |\s?--+\s?/gi;
const REACH = 7;

/** How a sentence speaks of its words: which it affirms and which it denies. */
export interface Polarity {
  readonly affirmed: ReadonlySet<string>;
  readonly denied: ReadonlySet<string>;
}

/** Reads the stems of a text, each denied when a negation stands shortly before it in its clause. */
export function readPolarity(text: string): Polarity {
  const affirmed = new Set<string>();
  const denied = new Set<string>();
  for (const clause of text.replace(NO_DENIAL, ' ').split(CLAUSE)) {
    const [before = '', ...behind] = clause.split(NEGATOR);
    const ahead = stemsOf(before);
    for (const stem of ahead) affirmed.add(stem);
    // "Needs no labels" is "does not need labels".
    const verb = ahead.at(-1);
    if (verb !== undefined && /^no$/i.test(clause.match(NEGATOR)?.[0] ?? '')) denied.add(verb);
    const negators = clause.match(NEGATOR) ?? [];
    for (const [i, found] of behind.entries()) {
      const [part = '', ...stated] = found.split(endOf(negators[i] ?? ''));
      for (const stem of stated.flatMap(stemsOf)) affirmed.add(stem);
      const [sure = '', ...unsure] = part.split(EITHER);
      stemsOf(sure).forEach((stem, place) => {
        (place < REACH ? denied : affirmed).add(stem);
      });
      // "Needs no labels and learns fast", "needs no labels and masks": it may be either.
      for (const stem of unsure.flatMap(stemsOf)) affirmed.add(stem) && denied.add(stem);
    }
  }
  return { affirmed, denied };
}

// "Needs no labels and learns", "does not need labels to train": what follows may be either.
const EITHER = /\sand\s|(?<=\b(?:need|requir)\w*\s(?!to\b)[^.;,]{2,60})\sto\s/;
const BY_DOING = /\sby\s(?=\w+ing\b)/;
// "Models without labels are fast" says that they are fast.
const VERB_BEHIND = /\sby\s(?=\w+ing\b)|\s(?:have|has|had|is|are|was|were|can|may|do|does)\s/;

/** Where a denial ends before its clause does. */
function endOf(negator: string): RegExp {
  return /^(?:without|lack|free|absence)/i.test(negator) ? VERB_BEHIND : BY_DOING;
}

function stemsOf(text: string): readonly string[] {
  return words(text)
    .map((word) => ({ stem: toTerm(word), isEmpty: isStopWord(word) }))
    .filter(({ stem, isEmpty }) => !isEmpty || SIDES.has(stem))
    .map(({ stem }) => stem);
}

const OPPOSITES: readonly (readonly [string, string])[] = [
  ['increase rise grow raise higher', 'decrease fall drop shrink lower decline'],
  ['improve better enhance boost gain', 'degrade worse worsen harm hurt deteriorate'],
  ['outperform surpass exceed beat', 'underperform lag trail'],
  ['faster quicker accelerate speedup', 'slower slow'],
  ['more greater', 'less fewer reduce lower efficient'],
  ['large larger bigger big', 'small smaller tiny'],
  ['cheaper', 'costlier expensive'],
  ['reduce cut decrease lessen', 'increase raise expand'],
  ['success succeed', 'failure fail'],
  ['stable robust', 'unstable fragile brittle'],
  ['accurate', 'inaccurate'],
  ['efficient', 'inefficient'],
  ['possible', 'impossible'],
  ['supervised', 'unsupervised'],
  ['significant', 'insignificant negligible marginal'],
  ['open', 'closed proprietary'],
  ['public', 'private'],
  ['maximum maximal highest best', 'minimum minimal lowest worst'],
  ['before', 'after'],
  ['first', 'second third last'],
  ['strong stronger', 'weak weaker'],
  ['easy easier', 'hard harder difficult'],
  ['similar same identical', 'different dissimilar'],
  ['online', 'offline'],
  ['sparse', 'dense'],
  ['support confirm', 'contradict refute disprove'],
  ['maintain retain preserve', 'hurt harm degrade lose worsen deteriorate'],
  ['most majority', 'few minority'],
  ['always', 'sometimes rarely'],
  ['sufficient enough', 'insufficient'],
];

/** For each stem the words that go with it, and those that say the opposite. */
const SIDES: ReadonlyMap<string, readonly Side[]> = toSides();

interface Side {
  readonly same: readonly string[];
  readonly against: readonly string[];
}

function toSides(): ReadonlyMap<string, readonly Side[]> {
  const found = new Map<string, Side[]>();
  for (const [one, other] of OPPOSITES) {
    const left = one.split(' ').map(toTerm);
    const right = other.split(' ').map(toTerm);
    for (const stem of left) keep(found, stem, { same: left, against: right });
    for (const stem of right) keep(found, stem, { same: right, against: left });
  }
  return found;
}

function keep(found: Map<string, Side[]>, stem: string, side: Side): void {
  found.set(stem, [...(found.get(stem) ?? []), side]);
}

/**
 * Why a sentence says the opposite of its evidence, or undefined: a shared word that one affirms and
 * the other denies, a negation that the evidence does not have, or an opposite ("increases" for
 * "reduces"). `context` is the evidence with the whole sentences around it, so that a quote cut out
 * of its negation is noticed.
 */
export function findConflict(sentence: string, context: string): string | undefined {
  const said = readPolarity(sentence);
  const held = readPolarity(context);
  const stems = stemsOf(context);
  return (
    conflictOfAffirmed(said, held) ??
    conflictOfDenied(said, held) ??
    conflictOfPairs(stemsOf(sentence), stems, said) ??
    conflictOfCounts({ sentence, context }, said, new Set(stems))
  );
}

/** "Are not", with nothing behind that the other checks could hold on to. */
function conflictOfCounts(
  { sentence, context }: { readonly sentence: string; readonly context: string },
  said: Polarity,
  all: ReadonlySet<string>,
): string | undefined {
  const count = (text: string, pattern: RegExp) =>
    text.replace(NO_DENIAL, ' ').match(pattern)?.length ?? 0;
  const isPlain = [...said.denied].every((stem) => opposedBy(stem, all) === undefined);
  return isPlain && count(sentence, PLAIN_NEGATOR) > count(context, NEGATOR)
    ? 'the evidence has no such negation'
    : undefined;
}

/** The words of a claim that take no side. */
export function withoutSides(claim: string): string {
  return words(claim)
    .filter((word) => !SIDES.has(toTerm(word)))
    .join(' ');
}

/**
 * Whether a text takes sides on whatever a claim takes sides on: it has a word of the same or of the
 * opposite side for each ("hurts", "improves").
 */
export function takesSides(claim: string, text: string): boolean {
  const held = new Set(stemsOf(text));
  return stemsOf(claim).every((stem) => {
    const sides = SIDES.get(stem) ?? [];
    const words = sides.flatMap(({ same, against }) => [...same, ...against]);
    return sides.length === 0 || words.some((word) => held.has(word));
  });
}

/** "Larger networks" where the evidence has "smaller networks", whatever else it calls larger. */
function conflictOfPairs(
  said: readonly string[],
  held: readonly string[],
  { affirmed, denied }: Polarity,
): string | undefined {
  const pairs = new Set(held.map((stem, i) => `${stem} ${held[i + 1] ?? ''}`));
  for (const [i, stem] of said.entries()) {
    const noun = said[i + 1];
    const isDenied = denied.has(stem) && !affirmed.has(stem);
    if (noun === undefined || isDenied) continue;
    for (const { same, against } of SIDES.get(stem) ?? []) {
      if (same.some((word) => pairs.has(`${word} ${noun}`))) continue;
      const found = against.find((word) => pairs.has(`${word} ${noun}`));
      if (found !== undefined) return `the evidence says "${found} ${noun}"`;
    }
  }
  return undefined;
}

function conflictOfAffirmed(said: Polarity, held: Polarity): string | undefined {
  const all = new Set([...held.affirmed, ...held.denied]);
  for (const stem of said.affirmed) {
    if (said.denied.has(stem)) continue;
    if (held.denied.has(stem) && !held.affirmed.has(stem)) return `the evidence denies "${stem}"`;
    const against = opposedBy(stem, all);
    if (against !== undefined) return `the evidence says "${against}", not "${stem}"`;
  }
  return undefined;
}

function conflictOfDenied(said: Polarity, held: Polarity): string | undefined {
  const all = new Set([...held.affirmed, ...held.denied]);
  // "Does not hurt" where the evidence says "maintains".
  const isRestated = [...said.denied].some((stem) => opposedBy(stem, all) !== undefined);
  if (isRestated) return undefined;
  for (const stem of said.denied) {
    if (held.denied.has(stem)) continue;
    // It may be either.
    if (said.affirmed.has(stem)) continue;
    if (held.affirmed.has(stem) || held.denied.size === 0) {
      return `the evidence does not deny "${stem}"`;
    }
  }
  return undefined;
}

/** A word of the evidence that says the opposite, where no word of it says the same. */
function opposedBy(stem: string, held: ReadonlySet<string>): string | undefined {
  for (const { same, against } of SIDES.get(stem) ?? []) {
    if (same.some((word) => held.has(word))) continue;
    const found = against.find((word) => held.has(word));
    if (found !== undefined) return found;
  }
  return undefined;
}
