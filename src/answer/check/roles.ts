import { foldText } from '../../papers/fold.ts';
import { namesIn } from './names.ts';

// What stands before is the better one, what stands behind the last word the other.
const BETTER =
  /\b(?:outperform(?:s|ed|ing)?|surpass(?:es|ed|ing)?|exceed(?:s|ed|ing)?|beat(?:s|en|ing)?|(?:better|faster|smaller|larger|cheaper|slower|worse|higher|lower|greater|fewer|more|less|longer|shorter|stronger|weaker)(?:(?! than)[^.;:,]){0,60}?,? (?:than|compared (?:to|with)|relative to)\b|(?:improv(?:es?|ed|ing|ements?)|gains?|speed-?ups?|advantages?|reduc(?:es?|ed|ing|tions?)|increas(?:es?|ed|ing)|accelerat(?:es?|ed|ing)|lifts?|%|\d ?(?:x|times|points))(?:[^.;:]){0,80}?\b(?:over|on|against|compared (?:to|with)|relative to|upon)|replac(?:es|ed|ing)|instead of|rather than)\b/giu;
const PASSIVE = /^\s+(?:\p{L}+\s+)?by\b/iu;
// The paper's own work, by whatever words.
const OURS =
  /\b(?:we|our|ours|the proposed|this (?:paper|work|method|model|approach|framework|technique))\b/iu;

/**
 * Whether a sentence turns a comparison round: it says that A outperforms B while the evidence has
 * the names of A behind such a word and those of B before it. Where the evidence says "we" or "our",
 * the paper's own names stand there.
 */
export function hasSwappedRoles(
  sentence: string,
  evidence: string,
  { ownNames = new Set() }: { readonly ownNames?: ReadonlySet<string> } = {},
): boolean {
  const said = readComparisons(sentence);
  if (said.length === 0) return false;
  const held = readComparisons(evidence).map((one) => withOwn(one, ownNames));
  return said.some(({ before, behind }) => {
    const isHeld = held.some(
      (one) => meets(before, one.before) && meets(behind, one.behind) && !meets(behind, one.before),
    );
    const isTurned = held.some(
      (one) =>
        meets(before, one.behind) &&
        !meets(before, one.before) &&
        // Both may go on with the same name: "... on ImageNet".
        (meets(behind, one.before) || !meets(behind, one.behind)),
    );
    return isTurned && !isHeld;
  });
}

const AS_MUCH =
  /(?<!times |twice |not |half |least |most )\bas (\p{L}+)(?: as|(?= [^.;,]* as\b))/giu;
const ALIKE = /\b(?:match|comparable|similar|same|equal|on par|competitive|as (?:good|well))/iu;
const GOOD: ReadonlySet<string> = new Set(['good', 'well']);

/** "As expressive as" where the evidence says "more expressive than". */
export function levelsComparison(sentence: string, context: string): boolean {
  if (ALIKE.test(context)) return false;
  return [...foldText(sentence).matchAll(AS_MUCH)].some(([, word = '']) =>
    GOOD.has(word) ? /\bbetter\b/i.test(context) : context.includes(`more ${word}`),
  );
}

const TROUBLE =
  /\b(?:suffer\w*|hinder\w*|struggl\w*|poor\w*|drawbacks?|lacks?|lacking|limited by|fails? to)\b/giu;
const SELF = /\b(?:we|our|ours|it|its|the proposed|this)\b/iu;

/** Whether a sentence tells a trouble of the paper's own work that the evidence tells of others'. */
export function blamesOwn(
  sentence: string,
  context: string,
  ownNames: ReadonlySet<string>,
): boolean {
  const isTold = [...sentence.matchAll(TROUBLE)].some(({ index }) =>
    meets(allNames(sentence.slice(0, index)), ownNames),
  );
  if (!isTold) return false;
  const held = context.split(/[.;]\s/).flatMap((part) => {
    const { index } = part.matchAll(TROUBLE).next().value ?? {};
    return index === undefined ? [] : [part.slice(0, index)];
  });
  return (
    held.length > 0 && held.every((ahead) => !SELF.test(ahead) && !meets(allNames(ahead), ownNames))
  );
}

/** Whether a text sets one thing against another. */
export function isComparison(text: string): boolean {
  return text.search(BETTER) >= 0;
}

interface Comparison {
  readonly before: ReadonlySet<string>;
  readonly behind: ReadonlySet<string>;
  readonly isOurs: boolean;
}

/** "We outperform BarNet" is said of the paper's own names. */
function withOwn(one: Comparison, ownNames: ReadonlySet<string>): Comparison {
  const own = ownNames.difference(one.behind);
  return one.isOurs ? { ...one, before: one.before.union(own) } : one;
}

function readComparisons(text: string): readonly Comparison[] {
  return foldText(text)
    .split(/[.;]\s/)
    .flatMap((part) =>
      [...part.matchAll(BETTER)].map(({ 0: word, index }) => {
        const ahead = part.slice(0, index);
        const before = allNames(ahead);
        const rest = part.slice(index + word.length);
        const behind = allNames(rest);
        // No name before: "achieve an improvement of 27% compared to" is the paper's own too.
        const isOurs = OURS.test(ahead) || before.size === 0;
        // "A is outperformed by B".
        return PASSIVE.test(rest) && /ed$|en$/i.test(word)
          ? { before: behind, behind: before, isOurs: false }
          : { before, behind, isOurs };
      }),
    );
}

/** With a word before it, a name that opens the sentence counts as one. */
function allNames(text: string): ReadonlySet<string> {
  return namesIn(`x ${text}`);
}

function meets(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return [...one].some((name) => other.has(name));
}
