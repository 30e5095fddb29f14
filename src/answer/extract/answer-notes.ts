import type { Retrieval } from '../../retrieval/passage.ts';
import { isForeign } from '../decide.ts';
import { type DraftSentence, framing } from '../draft.ts';
import type { ReadQuestion } from '../read/read-question.ts';
import { headNotes } from './library-notes.ts';
import { dateCoverage } from './list-papers.ts';

/** What must be said before and after the sentences of an answer: of dates, pages and languages. */
export interface Notes {
  readonly before: readonly DraftSentence[];
  readonly after: readonly DraftSentence[];
}

export function notesAround({
  read,
  retrieval,
}: {
  readonly read: ReadQuestion;
  readonly retrieval: Retrieval;
}): Notes {
  return {
    before: [
      ...headNotes(read, retrieval.filtered),
      ...(read.intent === 'count' || read.intent === 'list' ? dateCoverage(read, retrieval) : []),
    ],
    after: languageHint(read.question, retrieval),
  };
}

/** Sentences with the notes around them. */
export function withNotes(
  sentences: readonly DraftSentence[],
  about: { readonly read: ReadQuestion; readonly retrieval: Retrieval },
): readonly DraftSentence[] {
  const { before, after } = notesAround(about);
  return [...before, ...sentences, ...after];
}

/** The embedder and the abstracts speak English. */
export function languageHint(question: string, retrieval: Retrieval): readonly DraftSentence[] {
  return isForeign(question, retrieval)
    ? [framing('My library is in English: a question in English finds more.')]
    : [];
}
