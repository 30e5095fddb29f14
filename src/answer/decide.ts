import type { Passage, Retrieval } from '../retrieval/passage.ts';
import type { Intent } from './answer.ts';
import { isStated } from './is-stated.ts';
import { isOneSided } from './read/compared-sides.ts';
import { isEnglish } from './read/question-language.ts';
import type { ReadQuestion } from './read/read-question.ts';
import { findSpecifics, missingSpecifics } from './read/specifics.ts';

/** Whether the papers found can answer the question, and if not, what is wanting. */
export type Decision =
  | { readonly kind: 'enough'; readonly passages: readonly Passage[] }
  /** Nothing in the corpus is about this. */
  | { readonly kind: 'nothing-near'; readonly missing: readonly string[] }
  /** The right paper is there, but its abstract does not state what is asked. */
  | {
      readonly kind: 'not-stated';
      readonly passage: Passage;
      readonly missing: readonly string[];
    };

/** A mention at least this strong names the paper, not just a thing that it speaks of. */
const NAMED_STRENGTH = 0.6;
/** A named paper must still be about the question: at least this share of the best score. */
const NAMED_SHARE = 0.7;
/** A paper with a name that is no ordinary word may be further behind. */
const COINED_SHARE = 0.5;
const LOOKED_AT = 3;
// Logistic regression on 117 answerable questions that name no paper, 132 that no abstract answers and
// 230 whose paper was taken away (these at .3), cross-validated by question: at 5% false refusals it
// refuses .86, .95 and .62 of them; the weights before, fitted on the development questions alone,
// .79, .84 and .37. The share of unknown words told nothing more.
const SUPPORT = { dense: 3.8, sentences: 7.4, coverage: 3.2, lead: 3.6, terms: 0.45 };
// Below it 4% of the answerable ones fall.
const SUPPORT_LIMIT = 8.3;
const MOST_TERMS = 12;
const LEAD_OVER = 9;
const WORDS_ONLY_COVERAGE = 0.25;

export type Asked = Pick<ReadQuestion, 'question' | 'intent'>;

/** Decides without any model, from what is asked for and how near the papers come to it. */
export function decide({ question, intent }: Asked, retrieval: Retrieval): Decision {
  const named = namedPassages(retrieval.passages, intent);
  const looked = (named.length > 0 ? named : retrieval.passages).slice(0, LOOKED_AT);
  const [first] = looked;
  if (first === undefined) return { kind: 'nothing-near', missing: retrieval.query.unknownWords };
  // Words cannot tell whether an English abstract states what is asked in another language, and a
  // comparison with what is not here is about the side that is.
  const isOneSidedly = intent === 'compare' && isOneSided(question, { named, retrieval });
  if (named.length > 0 && (isOneSidedly || isForeign(question, retrieval))) {
    return { kind: 'enough', passages: named };
  }
  const missing = missingFromAll(question, looked, retrieval);
  if (missing.length > 0) return refusal({ named, missing, retrieval });
  if (named.length === 0 && !isSupported(first, retrieval)) {
    return { kind: 'nothing-near', missing: retrieval.query.unknownWords };
  }
  const [best] = named;
  const isOneThing = intent === 'ask' || intent === 'claim';
  if (best !== undefined && isOneThing && !isStatedBySome(question, named, retrieval)) {
    return { kind: 'not-stated', passage: best, missing: [] };
  }
  return { kind: 'enough', passages: named.length > 0 ? named : retrieval.passages };
}

/** Whether the question, names of papers aside, is in another language than the abstracts. */
export function isForeign(question: string, { passages, statistics }: Retrieval): boolean {
  const names = namedPassages(passages).flatMap(({ mention }) => mention?.names ?? []);
  return !isEnglish(question, { names, statistics });
}

function isStatedBySome(
  question: string,
  named: readonly Passage[],
  { statistics }: Retrieval,
): boolean {
  return named.some((passage) => isStated({ question, passage, statistics }));
}

/**
 * The passages whose papers the question names, best first. A name that could be an ordinary word
 * ("swarm") counts only where the paper is also the best match.
 */
export function namedPassages(
  passages: readonly Passage[],
  intent: Intent = 'ask',
): readonly Passage[] {
  const best = passages[0]?.score ?? 0;
  return passages.filter(({ mention, rank, score }) => {
    if (mention === undefined || mention.strength < NAMED_STRENGTH) return false;
    if (mention.isCoined && score >= best * COINED_SHARE) return true;
    // The sides of a comparison are named together: the best match says little about the others.
    if (rank === 1 || intent === 'compare') return true;
    return mention.isTyped && score >= best * NAMED_SHARE;
  });
}

/** What the question is specific about and none of the papers speaks of; the least lacking paper's. */
function missingFromAll(
  question: string,
  passages: readonly Passage[],
  { statistics }: Retrieval,
): readonly string[] {
  const specifics = findSpecifics(question, statistics);
  const texts = passages.map(textOf);
  const lacking = [...texts, ...(isSpread(passages) ? [texts.join(' ')] : [])].map((text) =>
    missingSpecifics(specifics, text, statistics),
  );
  const least = lacking.reduce((a, b) => (b.length < a.length ? b : a), specifics);
  return least.map(({ word }) => word);
}

/** All that a paper speaks of, and the names that the question has for it, misspelt ones too. */
function textOf({ paper, mention }: Passage): string {
  return [paper.title, paper.abstract, ...(mention?.names ?? [])].join(' ');
}

/** Several named papers answer together, as in "A vs B". */
function isSpread(passages: readonly Passage[]): boolean {
  return namedPassages(passages, 'compare').length > 1;
}

function refusal({
  named,
  missing,
  retrieval,
}: {
  readonly named: readonly Passage[];
  readonly missing: readonly string[];
  readonly retrieval: Retrieval;
}): Decision {
  const [passage] = named;
  return passage === undefined
    ? { kind: 'nothing-near', missing: [...new Set([...missing, ...retrieval.query.unknownWords])] }
    : { kind: 'not-stated', passage, missing };
}

/** How near the best paper is, how far it leads, and how much of the question is known words. */
function isSupported({ signals, score }: Passage, retrieval: Retrieval): boolean {
  if (retrieval.mode === 'words') return signals.coverage >= WORDS_ONLY_COVERAGE;
  const { passages, query } = retrieval;
  const lead = score - (passages[LEAD_OVER]?.score ?? 0);
  const asked = [...query.terms.values()].filter((weight) => weight >= 1).length;
  const support =
    SUPPORT.dense * signals.dense +
    SUPPORT.sentences * signals.sentences +
    SUPPORT.coverage * signals.coverage +
    SUPPORT.lead * lead +
    SUPPORT.terms * Math.min(asked, MOST_TERMS);
  return support >= SUPPORT_LIMIT;
}
