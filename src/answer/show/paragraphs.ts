import type { Answer, AnswerSentence, Citation } from '../answer.ts';
import { sentencesApart } from './beside.ts';
import { isModelWritten } from './reader-notes.ts';

/** Neighbouring sentences on one paper, or of our own. */
export interface Paragraph {
  /** The paper they speak of, to be named before them; none for sentences of our own. */
  readonly about?: Citation;
  readonly sentences: readonly AnswerSentence[];
}

/**
 * An answer as people read it: what each paper says under its name. A refusal is one paragraph, and
 * so is what a model wrote. What a table or stances say is not said again.
 */
export function toParagraphs(answer: Answer): readonly Paragraph[] {
  const { kind, citations, trace } = answer;
  const sentences = sentencesApart(answer);
  if (kind === 'insufficient-evidence' || isModelWritten(trace)) {
    return sentences.length === 0 ? [] : [{ sentences }];
  }
  const paragraphs: { about?: Citation; sentences: AnswerSentence[] }[] = [];
  for (const sentence of sentences) {
    const about = citations.find(({ n }) => n === sentence.citations[0]);
    const last = paragraphs.at(-1);
    if (last !== undefined && last.about === about) last.sentences.push(sentence);
    else paragraphs.push({ ...(about !== undefined && { about }), sentences: [sentence] });
  }
  return paragraphs;
}
