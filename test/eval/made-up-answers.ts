import type { Answer, Citation } from '../../src/answer/answer.ts';
import type { ResolvedQuestion } from '../../src/eval/questions.ts';
import type { PaperId } from '../../src/papers/paper.ts';

/** Made-up papers of the answer tests: id without prefix, and abstract. */
export const ABSTRACTS: Readonly<Record<string, string>> = {
  p1: 'We route tokens. Alpha has 150 experts.',
  p2: 'Beta is 3.7x faster.',
  p3: 'Gamma halves the memory.',
  p4: 'Delta reaches 74.6%.',
};

// A test may make ids up; elsewhere one function builds them.
export const paperId = (name: string) => `arxiv:${name}` as PaperId;

export const abstractOf = (id: PaperId) => ABSTRACTS[id.slice('arxiv:'.length)];

/** A citation whose quote is the whole abstract of the paper. */
export function citing(n: number, name: string): Citation {
  const quote = ABSTRACTS[name] ?? '';
  const evidence = [{ quote, start: 0, end: quote.length }];
  return { n, paperId: paperId(name), title: `Title ${name}`, url: '', evidence };
}

/** An answered question without sentences, changed as told. */
export function answer(changes: Partial<Answer>): Answer {
  return {
    kind: 'answered',
    intent: 'ask',
    text: (changes.sentences ?? []).map((sentence) => sentence.text).join(' '),
    sentences: [],
    citations: [],
    passages: [],
    trace: {
      answerId: 'made-up',
      ms: {},
      modelCalls: 0,
      promptTokens: 0,
      completionTokens: 0,
      mode: 'extractive',
    },
    ...changes,
  };
}

/** A known-item question with the gold paper p1, changed as told. */
export function question(changes: Partial<ResolvedQuestion>): ResolvedQuestion {
  return {
    id: 'made-up',
    type: 'known',
    question: 'how many experts?',
    history: [],
    gold: ['Title p1'],
    goldIds: [paperId('p1')],
    facts: ['150 experts'],
    ...changes,
  };
}
