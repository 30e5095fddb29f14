import { splitSentences } from '../papers/sentences.ts';
import { analyse } from '../retrieval/analyzer.ts';
import type { Passage } from '../retrieval/passage.ts';
import { asksForNumber, carriesNumber } from './asked-value.ts';

// Words of questions that ask for no particular thing.
const GENERAL: ReadonlySet<string> = new Set(
  analyse(
    `many much use uses used using take takes long big small summarise summarize summary sum explain
    describe overview abstract tldr gist main idea key point points contribution contribute novel new
    propose proposed introduce present method approach model system technique framework algorithm
    paper's think know understand learn mean means meaning called name exactly actually really kind
    type sort compare compared comparison difference different vs versus result results say says
    said claim claims detail details info information interesting important good better best`,
  ),
);
// With no word in common a sentence still speaks of what is asked when it is this near to it. On the
// development questions: every stated number has .43 or more, of twelve that are not stated one has.
const NEAR = 0.42;
const NEAR_WITHOUT_NUMBER = 0.35;

/**
 * Whether the abstract of a paper that the question names seems to state what is asked of it: a
 * sentence that shares a word with the question besides the name, or is near it in meaning; one with
 * a number where a number is asked for. A question that asks for nothing particular is answered.
 */
export function isStated(question: string, passage: Passage): boolean {
  const wantsNumber = asksForNumber(question);
  const asked = askedTerms(question, passage.mention?.names ?? []);
  if (asked.size === 0 && !wantsNumber) return true;
  const { abstract } = passage.paper;
  return splitSentences(abstract).some(({ start, end }, i) => {
    const sentence = abstract.slice(start, end);
    if (wantsNumber && !carriesNumber(sentence)) return false;
    const near = passage.sentences[i]?.question ?? 0;
    return (
      near >= (wantsNumber ? NEAR : NEAR_WITHOUT_NUMBER) ||
      analyse(sentence).some((term) => asked.has(term))
    );
  });
}

/** The question's terms that say what is asked, its names and general words left out. */
function askedTerms(question: string, names: readonly string[]): ReadonlySet<string> {
  const terms = analyse(question).filter(
    (term) => !GENERAL.has(term) && !names.some((name) => name.includes(term)),
  );
  return new Set(terms);
}
