import { describe, expect, it } from 'vitest';
import type { Intent } from '../../../src/answer/answer.ts';
import { compose } from '../../../src/answer/extract/compose.ts';
import { scoreSentences } from '../../../src/answer/extract/sentence-scores.ts';
import { makePaper, makePassage, makeRetrieval } from '../made-up-library.ts';

const ABSTRACT =
  'Experts are costly. We propose a router of tokens. It picks two experts for each token. ' +
  'On phones it runs 3.7x faster. Code is public. Memory halves as well.';
const papers = Array.from({ length: 20 }, (_, i) => makePaper(`p${i}`, { abstract: ABSTRACT }));

async function composed(
  intent: Intent,
  {
    scores = papers.map(() => 1),
    question = 'how are tokens routed?',
    named = [] as number[],
  } = {},
) {
  const mention = { names: ['x'], strength: 1, isTyped: true };
  const passages = scores.flatMap((score, i) => {
    const paper = papers[i];
    const changes = { score, rank: i + 1, ...(named.includes(i) && { mention }) };
    return paper === undefined ? [] : [makePassage(paper, changes)];
  });
  const retrieval = await makeRetrieval(question, passages);
  const drafts = compose({ intent, question, passages: retrieval.passages, retrieval });
  const ids = drafts.flatMap(({ quotes }) => quotes.map(({ paper }) => paper.id));
  return { drafts, ids, each: [...new Set(ids)] };
}

describe('compose', () => {
  it.each(['ask', 'claim', 'compare'] as const)(
    'gives at most three papers with two sentences each for %s',
    async (intent) => {
      const { drafts, ids, each } = await composed(intent, { named: [0, 1, 2, 3, 4] });
      expect(each).toHaveLength(3);
      expect(drafts).toHaveLength(6);
      for (const id of each) expect(ids.filter((other) => other === id)).toHaveLength(2);
    },
  );

  it.each(['list', 'similar', 'count'] as const)(
    'gives at most eight papers with one sentence each for %s',
    async (intent) => {
      const { drafts, each } = await composed(intent);
      expect([drafts.length, each.length]).toEqual([8, 8]);
    },
  );

  it('says nothing that is not a sentence of an abstract, cited', async () => {
    for (const intent of ['ask', 'list', 'compare'] as const) {
      for (const { text, quotes } of (await composed(intent)).drafts) {
        expect(quotes).toHaveLength(1);
        for (const { paper, start, end } of quotes) {
          expect(paper.abstract.slice(start, end)).toBe(text);
        }
      }
    }
  });

  it('shows a second paper only where it comes near the first', async () => {
    expect((await composed('ask', { scores: [1, 0.8, 0.79] })).each).toHaveLength(2);
    expect((await composed('ask', { scores: [1, 0.1] })).each).toHaveLength(1);
  });

  it('compares two papers even where the second is far behind', async () => {
    expect((await composed('compare', { scores: [1, 0.1, 0.05] })).each).toHaveLength(2);
  });

  it('compares the papers that are named and no other, however far behind', async () => {
    const { each } = await composed('compare', { named: [1, 2], scores: [1, 0.9, 0.2, 0.1] });
    expect(each).toEqual(['title:p1', 'title:p2']);
  });

  it('fills a comparison up where only one paper is named', async () => {
    const { each } = await composed('compare', { named: [1], scores: [1, 0.9, 0.8] });
    expect(each).toEqual(['title:p1', 'title:p0']);
  });

  it('lets a paper stand alone that speaks of both sides', async () => {
    const question = 'p1 vs experts';
    const { each } = await composed('compare', { named: [1], scores: [1, 0.9, 0.8], question });
    expect(each).toEqual(['title:p1']);
  });

  it('lists fewer where the others are far behind', async () => {
    expect((await composed('list', { scores: [1, 0.9, 0.2] })).each).toHaveLength(2);
  });

  it('tells in a list what is new in a paper', async () => {
    const { drafts } = await composed('list', { scores: [1], question: 'routing papers' });
    expect(drafts[0]?.text).toBe('We propose a router of tokens.');
  });

  it('of nothing is nothing', async () => {
    expect((await composed('ask', { scores: [] })).drafts).toEqual([]);
    expect((await composed('list', { scores: [] })).drafts).toEqual([]);
  });

  it('keeps the sentences of a paper in the order of its abstract', async () => {
    const { drafts } = await composed('ask', { scores: [1] });
    const [first, second] = drafts.map(({ quotes }) => quotes[0]?.start ?? 0);
    expect(first).toBeLessThan(second ?? 0);
  });
});

describe('scoreSentences', () => {
  async function best(question: string, nearest?: number) {
    const paper = makePaper('one', { abstract: ABSTRACT });
    const sentences = [0, 1, 2, 3, 4, 5].map((i) => {
      const near = i === nearest ? 0.9 : 0.1;
      return { question: near, clause: near };
    });
    const passage = makePassage(paper, nearest === undefined ? {} : { sentences });
    const scored = scoreSentences(passage, await makeRetrieval(question, [passage]), question);
    return scored.toSorted((a, b) => b.score - a.score)[0]?.text;
  }

  it('prefers the sentence with a number where one is asked for', async () => {
    expect(await best('how much faster is it?')).toBe('On phones it runs 3.7x faster.');
  });

  it('prefers the sentence with the value that is asked for to one with another number', async () => {
    expect(await best('how many experts, on phones or not?')).toBe(
      'It picks two experts for each token.',
    );
    expect(await best('is the code public?')).toBe('Code is public.');
  });

  it('prefers the sentence with the words of the question', async () => {
    expect(await best('does memory halve?')).toBe('Memory halves as well.');
  });

  it('prefers the sentence that is nearest in meaning', async () => {
    expect(await best('why?', 4)).toBe('Code is public.');
    expect(await best('why?', 2)).toBe('It picks two experts for each token.');
  });

  it('has nothing for an empty abstract', async () => {
    const passage = makePassage(makePaper('empty', { abstract: '' }));
    expect(scoreSentences(passage, await makeRetrieval('why?', [passage]), 'why?')).toEqual([]);
  });
});
