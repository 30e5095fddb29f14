import type { Answerer } from '../answer/answerer.ts';
import type { Paper, PaperId } from '../papers/paper.ts';
import type { IndexStatus, PaperFilter, PaperIndex } from '../retrieval/paper-index.ts';
import { latestFirst, passesFilter } from './paper-facts.ts';

export interface SuggestParts {
  readonly index: Pick<PaperIndex, 'sample' | 'status'>;
  /** Best one that costs nothing: about a dozen questions are tried out. */
  readonly answerer: Answerer;
}

const LARGE = 20_000;
const GROWTH = 1.1;
const SAMPLED = 400;
const WANTED = 4;
const MOST_TRIED = 16;
const LONGEST = 75;
const SHORTEST_TOPIC = 2;
// "RouteLLM: Learning to Route …", but not "A Survey: …".
const NAMED_TITLE = /^(?=[^:]*\p{Lu}.*\p{Lu}|[^:]*\d)([\p{L}\p{N}][\p{L}\p{N}+-]{2,20}): /u;
const TOPIC_SIDES = /\s(?:for|in|with|of|via|on|from|using|through|towards?|by|and|to|under|at)\s/i;

/** Makes the questions that are offered to people who have not asked yet. */
export interface Suggestions {
  /** At most four, made anew when the index has changed; none while it is empty. */
  questions(filter?: PaperFilter): Promise<readonly string[]>;
}

/** Questions drawn from what is indexed, each of which the answerer answers from that paper. */
export function createSuggestions({ index, answerer }: SuggestParts): Suggestions {
  const kept = new Map<string, Promise<readonly string[]>>();
  return {
    async questions(filter) {
      const version = editionOf(await index.status());
      const key = JSON.stringify([version, filter ?? {}]);
      const known = kept.get(key);
      if (known !== undefined) return known;
      for (const old of kept.keys()) if (!old.startsWith(`[${version},`)) kept.delete(old);
      const made = suggest(filter, { index, answerer });
      kept.set(key, made);
      // A failure is not kept.
      made.catch(() => kept.delete(key));
      return made;
    },
  };
}

/** Of a large library questions are made anew only when it has grown by a tenth: that takes a while. */
function editionOf({ papers, version }: IndexStatus): number {
  return papers < LARGE ? version : -Math.floor(Math.log(papers) / Math.log(GROWTH));
}

async function suggest(
  filter: PaperFilter | undefined,
  { index, answerer }: SuggestParts,
): Promise<readonly string[]> {
  const papers: Paper[] = [];
  for await (const { paper } of index.sample(SAMPLED)) {
    if (passesFilter(paper, filter)) papers.push(paper);
  }
  const good: string[] = [];
  for (const candidate of candidatesFrom(papers).slice(0, MOST_TRIED)) {
    if (good.length === WANTED) break;
    if (await isAnswered(candidate, filter, answerer)) good.push(candidate.question);
  }
  return good;
}

interface Candidate {
  readonly question: string;
  /** The papers that the answer must cite one of. */
  readonly about: readonly PaperId[];
}

async function isAnswered(
  { question, about }: Candidate,
  filter: PaperFilter | undefined,
  answerer: Answerer,
): Promise<boolean> {
  const { answer } = await answerer.answer({ question, ...(filter && { filter }) });
  return (
    answer.kind === 'answered' && answer.citations.some(({ paperId }) => about.includes(paperId))
  );
}

/** Kinds of question in turn, so that the first four are of several kinds. */
function candidatesFrom(papers: readonly Paper[]): readonly Candidate[] {
  const latest = papers.toSorted(latestFirst);
  const named = latest.flatMap((paper) => {
    const [, name] = NAMED_TITLE.exec(paper.title) ?? [];
    return name === undefined ? [] : [{ name, id: paper.id }];
  });
  const kinds = [
    named.map(({ name, id }) => ({ question: `What does ${name} do?`, about: [id] })),
    latest.flatMap(topicQuestion),
    named.flatMap(({ name, id }, i) => {
      const other = named[i + 1];
      if (i % 2 === 1 || other === undefined) return [];
      return [{ question: `How do ${name} and ${other.name} compare?`, about: [id, other.id] }];
    }),
    named
      .slice(1)
      .map(({ name, id }) => ({ question: `What are the results of ${name}?`, about: [id] })),
  ];
  const rounds = Array.from({ length: MOST_TRIED }, (_, i) =>
    kinds.flatMap((kind, k) => kind[i * 2 + (k % 2)] ?? []),
  );
  return unique(rounds.flat()).filter(({ question }) => question.length <= LONGEST);
}

/** What stands before the first preposition of a title names what the paper is about. */
function topicQuestion({ title, id }: Paper): readonly Candidate[] {
  const rest = title.split(': ').at(-1) ?? title;
  const topic = (rest.split(TOPIC_SIDES)[0] ?? '').replace(/^(?:a|an|the)\s+/i, '').trim();
  const isTopic = /^[\p{L}][\p{L}\p{N} -]+$/u.test(topic);
  return isTopic && topic.split(' ').length >= SHORTEST_TOPIC
    ? [{ question: `Which papers are about ${lowerFirst(topic)}?`, about: [id] }]
    : [];
}

/** "Sparse Attention" -> "sparse attention"; names and acronyms keep their capitals. */
function lowerFirst(topic: string): string {
  return topic.replace(/\b\p{Lu}\p{Ll}+\b/gu, (word) => word.toLowerCase());
}

function unique(candidates: readonly Candidate[]): readonly Candidate[] {
  return [...new Map(candidates.map((each) => [each.question, each])).values()];
}
