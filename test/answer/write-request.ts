import type { DraftSentence } from '../../src/answer/draft.ts';
import { Meter } from '../../src/answer/model/model-call.ts';
import type { WriteRequest } from '../../src/answer/model/written.ts';
import { loadPrompts } from '../../src/llm/prompts.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { makePassage, makeRetrieval } from './made-up-library.ts';
import type { ScriptedModel } from './scripted-model.ts';

export interface Writing {
  readonly request: WriteRequest;
  readonly meter: Meter;
  /** What was told as it was released. */
  readonly told: readonly DraftSentence[];
}

/** A request to write from these papers, best first. */
export async function makeWriting(
  papers: readonly Paper[],
  {
    model,
    question = 'what is it?',
    verify = 'rules',
  }: {
    readonly model: ScriptedModel;
    readonly question?: string;
    readonly verify?: WriteRequest['verify'];
  },
): Promise<Writing> {
  const passages = papers.map((paper) => makePassage(paper));
  const retrieval = await makeRetrieval(question, passages);
  const meter = new Meter();
  const told: DraftSentence[] = [];
  const request = {
    use: { model, meter },
    prompts: loadPrompts(),
    question,
    passages: retrieval.passages,
    retrieval,
    onSentence: (sentence: DraftSentence) => told.push(sentence),
    verify,
  };
  return { request, meter, told };
}

/** What the quotes of sentences say. */
export function quotesOf(sentences: readonly DraftSentence[]): readonly (readonly string[])[] {
  return sentences.map(({ quotes }) =>
    quotes.map(({ paper, start, end }) => paper.abstract.slice(start, end)),
  );
}
