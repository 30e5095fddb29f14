import { distance } from 'fastest-levenshtein';
import { foldTitle } from '../papers/fold.ts';
import type { PaperFilter } from '../retrieval/paper-index.ts';
import type { Passage, Retrieval } from '../retrieval/passage.ts';
import type { Retriever } from '../retrieval/retriever.ts';
import type { Answer, Intent } from './answer.ts';
import { passagesOn, sayByTerm, termAsked } from './by-term.ts';
import { compose } from './compose.ts';
import { decide, namedPassages } from './decide.ts';
import { type DraftSentence, framing } from './draft.ts';
import { fixedAnswer } from './fixed-answers.ts';
import { inQuotes } from './in-quotes.ts';
import { searchText } from './plain-term.ts';
import { hasTopic, type ReadQuestion } from './read-question.ts';
import { refuse } from './refuse.ts';

export interface DraftRequest {
  readonly read: ReadQuestion;
  readonly history: readonly string[];
  readonly retriever: Retriever;
  /** Asked for besides the question; wins over dates in it. */
  readonly filter?: PaperFilter;
}

/** An answer before its papers are numbered. */
export interface DraftedAnswer {
  readonly kind: Answer['kind'];
  readonly intent: Intent;
  readonly sentences: readonly DraftSentence[];
  readonly retrieval: Retrieval;
}

// Enough to see every paper of a year, or both sides of a comparison.
const LOOKED_AT = 60;
// All that the searches bring: a list by a term wants every paper that has it.
const LISTED_FROM = 200;
const MAX_OF_A_TIME = 8;
/** Share of letters that may differ between a title as typed and as stored. */
const TITLE_TYPOS = 0.15;

/** Retrieves, decides and composes; each kind of question has its own way. */
export async function draftAnswer(request: DraftRequest): Promise<DraftedAnswer> {
  const { read } = request;
  const retrieval = await retrieve(request);
  if (read.fixed !== undefined && read.fixed !== 'full-text') {
    const sentences = fixedAnswer(read.fixed, retrieval.status);
    const nothing = { ...retrieval, passages: [] };
    return { kind: 'answered', intent: read.intent, sentences, retrieval: nothing };
  }
  if (retrieval.passages.length === 0) return nothingFound(request, retrieval);
  if (read.fixed === 'full-text') return fullText(read, retrieval);
  if (read.title !== undefined) return holding(read.title, { read, retrieval });
  if (read.filter !== undefined && !hasTopic(read.question)) return listAll(read, retrieval);
  if (read.intent === 'similar') return similar(request, retrieval);
  return (await answerByTerm(request, retrieval)) ?? answerFrom(read, retrieval);
}

/** What has a plain term, for a list, a count or "what is X"; undefined where none has it. */
async function answerByTerm(
  request: DraftRequest,
  whole: Retrieval,
): Promise<DraftedAnswer | undefined> {
  const { intent, question } = request.read;
  const topic = termAsked(request.read);
  if (topic === undefined || (intent === 'ask' && namedPassages(whole.passages).length > 0)) {
    return undefined;
  }
  const retrieval = await retrieve(request, searchText(topic), LISTED_FROM);
  const found = passagesOn(topic, retrieval);
  if (found.length === 0) return undefined;
  const sentences = sayByTerm(found, { intent, question, topic, retrieval });
  const others = retrieval.passages.filter((passage) => !found.includes(passage));
  const passages = [...found, ...others];
  return { kind: 'answered', intent, sentences, retrieval: { ...retrieval, passages } };
}

function retrieve(
  { read, history, retriever, filter = read.filter }: DraftRequest,
  question = read.question,
  limit = LOOKED_AT,
): Promise<Retrieval> {
  return retriever.retrieve({
    question,
    history,
    limit,
    ...(filter !== undefined && { filter }),
  });
}

function answerFrom(read: ReadQuestion, retrieval: Retrieval): DraftedAnswer {
  const { intent, question } = read;
  const decision = decide(read, retrieval);
  if (decision.kind !== 'enough') {
    const sentences = [...refuse(decision, { question, retrieval }), ...languageHint(question)];
    return { kind: 'insufficient-evidence', intent, sentences, retrieval };
  }
  const sentences = compose({ intent, question, passages: decision.passages, retrieval });
  const head = intent === 'count' ? [framing(countSentence(sentences.length))] : [];
  return { kind: 'answered', intent, sentences: [...head, ...sentences], retrieval };
}

