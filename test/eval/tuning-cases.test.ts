import { describe, expect, it } from 'vitest';
import { collectCases } from '../../src/eval/tuning-cases.ts';
import type { RetrievalRequest } from '../../src/retrieval/query.ts';
import type { Retriever } from '../../src/retrieval/retriever.ts';
import { makePaper, makePassage, makeRetrieval } from '../answer/made-up-library.ts';

/** Finds the same two papers for everything and notes what it was asked. */
class FakeRetriever implements Retriever {
  readonly requests: RetrievalRequest[] = [];

  async retrieve(request: RetrievalRequest) {
    this.requests.push(request);
    const passages = [makePassage(makePaper('one')), makePassage(makePaper('two'))];
    return makeRetrieval(request.question, passages);
  }
}

describe('collectCases', () => {
  it('keeps what speaks for each candidate, under the name of the set', async () => {
    const goldIds = ['title:two'];
    const cases = await collectCases('toy', [{ question: 'why?', goldIds }], new FakeRetriever());
    const { signals } = makePassage(makePaper('one'));
    expect(cases).toEqual([
      {
        set: 'toy',
        goldIds,
        candidates: [
          { id: 'title:one', signals },
          { id: 'title:two', signals },
        ],
      },
    ]);
  });

  it('looks deep, with the history, and never at the gold', async () => {
    const retriever = new FakeRetriever();
    const history = ['and before?'];
    await collectCases('toy', [{ question: 'why?', history, goldIds: ['x'] }], retriever);
    expect(retriever.requests).toEqual([{ question: 'why?', history, limit: 200 }]);
  });

  it('gives a case for each question, in order', async () => {
    const questions = ['a?', 'b?'].map((question) => ({ question, goldIds: [question] }));
    const cases = await collectCases('toy', questions, new FakeRetriever());
    expect(cases.map(({ goldIds }) => goldIds)).toEqual([['a?'], ['b?']]);
    expect(await collectCases('toy', [], new FakeRetriever())).toEqual([]);
  });
});
