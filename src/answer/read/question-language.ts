import { isStopWord, toTerm, words } from '../../retrieval/analyzer.ts';
import type { TermStatistics } from '../../retrieval/term-statistics.ts';

// What short questions are made of in languages that share our letters, accents off, and what is no
// English word and no short form of the field ("il", "em", "ce" are).
const TELLING = wordSet(
  `wie wer wann warum wieso welche welcher welches welchen ist sind funktioniert erklare wofur und von mit
  que quien cual cuales cuando donde como porque funciona sirve explica para sobre
  quoi quel quelle quels quelles pourquoi fonctionne explique avec dans qui sont
  cosa cose quale quali perche funziona spiega della sono
  qual quais voce uma isso wat hoe waarom welke zijn werkt vad varfor och hvad hvordan fungerar fungerer
  jak jaki jaka jest dlaczego dziala nedir nasil neden icin calisir apa bagaimana adalah mengapa
  mika miten hogyan micsoda este`,
);
// The same, but English words or short forms too: they say nothing alone.
const FAINT = wordSet(
  `was die der das ein eine es gibt hat kann fur uber el la los las un una unos del con por entre son esta
  le les des une du et sur est ce quest comment marche che chi come di dei il gli nel lo i
  o os um do da dos na nos em e a y het een van voor er ar en ett som co czy sa to
  ne ile itu yang nhu nao tai sao gi`,
);
const MOSTLY = 0.5;
const MANY_UNKNOWN = 3;
// Not in a capitalised word, which may be a name such as Lévy, nor in those that English took over.
const ACCENTED =
  /[¿¡]|(?<!\p{L})(?!nai\u0308ve|fac\u0327ade|cliche\u0301)\p{Ll}[\p{L}\p{M}]*?[ßæøłđı\p{M}]/u;

/**
 * Whether a question is written in English, as far as its words tell; names of papers tell nothing.
 * Words that neither English nor the library knows make it another language only where they are most
 * of it and something else speaks for that: "summarise VoxelKP" is English all the same.
 */
export function isEnglish(
  question: string,
  { names, statistics }: { readonly names: readonly string[]; readonly statistics: TermStatistics },
): boolean {
  const spoken = spokenWords(question).filter((word) => !names.some((name) => name.includes(word)));
  // A single Greek letter stands for a quantity.
  if (spoken.some((word) => /^\P{Script=Latin}{2,}$/u.test(word))) {
    return spoken.filter((word) => /^[a-z]+$/.test(word)).length > spoken.length * MOSTLY;
  }
  const unknown = spoken.filter((word) => isUnknown(word, statistics));
  const telling = spoken.filter((word) => TELLING.has(word));
  const foreign = spoken.filter((word) => FAINT.has(word) || unknown.includes(word));
  if (new Set([...telling, ...foreign]).size < new Set(spoken).size * MOSTLY) return true;
  const isAccented = foreign.length > 0 && ACCENTED.test(question.normalize('NFD'));
  const isStrange = unknown.length >= MANY_UNKNOWN && unknown.length === spoken.length;
  return telling.length === 0 && !isAccented && !isStrange;
}

/** Without what is coined or short for something, unless all is in capitals. */
function spokenWords(question: string): readonly string[] {
  const isShouted = !/\p{Ll}/u.test(question);
  return (question.match(/[\p{L}\p{M}\p{N}'’]+/gu) ?? [])
    .filter((word) => isShouted || !/\p{Lu}.*\p{Lu}/u.test(word))
    .flatMap(words)
    .filter((word) => /^\p{L}+$/u.test(word));
}

function isUnknown(word: string, statistics: TermStatistics): boolean {
  const term = toTerm(word);
  return !isStopWord(word) && statistics.frequency(term) === 0 && !statistics.respell(term);
}

function wordSet(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/).filter((word) => word !== ''));
}
