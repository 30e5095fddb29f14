import { describe, expect, it } from 'vitest';
import type { Intent } from '../../src/answer/answer.ts';
import { decide, namedPassages } from '../../src/answer/decide.ts';
import { fillers, makePaper, makePassage, makeRetrieval } from './made-up-library.ts';

const router = makePaper('router', {
  title: 'SwiftRoute: Routing Tokens',
  abstract: 'We introduce SwiftRoute, which routes tokens to experts. It is cheap on ImageNet.',
});
const measured = makePaper('measured', {
  title: 'Measured Routing',
  abstract: 'Routing tokens is 3.7x faster than a dense layer.',
});
const far = { ...makePassage(measured).signals, dense: 0.1, sentences: 0.1, coverage: 0.1 };
const named = { names: ['swiftroute'], strength: 0.9, isTyped: true };
const others = fillers(300);

type Changes = Parameters<typeof makeRetrieval>[2] & { readonly intent?: Intent };

async function decideOn(
  question: string,
  passages: Parameters<typeof makeRetrieval>[1],
  { intent = 'ask', ...changes }: Changes = {},
) {
  const retrieval = await makeRetrieval(question, passages, { others, ...changes });
  return decide({ question, intent }, retrieval);
}

describe('decide', () => {
  it('finds nothing near where nothing was found, with the words that stand in no paper', async () => {
    const decision = await decideOn('what is quxification of tokens?', []);
    expect(decision).toEqual({ kind: 'nothing-near', missing: ['quxification', 'tokens'] });
  });

  it('finds enough where the best paper is near', async () => {
    const passages = [makePassage(router), makePassage(measured, { score: 0.5 })];
    const decision = await decideOn('how are tokens routed to experts?', passages);
    expect(decision).toMatchObject({ kind: 'enough', passages: [{ paper: router }, {}] });
  });

  it('finds nothing near where the best paper is far', async () => {
    const passage = makePassage(measured, { signals: far, score: 0.1 });
    const decision = await decideOn('how do plants drink water?', [passage]);
    expect(decision).toMatchObject({ kind: 'nothing-near' });
  });

  it('keeps to the papers that are named, near or not', async () => {
    const passages = [
      makePassage(router, { mention: named, signals: far }),
      makePassage(measured, { score: 0.9 }),
    ];
    const decision = await decideOn('how does SwiftRoute route?', passages);
    expect(decision).toMatchObject({ kind: 'enough', passages: [{ paper: router }] });
    expect(decision).toHaveProperty('passages.length', 1);
  });

  it('misses a specific that no near paper speaks of', async () => {
    const decision = await decideOn('which routing works on CIFAR100?', [makePassage(router)]);
    expect(decision).toMatchObject({ kind: 'nothing-near', missing: ['CIFAR100'] });
  });

  it('says of a named paper what its abstract does not state', async () => {
    const passages = [makePassage(router, { mention: named })];
    const decision = await decideOn('what BLEU does SwiftRoute reach on WMT14?', passages);
    expect(decision).toMatchObject({
      kind: 'not-stated',
      passage: { paper: router },
      missing: ['BLEU', 'WMT14'],
    });
  });

  it('misses no specific that one of the first three papers has', async () => {
    const passages = [makePassage(measured), makePassage(measured), makePassage(router)];
    const decision = await decideOn('which routing works on ImageNet?', passages);
    expect(decision).toMatchObject({ kind: 'enough' });
  });

  it('lets two named papers answer together, each with its own specifics', async () => {
    const one = makePaper('one', {
      title: 'AlphaNet',
      abstract: 'AlphaNet reaches 3 on ImageNet.',
    });
    const other = makePaper('two', { title: 'BetaNet', abstract: 'BetaNet reaches 4 on WMT14.' });
    const mention = { names: ['x'], strength: 1, isTyped: true };
    const passages = [makePassage(one, { mention }), makePassage(other, { mention })];
    const decision = await decideOn('AlphaNet on ImageNet vs BetaNet on WMT14', passages);
    expect(decision).toMatchObject({ kind: 'enough' });
  });

  it('refuses what no sentence of a named paper speaks of', async () => {
    const passages = [makePassage(router, { mention: named })];
    expect(await decideOn('does SwiftRoute need gardeners?', passages)).toMatchObject({
      kind: 'not-stated',
      passage: { paper: router },
      missing: [],
    });
    expect(await decideOn('does SwiftRoute need experts?', passages)).toMatchObject({
      kind: 'enough',
    });
  });

  it('refuses a number where a named abstract has none', async () => {
    const passages = [makePassage(router, { mention: named })];
    const question = 'how much faster are tokens routed by SwiftRoute?';
    expect(await decideOn(question, passages)).toMatchObject({ kind: 'not-stated', missing: [] });
    const measuredToo = makePassage(measured, { mention: named });
    expect(await decideOn(question, [measuredToo])).toMatchObject({ kind: 'enough' });
  });

  it('refuses no list and no comparison for what a named paper does not state', async () => {
    const passages = [makePassage(router, { mention: named })];
    for (const intent of ['list', 'compare', 'similar'] as const) {
      const decision = await decideOn('SwiftRoute and gardeners', passages, { intent });
      expect(decision).toMatchObject({ kind: 'enough' });
    }
  });

  it('goes by the words shared while there are no vectors', async () => {
    const signals = { ...far, coverage: 0.25 };
    const passages = [makePassage(measured, { signals })];
    const question = 'routing of tokens';
    const kind = async (coverage: number) => {
      const passage = makePassage(measured, { signals: { ...signals, coverage } });
      return (await decideOn(question, [passage], { mode: 'words' })).kind;
    };
    expect(await decideOn(question, passages, { mode: 'words' })).toMatchObject({ kind: 'enough' });
    expect([await kind(0.24), await kind(0.9)]).toEqual(['nothing-near', 'enough']);
  });
});

