import type { Passage, Retrieval } from '../retrieval/passage.ts';
import { type DraftSentence, framing, quoted } from './draft.ts';
import { inQuotes } from './in-quotes.ts';
import { type PlainTopic, speaksOf } from './plain-term.ts';
import { scoreSentences } from './sentence-scores.ts';

const MAX_LISTED = 8;

/** The passages whose papers speak of the topic, best first. */
export function passagesOn(
  topic: PlainTopic,
  { passages, statistics }: Retrieval,
): readonly Passage[] {
  return passages.filter(({ paper }) =>
    speaksOf(`${paper.title}. ${paper.abstract}`, topic, statistics.acronyms),
  );
}

/** How many abstracts speak of the topic, and of each of the best the sentence that does. */
export function listByTerm(
  found: readonly Passage[],
  {
    topic,
    retrieval,
    isLatestFirst,
  }: {
    readonly topic: PlainTopic;
    readonly retrieval: Retrieval;
    readonly isLatestFirst: boolean;
  },
): readonly DraftSentence[] {
  const ordered = isLatestFirst ? found.toSorted(byDate) : found;
  const shown = ordered.slice(0, MAX_LISTED);
  return [
    framing(countSentence({ found, topic, retrieval, isLatestFirst })),
    ...shown.flatMap((passage) => sentenceOn(topic, passage, retrieval)),
  ];
}

function byDate(a: Passage, b: Passage): number {
  return (b.paper.date ?? '').localeCompare(a.paper.date ?? '');
}

function countSentence({
  found,
  topic,
  retrieval,
  isLatestFirst,
}: {
  readonly found: readonly Passage[];
  readonly topic: PlainTopic;
  readonly retrieval: Retrieval;
  readonly isLatestFirst: boolean;
}): string {
  const { papers } = retrieval.status;
  const what = topic.map(inQuotes).join(' and ');
  const speak = found.length === 1 ? 'speaks' : 'speak';
  const dated = found.filter(({ paper }) => paper.date !== undefined).length;
  const order = isLatestFirst
    ? `, the latest first (the date is known for ${dated})`
    : found.length > MAX_LISTED
      ? `; the best ${MAX_LISTED}`
      : '';
  return `${found.length} of the ${papers} abstracts in my library ${speak} of ${what}${order}:`;
}

/** The best sentence that has the topic; where only the title has it, the best one. */
function sentenceOn(
  topic: PlainTopic,
  passage: Passage,
  retrieval: Retrieval,
): readonly DraftSentence[] {
  const { acronyms } = retrieval.statistics;
  const scored = scoreSentences(passage, retrieval, topic.join(' ')).toSorted(
    (a, b) => b.score - a.score,
  );
  const having =
    scored.find(({ text }) => speaksOf(text, topic, acronyms)) ??
    scored.find(({ text }) => topic.some((part) => speaksOf(text, [part], acronyms)));
  const best = having ?? scored[0];
  return best === undefined ? [] : [quoted(best)];
}
