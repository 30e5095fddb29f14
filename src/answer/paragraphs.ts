import type { Answer, AnswerSentence, Citation } from './answer.ts';

/** Neighbouring sentences on one paper, or of our own. */
export interface Paragraph {
  /** The paper they speak of, to be named before them; none for sentences of our own. */
  readonly about?: Citation;
  readonly sentences: readonly AnswerSentence[];
}

/** An answer as people read it: what each paper says under its name. A refusal is one paragraph. */
export function toParagraphs({ kind, sentences, citations }: Answer): readonly Paragraph[] {
  if (kind === 'insufficient-evidence') return sentences.length === 0 ? [] : [{ sentences }];
  const paragraphs: { about?: Citation; sentences: AnswerSentence[] }[] = [];
  for (const sentence of sentences) {
    const about = citations.find(({ n }) => n === sentence.citations[0]);
    const last = paragraphs.at(-1);
    if (last !== undefined && last.about === about) last.sentences.push(sentence);
    else paragraphs.push({ ...(about !== undefined && { about }), sentences: [sentence] });
  }
  return paragraphs;
}
