import { splitSentences } from '../papers/sentences.ts';
import { analyse } from '../retrieval/analyzer.ts';
import type { Passage } from '../retrieval/passage.ts';
import { type AskedValue, asksForNumber, carriesNumber, readAskedValues } from './asked-value.ts';
import { sameSense } from './same-sense.ts';

// Words of questions that ask for no particular thing.
const GENERAL: ReadonlySet<string> = new Set(
  analyse(
    `many much use uses used using take takes long big small summarise summarize summary sum explain
    describe overview abstract tldr gist main idea key point points contribution contribute novel new
    propose proposed introduce present method approach model system technique framework algorithm
    paper's think know understand learn mean means meaning called name exactly actually really kind
    type sort compare compared comparison difference different vs versus result results say says
    said claim claims detail details info information interesting important good better best add adds
    added quick question simple simply word words term terms way ways study authors author find found
    true right correct heard hi hello hey please thanks also still bit per need needs make makes made
    ok okay hm hmm yes yeah hey get gets go goes come comes come number count value report reported reach reached achieve achieved`,
  ),
);
// A request for all that a paper says.
const FOR_ALL =
  /\b(?:summari[sz]\w*|summary|sum up|tl;?dr|gist|overview|in a nutshell|takeaways?|(?:main|key|core|central) (?:idea|point|contribution|finding|result|message|claim)s?)\b/i;
// With no word in common a sentence still speaks of what is asked when it is this near to it. On the
// development questions: every stated number has .43 or more, of twelve that are not stated one has.
const NEAR = 0.42;
const NEAR_WITHOUT_NUMBER = 0.35;

/**
 * Whether the abstract of a paper that the question names seems to state what is asked of it: a
 * sentence that carries the kind of value asked for, beside a word of the question or near it in
 * meaning. A question that asks for nothing particular is answered.
 */
export function isStated(question: string, passage: Passage): boolean {
  if (FOR_ALL.test(question)) return true;
  const asked = askedTerms(question, passage.mention?.names ?? []);
  const values = readAskedValues(question);
  if (asked.size === 0 && values.length === 0 && !asksForNumber(question)) return true;
  const { abstract } = passage.paper;
  return splitSentences(abstract).some(({ start, end }, i) => {
    const text = abstract.slice(start, end);
    const near = passage.sentences[i]?.question ?? 0;
    return answers({ text, near }, { question, asked, values, passage });
  });
}

interface Wanted {
  readonly question: string;
  readonly asked: ReadonlySet<string>;
  readonly values: readonly AskedValue[];
  readonly passage: Passage;
}

function answers(
  { text, near }: { readonly text: string; readonly near: number },
  { question, asked, values, passage }: Wanted,
): boolean {
  const wantsNumber = asksForNumber(question) || values.length > 0;
  const isRelated =
    near >= (wantsNumber ? NEAR : NEAR_WITHOUT_NUMBER) || sharesWord(analyse(text), asked);
  if (values.length > 0) {
    if (isOfOthers(text, passage)) return false;
    return values.some(({ isLoose, isCarriedBy }) => (!isLoose || isRelated) && isCarriedBy(text));
  }
  return isRelated && (!wantsNumber || (carriesNumber(text) && !isOfOthers(text, passage)));
}

function sharesWord(terms: readonly string[], asked: ReadonlySet<string>): boolean {
  const held = new Set(terms);
  return [...asked].some((term) => [...sameSense(term)].some((same) => held.has(same)));
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
