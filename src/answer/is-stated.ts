import { splitSentences } from '../papers/sentences.ts';
import { analyse, toTerm, words } from '../retrieval/analyzer.ts';
import type { Passage } from '../retrieval/passage.ts';
import type { TermStatistics } from '../retrieval/term-statistics.ts';
import {
  type AskedValue,
  asksForNumber,
  carriesNumber,
  readAskedValues,
} from './read/asked-value.ts';
import { sameSense } from './read/same-sense.ts';

// Words of questions that ask for no particular thing.
const GENERAL: ReadonlySet<string> = new Set(
  analyse(
    `many much use uses used using take takes long big small summarise summarize summary sum explain
    describe overview abstract tldr gist main idea key point points contribution contribute novel new
    propose proposed introduce present method approach model system technique framework algorithm
    paper's think know understand learn mean means meaning called name exactly actually really kind
    type sort compare compared comparison difference different differ vs versus result results say
    says said claim claims detail details info information interesting important good better best add
    adds added quick question simple simply word words term terms way ways study authors author find
    found true right correct heard hi hello hey please thanks also still bit per need needs make
    makes made ok okay hm hmm yes yeah hey get gets go goes come comes come number count value report
    reported reach reached reach achieve achieved run runs keep keeps stay stays handle handles
    support supports happen happens try tries tried`,
  ),
);
// A request for all that a paper says.
const FOR_ALL =
  /\b(?:summari[sz]\w*|summary|sum up|tl;?dr|gist|overview|in a nutshell|takeaways?|(?:main|key|core|central) (?:idea|point|contribution|finding|result|message|claim)s?)\b/i;
// With no word in common a sentence with a number still speaks of what is asked when it is this near
// to it. On the development questions every stated number has .43 or more.
const NEAR = 0.42;
// Where no number is asked for, the abstract must have this share of the words asked for, each weighed
// by its rarity: on held-out questions 2 of 53 stated ones have less, 25 of 34 not stated ones have.
const STATED_SHARE = 0.2;
// Nearness says little there: of the same not stated ones some have .61.
const NEAR_WITHOUT_WORDS = 0.65;

export interface StatedRequest {
  readonly question: string;
  readonly passage: Passage;
  readonly statistics: Pick<TermStatistics, 'idf'>;
}

/**
 * Whether the abstract of a paper that the question names seems to state what is asked of it: a
 * sentence that carries the kind of value asked for, beside a word of the question or near it in
 * meaning; else the words asked for. A question that asks for nothing particular is answered.
 */
export function isStated(request: StatedRequest): boolean {
  const { question, passage } = request;
  if (FOR_ALL.test(question)) return true;
  const asked = askedTerms(question, passage.mention?.names ?? []);
  const values = readAskedValues(question);
  const wantsNumber = asksForNumber(question);
  if (values.length === 0 && !wantsNumber) {
    return asked.size === 0 || (hasHeadNoun(question, passage) && hasWords(asked, request));
  }
  const { abstract } = passage.paper;
  return splitSentences(abstract).some(({ start, end }, i) => {
    const text = abstract.slice(start, end);
    if (isOfOthers(text, passage)) return false;
    const near = passage.sentences[i]?.question ?? 0;
    const isRelated = near >= NEAR || sharesWord(analyse(text), asked);
    return carries(text, values, isRelated);
  });
}

function carries(text: string, values: readonly AskedValue[], isRelated: boolean): boolean {
  if (values.length === 0) return isRelated && carriesNumber(text);
  return values.some(({ isLoose, isCarriedBy }) => (!isLoose || isRelated) && isCarriedBy(text));
}

function hasWords(asked: ReadonlySet<string>, { passage, statistics }: StatedRequest): boolean {
  if (passage.sentences.some(({ question }) => question >= NEAR_WITHOUT_WORDS)) return true;
  const held = new Set(analyse(textOf(passage)));
  let all = 0;
  let shared = 0;
  for (const term of asked) {
    all += statistics.idf(term);
    if (hasSense(term, held)) shared += statistics.idf(term);
  }
  return shared >= STATED_SHARE * all;
}

function sharesWord(terms: readonly string[], asked: ReadonlySet<string>): boolean {
  const held = new Set(terms);
  return [...asked].some((term) => hasSense(term, held));
}

function hasSense(term: string, held: ReadonlySet<string>): boolean {
  return [...sameSense(term)].some((same) => held.has(same));
}

// "Which tokenizer does it use?": the thing itself; tokens are none.
const HEAD_NOUN =
  /\b(?:what|which)\s+(?:[\p{L}-]+\s+){0,2}?([\p{L}-]+)\s+(?:does|do|did|is|was|are|were|has|have|can|will)\b/iu;

function hasHeadNoun(question: string, passage: Passage): boolean {
  const head = HEAD_NOUN.exec(question)?.[1]?.toLowerCase() ?? '';
  const term = toTerm(head);
  if (head === '' || analyse(head).length === 0 || GENERAL.has(term)) return true;
  const singular = (word: string) => word.replace(/s$/, '');
  const isDoer = /[eo]rs?$/.test(head);
  return words(textOf(passage)).some((word) => {
    if (singular(word) === singular(head)) return true;
    const other = toTerm(word);
    return sameSense(term).has(other) && !(isDoer && other === term);
  });
}

function textOf({ paper }: Passage): string {
  return `${paper.title}. ${paper.abstract}`;
}

const OTHERS =
  /\b(?:conventional|traditional|existing|previous|prior|earlier|for (?:instance|example), an?)\b/i;
const OWN =
  /\b(?:we|our|ours|us|propos\w+|this (?:work|paper|study)|compared|than|over|outperform\w*|surpass\w*)\b/i;

/** Whether a sentence tells figures of what came before: "conventional NAS needs 10^4 GPU hours". */
function isOfOthers(text: string, { mention }: Passage): boolean {
  if (!OTHERS.test(text) || OWN.test(text)) return false;
  const plain = text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return !(mention?.names ?? []).some((name) => plain.includes(name));
}

/** The question's terms that say what is asked, its names and general words left out. */
function askedTerms(question: string, names: readonly string[]): ReadonlySet<string> {
  const terms = analyse(question).filter(
    (term) => !GENERAL.has(term) && !names.some((name) => name.includes(term)),
  );
  return new Set(terms);
}
