import { beforeAll, describe, expect, it } from 'vitest';
import {
  isDependent,
  type RetrievalRequest,
  readQuery,
  splitClauses,
} from '../../src/retrieval/query.ts';
import type { TermStatistics } from '../../src/retrieval/term-statistics.ts';
import { makePaper, statisticsOf } from './indexed-paper.ts';

describe('readQuery', () => {
  let statistics: TermStatistics;
  beforeAll(async () => {
    statistics = await statisticsOf(
      [1, 2, 3, 4].map((n) =>
        makePaper(`Transformers ${n}`, 'We train a graph neural network (GNN) on molecules.'),
      ),
    );
  });
  const read = (request: RetrievalRequest) => readQuery(request, statistics);

  it('weighs the words of the question 1', () => {
    const { terms } = read({ question: 'Which molecules train faster with graphs?' });
    expect([...terms]).toEqual([
      ['molecul', 1],
      ['train', 1],
      ['faster', 1],
      ['graph', 1],
    ]);
  });

  it('carries the words of earlier questions into one that leans on them, with less weight', () => {
    const { terms, views } = read({
      question: 'And does it train on molecules?',
      history: ['Which speech network is smallest?'],
    });
    expect([terms.get('train'), terms.get('speech'), terms.get('smallest')]).toEqual([1, 0.6, 0.6]);
    expect(views.map(({ text }) => text)).toEqual([
      'And does it train on molecules?',
      'Which speech network is smallest? And does it train on molecules?',
    ]);
  });

  it('leaves out question words with a letter wrong', () => {
    const { terms, unknownWords } = read({ question: 'wich papper is abuot molecules?' });
    expect([...terms.keys()]).toEqual(['molecul']);
    expect(unknownWords).toEqual([]);
  });

  it('takes from earlier questions what was asked, not of which paper, where another is named', async () => {
    const papers = [
      makePaper('StreamDiff: Fast Pictures', 'We introduce StreamDiff.'),
      makePaper('SPANN: Billions of Vectors', 'We introduce SPANN.'),
    ];
    const named = await statisticsOf(papers);
    const history = ['how fast is StreamDiff?'];
    const about = readQuery({ question: 'ok and what about SPANN?', history }, named);
    expect([about.terms.get('fast'), about.terms.get('streamdiff')]).toEqual([0.6, undefined]);
    expect(about.names.names).not.toContain('streamdiff');
    const whole = readQuery({ question: 'what is SPANN', history }, named);
    expect(whole.views).toHaveLength(1);
    const back = readQuery({ question: 'is it faster than SPANN?', history }, named);
    expect(back.names.names).toContain('streamdiff');
  });

  it('leans on nothing where the topic is changed', () => {
    const question = 'cool. now something on quantum networks';
    const { terms } = read({ question, history: ['How do molecules train?'] });
    expect(terms.has('molecul')).toBe(false);
  });

  it('keeps the full weight of a word that stands in both questions', () => {
    const { terms } = read({ question: 'and molecules?', history: ['Do molecules train?'] });
    expect(terms.get('molecul')).toBe(1);
  });

  it('leans on the last two questions only', () => {
    const { terms } = read({
      question: 'why?',
      history: ['speech models', 'vision models', 'molecule models'],
    });
    expect(terms.has('speech')).toBe(false);
    expect([terms.get('vision'), terms.get('molecul')]).toEqual([0.6, 0.6]);
  });

  it('does not carry them into a question that stands alone', () => {
    const question = 'Which graph networks train fastest on large molecules?';
    const alone = read({ question });
    expect(read({ question, history: ['Which speech network is smallest?'] })).toEqual(alone);
  });

  it('reads names of earlier questions where it leans on them', () => {
    const { names } = read({ question: 'how fast is it?', history: ['What is RouteLLM?'] });
    expect(names.names).toContain('routellm');
    expect(names.typed).toContain('routellm');
  });

  it('adds what short forms stand for, with little weight, and as a second view', () => {
    const { terms, views } = read({ question: 'Do GNNs train on large sets of molecules?' });
    expect(terms.get('gnn')).toBe(1);
    expect(terms.get('neural')).toBe(0.25);
    expect(views.map(({ text }) => text)).toContain(
      'Do graph neural network train on large sets of molecules?',
    );
  });

  it('adds what a misspelt word was meant to be', () => {
    const { terms } = read({ question: 'How do trasnformers train on large molecules?' });
    expect(terms.get('transform')).toBe(0.7);
  });

  it('lists the words that stand in no paper, once, as typed', () => {
    const { unknownWords } = read({
      question: 'Do Molecules like quasi-crystals or Zebras (Zebras!) train on the moon?',
    });
    expect(unknownWords).toEqual(['quasi-crystals', 'Zebras', 'moon']);
  });

  it('takes a hyphenated word for known when one of its parts is', () => {
    expect(read({ question: 'multi-graph train' }).unknownWords).toEqual([]);
  });

  it('searches for the words of a question of stop words alone', () => {
    expect([...read({ question: 'what is it' }).terms.keys()]).toEqual(['what', 'is', 'it']);
  });

  it.each(['', '   ', '?!', '😀', '((((', '\ud83d'])(
    'reads "%s", which holds no word',
    (question) => {
      const { terms, clauses, unknownWords } = read({ question });
      expect([terms.size, clauses, unknownWords]).toEqual([0, [], []]);
    },
  );
});

describe('isDependent', () => {
  it.each([
    'And on molecules with many different atoms?',
    'How many parameters does it need for images?',
    'What about the training cost of large models?',
    'What are the limits of these large networks?',
    'Why?',
    'training cost',
  ])('is true of "%s"', (question) => {
    expect(isDependent(question)).toBe(true);
  });

  it.each([
    'Which papers train graph networks on large molecules?',
    'How do mixture-of-experts models balance load between experts?',
    '哪些论文研究图神经网络的可扩展性问题',
  ])('is false of "%s"', (question) => {
    expect(isDependent(question)).toBe(false);
  });
});

describe('splitClauses', () => {
  it('splits at punctuation, "and" and "but"', () => {
    expect(
      splitClauses(
        'Our graph training runs slowly on molecules; memory fills with large batches and routers send tokens wrongly.',
      ),
    ).toEqual([
      'Our graph training runs slowly on molecules',
      'memory fills with large batches',
      'routers send tokens wrongly',
    ]);
  });

  it('does not split inside numbers, names and links', () => {
    expect(
      splitClauses('Is ResNet 1.5 times faster than U-Net on https://a.test/b,c today'),
    ).toEqual([]);
  });

  it('leaves out clauses of fewer than three terms, and a lone clause', () => {
    expect(splitClauses('Thanks, which graph networks train on molecules?')).toEqual([]);
  });

  it('gives six at most', () => {
    expect(splitClauses('deep graph nets. '.repeat(20))).toHaveLength(6);
  });
});
