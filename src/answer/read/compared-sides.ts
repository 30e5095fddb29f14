import { analyse } from '../../retrieval/analyzer.ts';
import type { Passage, Retrieval } from '../../retrieval/passage.ts';

const SIDES: readonly RegExp[] = [
  /\bcompar(?:e|es|ed|ing|ison(?: of| between)?)\s+(.+?)\s+(?:and|with|to|against|vs\.?|versus)\s+(.+)/i,
  /\b(?:differences?|differs?)\s+between\s+(.+?)\s+and\s+(.+)/i,
  /(\S+)\s+(?:compar(?:e|es|ed) (?:with|to|against)|differs? from)\s+(.+)/i,
  /(.+?)\s+(?:vs\.?|versus)\s+(.+)/i,
];
const ONE_SIDE = /^\W*(?:please )?compare\s+(.+)$/i;
const ASIDE = /[:?,;].*$|\b(?:in terms of|on|by|for|regarding)\b.*$/i;

/**
 * Whether a comparison names one thing that the library has and nothing else that it could be
 * compared with: nothing at all, or something of which no other paper found speaks.
 */
export function isOneSided(
  question: string,
  { named, retrieval }: { readonly named: readonly Passage[]; readonly retrieval: Retrieval },
): boolean {
  const [only, ...more] = named;
  if (only === undefined || more.length > 0) return false;
  const sides = readSides(question);
  if (sides.length === 0) return false;
  const names = only.mention?.names ?? [];
  const others = sides.filter((side) => !names.some((name) => compact(side).includes(name)));
  if (others.length === sides.length) return false;
  const rest = retrieval.passages.filter(({ paper }) => paper.id !== only.paper.id);
  return !others.some((side) => isSpokenOf(side, rest));
}

/** The two things that a comparison names, as typed; one, or none, where it does not say. */
export function readSides(question: string): readonly string[] {
  for (const pattern of SIDES) {
    const [, one, other] = pattern.exec(question) ?? [];
    if (one !== undefined && other !== undefined) return [one, other.replace(ASIDE, '')];
  }
  const [, one] = ONE_SIDE.exec(question) ?? [];
  return one === undefined || /\b(?:and|with|to)\b|,/i.test(one) ? [] : [one];
}

/** The papers shown beside the first: one of them holds most of the side's words. */
function isSpokenOf(side: string, passages: readonly Passage[]): boolean {
  const terms = new Set(NOTHING.test(side) ? [] : analyse(side));
  if (terms.size === 0) return false;
  return passages.slice(0, LOOKED_AT).some(({ paper }) => {
    const held = new Set(analyse(`${paper.title} ${paper.abstract}`));
    return terms.intersection(held).size * 2 >= terms.size;
  });
}

const LOOKED_AT = 10;
const NOTHING = /^\W*(?:nothing|none|nobody|no one|null|n\/a|itself|thin air)\b/i;

function compact(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
