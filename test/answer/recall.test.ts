import { describe, expect, it } from 'vitest';
import { type DraftSentence, quoted } from '../../src/answer/draft.ts';
import { finish } from '../../src/answer/finish.ts';
import { type RecallRequest, recall, remember } from '../../src/answer/recall.ts';
import { createStopwatch } from '../../src/retrieval/stopwatch.ts';
import { MemoryAnswerCache } from '../fakes/memory-answer-cache.ts';
import { makePaper, makePassage, makeRetrieval } from './made-up-library.ts';

const at = new Date('2026-05-04T12:00:00Z');
const PAPERS = ['a', 'b', 'c'].map((name) => makePaper(name));

async function requestOf(
  question: string,
  {
    papers = PAPERS,
    version = 1,
    near = 1,
    ...changes
  }: Partial<RecallRequest> & {
    readonly papers?: typeof PAPERS;
    readonly version?: number;
    /** The cosine with the vector of a question without this. */
    readonly near?: number;
  } = {},
): Promise<RecallRequest> {
  const retrieval = await makeRetrieval(
    question,
    papers.map((paper) => makePassage(paper)),
  );
  return {
    question,
    history: [],
    intent: 'ask',
    retrieval: { ...retrieval, status: { ...retrieval.status, version } },
    model: 'openai:tiny rules',
    prompts: 'abc',
    vector: Float32Array.of(near, Math.sqrt(1 - near * near)),
    ...changes,
  };
}

function wordsOnly(request: RecallRequest): RecallRequest {
  return { ...request, retrieval: { ...request.retrieval, mode: 'words' } };
}

const QUESTION = 'How does FooNet sort 40 parcels?';

/** What becomes of a request once the question was answered. */
async function recalled(
  request: Promise<RecallRequest>,
  { sentences = [] }: { readonly sentences?: readonly DraftSentence[] } = {},
) {
  const cache = new MemoryAnswerCache();
  const first = await requestOf(QUESTION);
  const drafted = {
    kind: 'answered',
    intent: 'ask',
    sentences,
    retrieval: first.retrieval,
  } as const;
  const answered = finish(drafted, { id: 'one', watch: createStopwatch() });
  await remember(cache, first, { answered, at });
  return recall(cache, await request);
}

describe('an answer is recalled', () => {
  it.each([
    ['the same question', requestOf(QUESTION)],
    ['the same words', requestOf('how does  foonet sort 40 parcels')],
    ['the same words in a library that has others', requestOf(QUESTION, { version: 2 })],
    [
      'nearly the same words',
      requestOf('How does FooNet sort 40 parcels quickly?', { near: 0.95 }),
    ],
    // Another word once let two papers far down change places, and the answer was forgotten.
    [
      'papers in another order',
      requestOf('how does FooNet sort its 40 parcels', { near: 0.95, papers: PAPERS.toReversed() }),
    ],
  ])('for %s', async (_, request) => {
    expect(await recalled(request)).toMatchObject({
      kind: 'answer',
      askedBefore: { question: QUESTION, at: at.toISOString(), newPapers: [] },
    });
  });

  it.each([
    ['another number', requestOf('How does FooNet sort 41 parcels?', { near: 0.99 })],
    ['another name', requestOf('How does BarNet sort 40 parcels?', { near: 0.99 })],
    ['a negation', requestOf('How does FooNet not sort 40 parcels?', { near: 0.99 })],
    ['another question word', requestOf('Why does FooNet sort 40 parcels?', { near: 0.99 })],
    ['words too far away', requestOf('How does FooNet sort 40 parcels quickly?', { near: 0.9 })],
    [
      'no vector',
      requestOf('How does FooNet sort 40 parcels quickly?', { vector: new Float32Array() }),
    ],
    ['another model', requestOf(QUESTION, { model: 'openai:other rules' })],
    ['other prompts', requestOf(QUESTION, { prompts: 'abd' })],
    ['another intent', requestOf(QUESTION, { intent: 'list' })],
    ['a filter', requestOf(QUESTION, { filter: { from: '2024-01-01' } })],
    // A follow-up that could not be rewritten once got the answer of another conversation.
    ['other questions before it', requestOf(QUESTION, { history: ['What is BarNet?'] })],
    ['a sign at the name', requestOf('How does FooNet+ sort 40 parcels?', { near: 0.99 })],
    ['a point in the number', requestOf('How does FooNet sort 4.0 parcels?', { near: 0.99 })],
    ['words only', requestOf(QUESTION).then((request) => wordsOnly(request))],
  ])('not for %s', async (_, request) => {
    expect(await recalled(request)).toEqual({ kind: 'new' });
  });

  it('but is outdated once other papers are found: the new ones are named', async () => {
    const papers = [makePaper('d'), ...PAPERS];
    expect(await recalled(requestOf(QUESTION, { papers, version: 2 }))).toMatchObject({
      kind: 'outdated',
      askedBefore: { newPapers: [{ paperId: 'title:d' }] },
    });
  });

  describe('that quotes a paper', () => {
    const [a = makePaper('a'), b = makePaper('b'), c = makePaper('c')] = PAPERS;
    const sentences = [quoted({ paper: a, start: 0, end: 16 })];

    it('is given again while the abstract stays as it was', async () => {
      const request = requestOf(QUESTION, { version: 2, papers: [{ ...a, upvotes: 9 }, b, c] });
      expect(await recalled(request, { sentences })).toMatchObject({ kind: 'answer' });
    });

    // The quote of a version before was once given for what the paper says.
    it('is outdated by a new version of it, which is named', async () => {
      const papers = [{ ...a, abstract: 'We route more. It works.' }, b, c];
      const request = requestOf(QUESTION, { papers, version: 2 });
      expect(await recalled(request, { sentences })).toMatchObject({
        kind: 'outdated',
        askedBefore: { newPapers: [{ paperId: a.id }] },
      });
    });

    it('is not given again once it is withdrawn', async () => {
      const request = requestOf(QUESTION, { papers: [b, c], version: 2 });
      expect(await recalled(request, { sentences })).toEqual({ kind: 'new' });
    });
  });

  // Bags of words once took each of these for the other.
  it.each([
    ['does FooNet outperform BarNet?', 'does BarNet outperform FooNet?'],
    ['turning speech to text', 'turning text to speech'],
    ['is pruning done before quantization?', 'is quantization done before pruning?'],
  ])('not for the same words in another order: %s', async (asked, again) => {
    const cache = new MemoryAnswerCache();
    const first = await requestOf(asked);
    const { retrieval } = first;
    const drafted = { kind: 'answered', intent: 'ask', sentences: [], retrieval } as const;
    const answered = finish(drafted, { id: 'one', watch: createStopwatch() });
    await remember(cache, first, { answered, at });
    expect(await recall(cache, await requestOf(again, { near: 0.99 }))).toEqual({ kind: 'new' });
    expect(await recall(cache, await requestOf(asked.toUpperCase()))).toMatchObject({
      kind: 'answer',
    });
  });
});
