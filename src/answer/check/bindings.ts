import { analyse, isStopWord, toTerm, words } from '../../retrieval/analyzer.ts';
import { asOneWord, rivalsOf } from './siblings.ts';

// Prepositions that put one thing in one place; "in the memory" and "on disk" are two places.
const PLACES: ReadonlyMap<string, string> = new Map(
  ['in on onto into within inside at', 'across along', 'to toward towards', 'from', 'for'].flatMap(
    (kind) => kind.split(' ').map((word) => [word, kind]),
  ),
);
const CHUNK_END =
  /[,.;:()]|\s(?:and|while|whereas|but|which|that|or|compared|than|respectively)\s/i;
const REACH = 2;

interface Placed {
  readonly kind: string;
  readonly thing: ReadonlySet<string>;
  readonly place: ReadonlySet<string>;
}

/**
 * Why a sentence puts together what its evidence has apart, or undefined: a thing at the place of
 * another ("the lists in memory" where the lists are on disk), or the noun of one sibling behind the
 * other ("teacher MLPs" where the students are MLPs).
 */
export function findMisplaced(sentence: string, context: string): string | undefined {
  const held = placedIn(context);
  for (const said of placedIn(sentence)) {
    const here = closest(said, held, (place) => !said.place.isDisjointFrom(place));
    const there = closest(said, held, (place) => said.place.isDisjointFrom(place));
    if (here !== undefined && there !== undefined && there > here) {
      return `the evidence puts it elsewhere than "${[...said.place].join(' ')}"`;
    }
  }
  return misjoined(sentence, context);
}

/** How much of a thing the evidence has at the places that fit; undefined where it has no such. */
function closest(
  { kind, thing }: Placed,
  held: readonly Placed[],
  fits: (place: ReadonlySet<string>) => boolean,
): number | undefined {
  const found = held.filter((one) => one.kind === kind && fits(one.place));
  return found.length === 0
    ? undefined
    : Math.max(...found.map((one) => thing.intersection(one.thing).size));
}

function placedIn(text: string): readonly Placed[] {
  return text.split(CHUNK_END).flatMap((chunk) => {
    const said = words(chunk);
    const at = [...said.keys()].filter((i) => PLACES.has(said[i] ?? ''));
    return at.flatMap((i, n) => {
      const ahead = said.slice((at[n - 1] ?? -1) + 1, i);
      const of = ahead.indexOf('of');
      const thing = plainStems(ahead.slice(0, of < 0 ? undefined : of));
      const place = plainStems(said.slice(i + 1, at[n + 1]));
      const kind = PLACES.get(said[i] ?? '') ?? '';
      return thing.size > 0 && place.size > 0
        ? [{ kind, thing, place: new Set([...place].slice(0, REACH)) }]
        : [];
    });
  });
}

/** Without numbers, which are checked for themselves. */
function plainStems(said: readonly string[]): ReadonlySet<string> {
  return new Set(analyse(said.filter((word) => !/\d/.test(word)).join(' ')));
}

/** "Teacher MLPs" where the evidence has "student MLPs" and no MLP shortly behind "teacher". */
function misjoined(sentence: string, context: string): string | undefined {
  const said = contentOf(sentence);
  const held = contentOf(context);
  const isBehind = (first: string, stem: string) =>
    held.some(
      ({ word }, i) =>
        word === first && held.slice(i + 1, i + 1 + REACH).some((one) => one.stem === stem),
    );
  for (const [i, { word }] of said.entries()) {
    const next = said[i + 1];
    if (next === undefined || !held.some((one) => one.word === word)) continue;
    const rival = rivalsOf(word).find((one) => isBehind(one, next.stem));
    if (rival !== undefined && !isBehind(word, next.stem)) {
      return `the evidence says "${rival} ${next.word}"`;
    }
  }
  return undefined;
}

function contentOf(text: string): readonly { readonly word: string; readonly stem: string }[] {
  return words(asOneWord(text))
    .filter((word) => !isStopWord(word))
    .map((word) => ({ word, stem: toTerm(word) }));
}