describe('a question in another language', () => {
  const named = { mention: { names: ['swiftroute'], strength: 1, isTyped: true } };

  it.each(['Wie funktioniert SwiftRoute?', 'что такое SwiftRoute?', '什么是 SwiftRoute?'])(
    'is answered from the paper it names: %s',
    async (question) => {
      expect(await decideOn(question, [makePassage(router, named)])).toMatchObject({
        kind: 'enough',
      });
    },
  );

  it('is no excuse in English', async () => {
    const decision = await decideOn('does SwiftRoute yodel?', [makePassage(router, named)]);
    expect(decision).toMatchObject({ kind: 'not-stated' });
  });
});

describe('namedPassages', () => {
  const typed = { names: ['x'], strength: 0.6, isTyped: true };
  const said = { ...typed, isTyped: false };

  it.each([
    ['a typed name', { rank: 2, score: 0.7, mention: typed }, true],
    ['a typed name of a paper far below the best', { rank: 2, score: 0.69, mention: typed }, false],
    ['an ordinary word that is a name', { rank: 2, score: 1, mention: said }, false],
    ['an ordinary word that names the best match', { rank: 1, score: 1, mention: said }, true],
    ['a thing only spoken of', { rank: 1, score: 1, mention: { ...typed, strength: 0.59 } }, false],
    [
      'a name that is no ordinary word, typed small, of a paper far below the best',
      { rank: 2, score: 0.5, mention: { ...said, isCoined: true as const } },
      true,
    ],
    ['no name', { rank: 1, score: 1 }, false],
  ])('by %s: %j is %s', (_, changes, isNamed) => {
    const best = makePassage(measured, { score: 1 });
    const passages = changes.rank === 1 ? [] : [best];
    const found = namedPassages([...passages, makePassage(router, changes)]);
    expect(found.length).toBe(isNamed ? 1 : 0);
  });
});

describe('namedPassages of a comparison', () => {
  it('has every paper that is named, however far below the best', () => {
    const mention = { names: ['x'], strength: 0.6, isTyped: false };
    const passages = [makePassage(measured), makePassage(router, { rank: 9, score: 0.1, mention })];
    expect(namedPassages(passages, 'compare')).toHaveLength(1);
    expect(namedPassages(passages, 'ask')).toHaveLength(0);
  });
});