function countSentence(found: number): string {
  return found === 1
    ? 'I found one paper in my library that comes near; there may be others:'
    : `I found ${found} papers in my library that come near; there may be others:`;
}

function nothingFound({ read, filter }: DraftRequest, retrieval: Retrieval): DraftedAnswer {
  const { papers, dated } = retrieval.status;
  const isFiltered = (filter ?? read.filter) !== undefined;
  const sentences = isFiltered
    ? [
        framing(
          `None of the ${papers} papers in my library is known to be of that time or source; the date is known for ${dated} of them.`,
        ),
      ]
    : refuse(
        { kind: 'nothing-near', missing: retrieval.query.unknownWords },
        { question: read.question, retrieval },
      );
  return { kind: 'insufficient-evidence', intent: read.intent, sentences, retrieval };
}

function fullText({ question, intent }: ReadQuestion, retrieval: Retrieval): DraftedAnswer {
  const passages = retrieval.passages.slice(0, 1);
  const sentences = [
    framing('I hold titles and abstracts only, no PDFs or full texts.'),
    framing('Follow the link of this paper, the nearest in my library:'),
    ...listThese(passages, { question, retrieval }),
  ];
  return { kind: 'answered', intent, sentences, retrieval };
}

/** One sentence of each of these papers. */
function listThese(
  passages: readonly Passage[],
  { question, retrieval }: { readonly question: string; readonly retrieval: Retrieval },
): readonly DraftSentence[] {
  const only = { ...retrieval, passages };
  return compose({ intent: 'list', question, passages, retrieval: only });
}

function holding(
  title: string,
  { read, retrieval }: { readonly read: ReadQuestion; readonly retrieval: Retrieval },
): DraftedAnswer {
  const { intent, question } = read;
  const found = retrieval.passages.find(({ paper }) => isTitle(title, paper.title));
  if (found === undefined) {
    const sentences = [
      framing(
        `No paper titled ${inQuotes(title)} is among the ${retrieval.status.papers} in my library.`,
      ),
    ];
    return { kind: 'insufficient-evidence', intent, sentences, retrieval };
  }
  const sentences = [
    framing(`Yes, ${inQuotes(found.paper.title)} is in my library:`),
    ...listThese([found], { question, retrieval }),
  ];
  return { kind: 'answered', intent, sentences, retrieval };
}

function isTitle(asked: string, title: string): boolean {
  const [one, other] = [foldTitle(asked), foldTitle(title)];
  const [head = ''] = title.split(/:\s/);
  return (
    distance(one, other) <= TITLE_TYPOS * Math.max(one.length, other.length) ||
    foldTitle(head) === one
  );
}

function listAll(read: ReadQuestion, retrieval: Retrieval): DraftedAnswer {
  const { status } = retrieval;
  const found = retrieval.passages.toSorted((a, b) => dateOf(b).localeCompare(dateOf(a)));
  const passages = found.slice(0, MAX_OF_A_TIME).map((passage) => ({ ...passage, score: 1 }));
  const sentences = listThese(passages, { question: read.question, retrieval });
  const count = found.length < LOOKED_AT ? `${found.length}` : `${found.length} or more`;
  const head = framing(
    `My library knows the date of ${status.dated} of its ${status.papers} papers; ${count} are of that time, the latest first:`,
  );
  return { kind: 'answered', intent: 'list', sentences: [head, ...sentences], retrieval };
}

function dateOf({ paper }: Passage): string {
  return paper.date ?? '';
}

/** Papers near a named one: its own text is the question. */
async function similar(request: DraftRequest, retrieval: Retrieval): Promise<DraftedAnswer> {
  const [like] = namedPassages(retrieval.passages);
  if (like === undefined) return answerFrom(request.read, retrieval);
  const near = await retrieve(request, `${like.paper.title}. ${like.paper.abstract}`);
  const passages = near.passages.filter(({ paper }) => paper.id !== like.paper.id);
  const others = { ...near, passages };
  const sentences = listThese(passages, { question: like.paper.title, retrieval: near });
  const kind = sentences.length > 0 ? 'answered' : 'insufficient-evidence';
  return { kind, intent: 'similar', sentences, retrieval: others };
}

/** The embedder and the abstracts speak English. */
function languageHint(question: string): readonly DraftSentence[] {
  const letters = question.match(/\p{L}/gu)?.length ?? 0;
  const latin = question.match(/\p{Script=Latin}/gu)?.length ?? 0;
  return latin * 2 < letters
    ? [framing('My library is in English: a question in English finds more.')]
    : [];
}
