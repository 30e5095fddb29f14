import { describe, expect, it } from 'vitest';
import type { Intent } from '../../../src/answer/answer.ts';
import { passagesOn, sayByTerm, termAsked } from '../../../src/answer/extract/by-term.ts';
import { makePaper, makePassage, makeRetrieval } from '../made-up-library.ts';

const papers = [
  makePaper('old', {
    date: '2021-01-01',
    abstract: 'We prune networks by their gradients. Results on CIFAR-10 are good.',
  }),
  makePaper('other', { abstract: 'We prune too. It is tested on CIFAR-100 alone.' }),
  makePaper('new', {
    date: '2024-01-01',
    abstract: 'We propose a new model for pictures. It reads CIFAR10 pictures.',
  }),
  makePaper('unknown', {
    abstract: 'CIFAR-10 is a data set of pictures. We like it more than others.',
  }),
];
const topic = ['CIFAR-10'];

async function said(question: string, intent: Intent) {
  const retrieval = await makeRetrieval(
    question,
    papers.map((paper) => makePassage(paper)),
  );
  const found = passagesOn(topic, retrieval);
  return sayByTerm(found, { intent, question, topic, retrieval }).map(({ text }) => text);
}

describe('passagesOn', () => {
  it('has every paper that speaks of the term, in whatever spelling', async () => {
    const retrieval = await makeRetrieval(
      '',
      papers.map((paper) => makePassage(paper)),
    );
    const names = passagesOn(topic, retrieval).map(({ paper }) => paper.title);
    expect(names).toEqual(['Paper old', 'Paper new', 'Paper unknown']);
  });
});

describe('sayByTerm', () => {
  it('counts them all and gives of each the sentence that has the term', async () => {
    const [count, ...sentences] = await said('which papers use CIFAR-10?', 'list');
    expect(count).toBe('3 of the 4 abstracts in my library speak of “CIFAR-10”:');
    expect(sentences.slice(0, 2)).toEqual([
      'Results on CIFAR-10 are good.',
      'It reads CIFAR10 pictures.',
    ]);
  });

  it('puts the latest first where they are asked for, those without a date last', async () => {
    const [count, first, , last] = await said('newest papers on CIFAR-10', 'list');
    expect(count).toContain('the latest first (the date is known for 2)');
    expect([first, last]).toEqual([
      'It reads CIFAR10 pictures.',
      'CIFAR-10 is a data set of pictures.',
    ]);
  });

  it('says what a term is without counting', async () => {
    const sentences = await said('what is CIFAR-10?', 'ask');
    expect(sentences).toHaveLength(3);
    expect(sentences).toContain('CIFAR-10 is a data set of pictures.');
  });
});

describe('termAsked', () => {
  it.each([
    ['papers on pruning', 'list', ['pruning']],
    ['how many papers use CIFAR-10?', 'count', ['CIFAR-10']],
    ['what is oversmoothing?', 'ask', ['oversmoothing']],
    ['oversmoothing', 'ask', ['oversmoothing']],
    ['what is the weather?', 'ask', undefined],
    ['how does pruning work?', 'ask', undefined],
    ['pruning vs distillation', 'compare', undefined],
  ] as const)('of %j, a %s, is %j', (question, intent, expected) => {
    expect(termAsked({ question, intent })).toEqual(expected);
  });
});
