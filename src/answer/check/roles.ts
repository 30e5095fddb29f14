import { foldText } from '../../papers/fold.ts';
import { namesIn } from './names.ts';

// What stands before is the better one.
const BETTER =
  /\b(?:outperform(?:s|ed|ing)?|surpass(?:es|ed|ing)?|exceed(?:s|ed|ing)?|beat(?:s|en|ing)?|(?:better|faster|smaller|larger|cheaper|more \p{L}+|less \p{L}+|fewer \p{L}+|higher|lower) than|improv(?:es|ed|ing) (?:up)?on|improv(?:es|ed|ing) over|(?:speed-?up|gain|improvement|advantage)s? over|replac(?:es|ed|ing)|instead of|rather than)\b/giu;

const PASSIVE = /^\s+(?:\p{L}+\s+)?by\b/iu;

/**
 * Whether a sentence turns a comparison round: it says that A outperforms B while the evidence has
 * the names of A behind such a word and those of B before it.
 */
export function hasSwappedRoles(sentence: string, evidence: string): boolean {
  const said = readComparisons(sentence);
  const held = readComparisons(evidence);
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

interface Comparison {
  readonly before: ReadonlySet<string>;
  readonly behind: ReadonlySet<string>;
}

function readComparisons(text: string): readonly Comparison[] {
  return foldText(text)
    .split(/[.;]\s/)
    .flatMap((part) =>
      [...part.matchAll(BETTER)].map(({ 0: word, index }) => {
        const before = allNames(part.slice(0, index));
        const rest = part.slice(index + word.length);
        const behind = allNames(rest);
        // "A is outperformed by B".
        return PASSIVE.test(rest) && /ed$|en$/i.test(word)
          ? { before: behind, behind: before }
          : { before, behind };
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
