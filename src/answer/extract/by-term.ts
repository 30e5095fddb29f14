import type { Passage, Retrieval } from '../../retrieval/passage.ts';
import type { Intent } from '../answer.ts';
import { type DraftSentence, framing, quoted } from '../draft.ts';
import {
  askedNumber,
  comesNear,
  createTopicReader,
  type PlainTopic,
  plainTopic,
  type TopicReader,
} from '../read/plain-term.ts';
import type { ReadQuestion } from '../read/read-question.ts';
import { inQuotes } from '../show/in-quotes.ts';
import { type ScoredSentence, scoreSentences } from './sentence-scores.ts';

interface ByTerm {
  readonly intent: Intent;
  readonly question: string;
  readonly topic: PlainTopic;
  /** What the topic alone found. */
  readonly retrieval: Retrieval;
}

const MAX_LISTED = 8;
const MAX_EXPLAINED = 3;
// A list of the latest leaves out papers that only mention the term: under this share of the best.
const LATEST_SHARE = 0.66;
const NEAR_SHARE = 0.66;
const LATEST = /\b(?:newest|latest|most recent|recent|newer|recently)\b/i;
// "What is oversmoothing?", "explain over-squashing"; "what is the weather" wants something else.
const ASKS_MEANING =
  /^\W*(?:(?:can|could) (?:you|u) |please |pls )?(?:what(?:['’]?s| is| are) (?!(?:the|your|my|it|this|that|new|up)\b)|explain |define |describe |eli5 |what does \S+(?: \S+)? mean)/i;
const BARE_TERM = /^[\p{L}\p{N}\s+–-]{3,40}\W*$/u;
const BARE_WORDS = 2;

/** The plain term that a list, a count or a question for a meaning is about, if it is about one. */
export function termAsked({ intent, question }: ReadQuestion): PlainTopic | undefined {
  if (intent === 'list' || intent === 'count') return plainTopic(question);
  const isBare = BARE_TERM.test(question) && question.trim().split(/\s+/).length <= BARE_WORDS;
  if (intent !== 'ask' || !(isBare || ASKS_MEANING.test(question))) return undefined;
  return plainTopic(question);
}

/** The passages whose papers speak of the topic, best first. */
export function passagesOn(
  topic: PlainTopic,
  { passages, statistics }: Retrieval,
): readonly Passage[] {
  const reader = createTopicReader(topic, statistics.acronyms);
  return passages.filter(({ paper }) => reader.hasAll(`${paper.title}. ${paper.abstract}`));
}

/** A list with a count, the sentences that have the term; or what the best papers say of it. */
export function sayByTerm(found: readonly Passage[], asked: ByTerm): readonly DraftSentence[] {
  const reader = createTopicReader(asked.topic, asked.retrieval.statistics.acronyms);
  const sentence = (passage: Passage) => sentenceOn(passage, asked, reader);
  if (asked.intent === 'ask') return found.slice(0, MAX_EXPLAINED).flatMap(sentence);
  const isLatest = LATEST.test(asked.question);
  const most = Math.min(askedNumber(asked.question) ?? MAX_LISTED, MAX_LISTED);
  const shown = (isLatest ? latestOf(found) : found).slice(0, most);
  const near = nearOnes(found, asked).slice(0, most - shown.length);
  return [
    framing(countSentence({ found, shown, near, isLatest }, asked)),
    ...[...shown, ...near].flatMap(sentence),
  ];
}

/** Good matches without the very words: "a spiking model" for spiking neural networks. */
function nearOnes(
  found: readonly Passage[],
  { intent, topic, retrieval: { passages, statistics } }: ByTerm,
): readonly Passage[] {
  const best = found[0]?.score ?? 0;
  return passages.filter(
    (passage) =>
      intent === 'list' &&
      !found.includes(passage) &&
      passage.score >= best * NEAR_SHARE &&
      comesNear(`${passage.paper.title}. ${passage.paper.abstract}`, topic, statistics.idf),
  );
}

function latestOf(found: readonly Passage[]): readonly Passage[] {
  const best = found[0]?.score ?? 0;
  return found
    .filter(({ score }) => score >= best * LATEST_SHARE)
    .toSorted((a, b) => (b.paper.date ?? '').localeCompare(a.paper.date ?? ''));
}

function countSentence(
  {
    found,
    shown,
    near,
    isLatest,
  }: {
    readonly found: readonly Passage[];
    readonly shown: readonly Passage[];
    readonly near: readonly Passage[];
    readonly isLatest: boolean;
  },
  { topic, retrieval }: ByTerm,
): string {
  const what = topic.map(inQuotes).join(' and ');
  const speak = found.length === 1 ? 'speaks' : 'speak';
  const dated = shown.filter(({ paper }) => paper.date !== undefined).length;
  const best = shown.length < found.length ? `; the best ${shown.length}` : '';
  const order = isLatest ? `${best}, the latest first (the date is known for ${dated})` : best;
  const more =
    near.length === 0 ? '' : `; ${near.length} more ${near.length === 1 ? 'comes' : 'come'} near`;
  const { filtered, status } = retrieval;
  const all =
    filtered === undefined
      ? `${status.papers} abstracts in my library`
      : `${filtered.papers} abstracts in my library that are known to be of that time or page`;
  return `${found.length} of the ${all} ${speak} of ${what}${order}${more}:`;
}

// "Over-smoothing is ...", "a phenomenon known as over-squashing, where ...".
const DEFINES =
  /\b(?:is an?|are|refers? to|known as|called|phenomenon|problem (?:of|where)|, where|in which|i\.e|means)\b/i;
const DEFINITION = 1;

/** The best sentence that has the topic; where only the title has it, the best one. */
function sentenceOn(
  passage: Passage,
  { intent, topic, retrieval }: ByTerm,
  reader: TopicReader,
): readonly DraftSentence[] {
  const worth = ({ score, text }: ScoredSentence) =>
    score + (intent === 'ask' && DEFINES.test(text) ? DEFINITION : 0);
  const scored = scoreSentences(passage, retrieval, topic.join(' ')).toSorted(
    (a, b) => worth(b) - worth(a),
  );
  const best =
    scored.find(({ text }) => reader.hasAll(text)) ??
    scored.find(({ text }) => reader.hasSome(text)) ??
    scored[0];
  return best === undefined ? [] : [quoted(best)];
}
