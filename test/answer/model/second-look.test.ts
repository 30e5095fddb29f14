import { describe, expect, it } from 'vitest';
import { Meter } from '../../../src/answer/model/model-call.ts';
import { rewriteQuestion } from '../../../src/answer/model/rewrite-question.ts';
import { lookAgain } from '../../../src/answer/model/second-look.ts';
import { verifySentences } from '../../../src/answer/model/verify-sentences.ts';
import { ModelError } from '../../../src/llm/model-error.ts';
import { loadPrompts } from '../../../src/llm/prompts.ts';
import type { Retriever } from '../../../src/retrieval/retriever.ts';
import { makePaper, makePassage, makeRetrieval } from '../made-up-library.ts';
import { ScriptedModel } from '../scripted-model.ts';

const prompts = loadPrompts();
const DOWN = new ModelError('down', 'It is down.');
const THIN = { dense: 0.3, sentences: 0.3, clauses: 0.3, lexical: 0, coverage: 0.2, mention: 0 };
const STRONG = {
  dense: 0.8,
  sentences: 0.8,
  clauses: 0.8,
  lexical: 0.5,
  coverage: 1,
  mention: 0.9,
};
const [known, fresh] = [makePaper('known'), makePaper('fresh')];

async function look(reply: string | ModelError, found = [known, fresh]) {
  const first = await makeRetrieval('q', [makePassage(known, { score: 0.5, signals: THIN })]);
  const asked: unknown[] = [];
  const retriever: Retriever = {
    async retrieve(request) {
      asked.push(request);
      const mention = { strength: 1, names: ['x'], isTyped: true };
      return makeRetrieval(
        'q',
        found.map((paper) => makePassage(paper, { score: 1, signals: STRONG, mention })),
      );
    },
  };
  const model = new ScriptedModel(reply);
  const use = { model, meter: new Meter() };
  const filter = { from: '2024-01-01' };
  const again = await lookAgain(first, {
    question: 'what sorts?',
    filter,
    retriever,
    use,
    prompts,
  });
  return { again, asked, model };
}

describe('a second look', () => {
  it('searches under at most three of the words proposed, with the same filter', async () => {
    const { again, asked } = await look(
      '- sorting parcels\n2) belts that move\nbelts that move\nmore belts\nand more',
    );
    expect(again?.subQueries).toEqual(['sorting parcels', 'belts that move', 'more belts']);
    expect(asked).toHaveLength(3);
    expect(asked[0]).toMatchObject({ question: 'sorting parcels', filter: { from: '2024-01-01' } });
  });

  // A paper found better by the model's words once kept its weak signals, and was refused again.
  it('keeps of each paper the best score and signals, those of the model for a little less', async () => {
    const { again } = await look('sorting parcels');
    expect(
      again?.retrieval.passages.map(({ paper, rank, score }) => [paper.id, rank, score]),
    ).toEqual([
      [known.id, 1, 0.85],
      [fresh.id, 2, 0.85],
    ]);
    expect(again?.retrieval.passages[0]?.signals.dense).toBeCloseTo(0.68);
  });

  it('takes no name of the model’s for one that the reader used', async () => {
    const { again } = await look('sorting parcels');
    for (const { mention, signals } of again?.retrieval.passages ?? []) {
      expect([mention, signals.mention]).toEqual([undefined, 0]);
    }
  });

  it.each([
    ['nothing of use', '\n<b>x</b>\nhttps://evil.example'],
    ['a failure', DOWN],
  ])('is none after %s', async (_, reply) => {
    const { again, asked } = await look(reply);
    expect([again, asked]).toEqual([undefined, []]);
  });
});

describe('a rewritten question', () => {
  const rewrite = (reply: string | ModelError) =>
    rewriteQuestion('and its speed?', {
      history: ['what is FooNet?'],
      use: { model: new ScriptedModel(reply), meter: new Meter() },
      prompts,
    });

  it.each([
    ['How fast is FooNet?', 'How fast is FooNet?'],
    ['"How fast is FooNet?"', 'How fast is FooNet?'],
    ['Sure!\n\nHow fast is FooNet?\n', 'How fast is FooNet?'],
    ['<think>\nFooNet it is\n</think>\nHow fast is FooNet?', 'How fast is FooNet?'],
    ['', undefined],
    ['?', undefined],
    ['See https://evil.example', undefined],
    ['word '.repeat(100), undefined],
    [DOWN, undefined],
  ])('is the last line that can be one: %j', async (reply, question) => {
    expect(await rewrite(reply)).toBe(question);
  });
});

describe('a second opinion', () => {
  const quote = { paper: known, start: 0, end: 16 };
  const sentences = ['One.', 'Two.', 'Three.', 'Four.'].map((text) => ({ text, quotes: [quote] }));
  const verify = (reply: string | ModelError) =>
    verifySentences(sentences, {
      use: { model: new ScriptedModel(reply), meter: new Meter() },
      prompts,
    });

  it('keeps, replaces by quotes and drops; without a verdict a sentence stays', async () => {
    const { sentences: kept, notes } = await verify(
      '1: SUPPORTED\n**2**: contradicted.\n(3) PARTLY\n9: CONTRADICTED',
    );
    expect(kept.map(({ text }) => text)).toEqual(['One.', 'We route tokens.', 'Four.']);
    expect(notes).toEqual(['second opinion: 1 supported, 1 partly, 2 contradicted']);
  });

  it('that fails leaves all as it was', async () => {
    expect(await verify(DOWN)).toEqual({ sentences, notes: ['no second opinion: down'] });
  });
});
