import { analyse } from '../../retrieval/analyzer.ts';
import type { Measure } from './measures.ts';
import { namesIn } from './names.ts';

/** What a number says of its place: "by 15%", "2% more"; "reaches 15%", "15% of a model". */
export type Relation = 'change' | 'level' | undefined;

const ABOUT =
  '(?: (?:about|up to|up-to|over|only|just|nearly|around|approximately|roughly|more than|less than|almost|at least|at most|an? |the|as much as|factor of|average of|another|absolute|relative|total of))*';
const CHANGE_WORD =
  '(?:improve(?:ment)?s?|gain(?:s|ed|ing)?|increases?|rises?|reductions?|decreases?|drops?|cuts?|boosts?|lifts?|speed-?ups?|savings?|saves?)';
const CHANGE_AHEAD = new RegExp(`\\b(?:by|${CHANGE_WORD}(?: of| by)?)${ABOUT} ?$`, 'i');
const CHANGE_BEHIND = new RegExp(
  `^(?: (?!of\\b|on\\b|in\\b|with\\b|and\\b|to\\b|for\\b|at\\b|which\\b)[\\w-]+){0,3}? (?:more|less|fewer|lower|higher|better|worse|faster|slower|smaller|larger|cheaper|shorter|longer|${CHANGE_WORD})\\b`,
  'i',
);
const LEVEL_AHEAD = new RegExp(
  `\\b(?:reach\\w*|achiev\\w*|attain\\w*|obtain\\w*|scor\\w*|retain\\w*|has|have|to|(?:accuracy|error|rate|mpjpe|recall|scores?|latency|precision|f1|map|performance)(?: of| is)?)${ABOUT} ?$`,
  'i',
);
const SHARE_BEHIND = /^ of (?:an?|the|its|their|all|\p{Lu})\b/u;
const RANGE = /^\s?(?:-|–|—|~|sim|to|and)\s?\d/;
const RANGE_AHEAD = /\d\S*\s?(?:-|–|—|~|sim|to|and)\s?$/;
const NEAR = 70;

/** Whether a number is a change or a level; undefined where its words leave it open. */
export function relationOf({ text, start, end }: Measure, folded: string): Relation {
  const ahead = folded.slice(Math.max(0, start - NEAR), start);
  const behind = folded.slice(end, end + NEAR);
  if (
    /^(?:twice|thrice|doubl|tripl|quadrupl)/i.test(text) ||
    RANGE.test(behind) ||
    RANGE_AHEAD.test(ahead)
  )
    return undefined;
  if (CHANGE_AHEAD.test(ahead)) return 'change';
  if (SHARE_BEHIND.test(behind)) return 'level';
  if (CHANGE_BEHIND.test(behind)) return 'change';
  return LEVEL_AHEAD.test(ahead) ? 'level' : undefined;
}

const BORDER = /[,.;:()]\s?|\s(?:and|while|whereas|but|compared|against|over|than|versus)\s/i;
const STEM_PREFIX = 5;
const VERB_AHEAD = /\b(?:is|are|was|were|reach\w*|achiev\w*)\b[\w\s]{0,12}$/i;
const BACKWARD = /\b(?:by|to|at)\b[\w\s]{0,12}$/i;

/** The words that say what a number is a number of. */
export function phraseOf(
  { start, end }: Measure,
  {
    folded,
    from,
    to,
  }: { readonly folded: string; readonly from: number; readonly to: number | undefined },
): string {
  const ahead = folded.slice(from, start).split(BORDER).at(-1) ?? '';
  const behind = folded.slice(end, to).split(BORDER)[0] ?? '';
  const isFirst = from === 0 || /[.;,(]\s/.test(folded.slice(from, start));
  const isBackward =
    BACKWARD.test(ahead) ||
    (VERB_AHEAD.test(ahead) && analyse(behind).length === 0) ||
    (isFirst && /\bof\b[\w\s]{0,12}$/i.test(ahead));
  // "3.7B of its 40B parameters are active": which is active is open.
  const isOpen =
    /\bof (?:its|the|their|[\w.\s-]+['’]s) $/i.test(ahead) || /^\W*(?:sim|to)\W*$/.test(behind);
  if (isOpen) return '';
  return isBackward ? ahead.replace(/(?<!\S)\S*\p{Lu}\S*/gu, ' ') : behind;
}

/** The first five letters of each stem. */
export function beginnings(text: string): ReadonlySet<string> {
  return new Set(analyse(text).map((stem) => stem.slice(0, STEM_PREFIX)));
}

/** Whether a number's words are those of another number of the evidence, not of its own. */
export function isOthersPhrase(
  said: ReadonlySet<string>,
  own: ReadonlySet<string>,
  others: readonly ReadonlySet<string>[],
): boolean {
  const mine = said.intersection(own).size;
  return others.some((other) => {
    const theirs = said.intersection(other).size;
    if (theirs >= mine + 2) return true;
    const isWhole = other.size > 0 && theirs === other.size && !other.isSubsetOf(own);
    return isWhole && said.isDisjointFrom(own.difference(other));
  });
}

// Names behind such a word stand on the other side of a comparison.
const AGAINST =
  /\b(?:against|compared (?:to|with)|unlike|over|than|relative to|versus|vs|outperform\w*|surpass\w*|beat(?:s|en|ing)?|exceed\w*|better than)\b(?:(?!\s(?:on|in|for|with|at|while|by)\s)[^,;])*/giu;

/** The names that a number is told of, and those it is set against. */
export function sidesOf(text: string): {
  readonly subject: ReadonlySet<string>;
  readonly against: ReadonlySet<string>;
} {
  const against = namesIn(`x ${(text.match(AGAINST) ?? []).join(' ')}`);
  return { subject: namesIn(`x ${text.replace(AGAINST, ' ')}`).difference(against), against };
}
