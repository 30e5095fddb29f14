import { distance } from 'fastest-levenshtein';
import { foldTitle } from '../../papers/fold.ts';
import type { PaperFilter } from '../../retrieval/paper-index.ts';
import type { Passage, Retrieval } from '../../retrieval/passage.ts';
import type { Retriever } from '../../retrieval/retriever.ts';
import type { Answer, Intent } from '../answer.ts';
import { type Decision, decide, namedPassages } from '../decide.ts';
import { type DraftSentence, framing } from '../draft.ts';
import type { DraftStance, DraftTable } from '../model/written.ts';
import { searchText } from '../read/plain-term.ts';
import type { ReadQuestion } from '../read/read-question.ts';
import { inQuotes } from '../show/in-quotes.ts';
import { languageHint, withNotes } from './answer-notes.ts';
import { passagesOn, sayByTerm, termAsked } from './by-term.ts';
import { type ComposeRequest, compose, sidesOf } from './compose.ts';
import { fixedAnswer } from './fixed-answers.ts';
import { headNotes } from './library-notes.ts';
import { asksForAll, dateCoverage, listAll, listThese, noneLeft } from './list-papers.ts';
import { refuse } from './refuse.ts';
import { extractStances } from './stances.ts';
import { extractTable } from './tables.ts';

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
  readonly table?: DraftTable;
  readonly stances?: readonly DraftStance[];
}

// Enough to see every paper of a year, or both sides of a comparison.
const LOOKED_AT = 60;
// All that the searches bring: a list by a term wants every paper that has it.
const LISTED_FROM = 200;
/** Share of letters that may differ between a title as typed and as stored. */
const TITLE_TYPOS = 0.15;

/** Retrieves, decides and composes; each kind of question has its own way. */
export async function draftAnswer(request: DraftRequest): Promise<DraftedAnswer> {
  const retrieval = await retrieve(request);
  const drafted =
    (await draftSpecial(request, retrieval)) ?? (await draftByTerm(request, retrieval));
  if (drafted !== undefined) return drafted;
  const weighed = weigh(request.read, retrieval);
  return weighed.kind === 'refused'
    ? weighed.drafted
    : draftExtract({ read: request.read, retrieval, passages: weighed.passages });
}

/** The answers that need no weighing of evidence: about us, lists by date, titles, likeness. */
export async function draftSpecial(
  request: DraftRequest,
  retrieval: Retrieval,
): Promise<DraftedAnswer | undefined> {
  const { read } = request;
  const isCounted = read.fixed === 'size' && request.filter !== undefined;
  if (read.fixed !== undefined && read.fixed !== 'full-text' && !isCounted) {
    const sentences = fixedAnswer(read.fixed, retrieval.status);
    const nothing = { ...retrieval, passages: [] };
    return { kind: 'answered', intent: read.intent, sentences, retrieval: nothing };
  }
  const left = retrieval.filtered?.papers ?? retrieval.status.papers;
  if (left > 0 && asksForAll(request)) return listAll(request, retrieval);
  if (retrieval.passages.length === 0) return nothingFound(request, retrieval);
  if (read.fixed === 'full-text') return fullText(read, retrieval);
  if (read.title !== undefined) return holding(read.title, { read, retrieval });
  return read.intent === 'similar' ? similar(request, retrieval) : undefined;
}

/** What has a plain term, for a list, a count or "what is X"; undefined where none has it. */
export async function draftByTerm(
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
  const said = sayByTerm(found, { intent, question, topic, retrieval });
  const sentences = withNotes(said, { read: request.read, retrieval });
  const others = retrieval.passages.filter((passage) => !found.includes(passage));
  const passages = [...found, ...others];
  return { kind: 'answered', intent, sentences, retrieval: { ...retrieval, passages } };
}

/** Evidence weighed: enough to answer from, or a refusal ready to be given. */
export type Weighed =
  | { readonly kind: 'enough'; readonly passages: readonly Passage[] }
  | { readonly kind: 'refused'; readonly why: Decision['kind']; readonly drafted: DraftedAnswer };

/** Decides whether what was found can answer. */
export function weigh(read: ReadQuestion, retrieval: Retrieval): Weighed {
  const { intent, question } = read;
  const decision = decide(read, retrieval);
  if (decision.kind === 'enough') return decision;
  const sentences = [
    ...headNotes(read, retrieval.filtered),
    ...dateCoverage(read, retrieval),
    ...refuse(decision, { question, retrieval }),
    ...languageHint(question, retrieval),
  ];
  const drafted: DraftedAnswer = { kind: 'insufficient-evidence', intent, sentences, retrieval };
  return { kind: 'refused', why: decision.kind, drafted };
}

/** The extractive answer from passages that are enough. */
export function draftExtract({
  read,
  retrieval,
  passages,
}: {
  readonly read: ReadQuestion;
  readonly retrieval: Retrieval;
  readonly passages: readonly Passage[];
}): DraftedAnswer {
  const { intent, question } = read;
  const sentences = compose({ intent, question, passages, retrieval });
  const head = intent === 'count' ? [framing(countSentence(sentences.length))] : [];
  return {
    kind: 'answered',
    intent,
    sentences: withNotes([...head, ...sentences], { read, retrieval }),
    retrieval,
    ...beside({ intent, question, passages, retrieval }, sentences),
  };
}

/** A table for a comparison; for a claim where the papers quoted stand. */
function beside(
  request: ComposeRequest,
  sentences: readonly DraftSentence[],
): Pick<DraftedAnswer, 'table' | 'stances'> {
  if (request.intent === 'compare') return { table: extractTable(sidesOf(request), request) };
  if (request.intent !== 'claim') return {};
  const shown = request.passages.filter(({ paper }) =>
    sentences.some(({ quotes }) => quotes.some((quote) => quote.paper.id === paper.id)),
  );
  return { stances: extractStances(shown, request) };
}

/** Finds the papers for a request, or for another question under its filter. */
export function retrieve(
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

function countSentence(found: number): string {
  return found === 1
    ? 'I found one paper in my library that comes near; there may be others:'
    : `I found ${found} papers in my library that come near; there may be others:`;
}

function nothingFound(request: DraftRequest, retrieval: Retrieval): DraftedAnswer {
  const { question, intent } = request.read;
  const missing = retrieval.query.unknownWords;
  const sentences =
    retrieval.filtered?.papers === 0
      ? noneLeft(request, retrieval)
      : refuse({ kind: 'nothing-near', missing }, { question, retrieval });
  return { kind: 'insufficient-evidence', intent, sentences, retrieval };
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

/** Papers near a named one: its own text is the question. */
async function similar(
  request: DraftRequest,
  retrieval: Retrieval,
): Promise<DraftedAnswer | undefined> {
  const [like] = namedPassages(retrieval.passages);
  if (like === undefined) return undefined;
  const near = await retrieve(request, `${like.paper.title}. ${like.paper.abstract}`);
  const passages = near.passages.filter(({ paper }) => paper.id !== like.paper.id);
  const others = { ...near, passages };
  const sentences = listThese(passages, { question: like.paper.title, retrieval: near });
  const kind = sentences.length > 0 ? 'answered' : 'insufficient-evidence';
  return { kind, intent: 'similar', sentences, retrieval: others };
}
