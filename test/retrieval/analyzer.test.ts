import { describe, expect, it } from 'vitest';
import { analyse, analyseQuery, isStopWord, words } from '../../src/retrieval/analyzer.ts';

describe('analyse', () => {
  it('stems English words and keeps their order and repeats', () => {
    expect(analyse('Learning graphs: a graph learns')).toEqual([
      'learn',
      'graph',
      'graph',
      'learn',
    ]);
  });

  it('drops stop words and keeps words that mean something in this field', () => {
    expect(analyse('What are the recent deep networks that people show?')).toEqual([
      'recent',
      'deep',
      'network',
      'peopl',
    ]);
  });

  it('gives no terms for stop words alone, white space or nothing', () => {
    for (const text of ['what is it about?', ' \n\t', '', '?!…']) expect(analyse(text)).toEqual([]);
  });

  it('does not stem words of two letters or with digits', () => {
    expect(analyse('3D GPT4s os')).toEqual(['3d', 'gpt4s', 'os']);
  });

  it('takes hyphens and slashes for spaces', () => {
    expect(analyse('mixture-of-experts, CNN/LSTM')).toEqual(['mixtur', 'expert', 'cnn', 'lstm']);
    expect(analyse('pre–training')).toEqual(analyse('pre-training'));
  });

  it('takes accents, apostrophes and width off', () => {
    expect(analyse('Rényi’s naïve')).toEqual(analyse("renyi's naive"));
    expect(analyse("doesn't")).toEqual([]);
    expect(analyse('ＧＰＵ')).toEqual(['gpu']);
  });

  it.each([
    ['a 25times larger dataset', 'a 25× larger dataset'],
    ['\\textbf{graph} networks', 'graph networks'],
    ['44\\% faster', '44% faster'],
    ['the $\\mathcal{O}(n)$ cost', 'the O(n) cost'],
  ])('reads the LaTeX leftovers of "%s"', (latex, plain) => {
    expect(analyse(latex)).toEqual(analyse(plain));
  });

  it('finds the words of a Chinese question in a Chinese text', () => {
    const text = analyse('我们提出一种基于图神经网络的翻译方法。');
    expect(text.length).toBeGreaterThan(5);
    for (const term of analyse('神经网络 翻译')) expect(text).toContain(term);
    expect(analyse('低资源语言')).not.toContain('翻译');
  });

  it('separates Latin words that stand in Chinese or Japanese text', () => {
    expect(analyse('提出RouteLLM方法')).toContain('routellm');
    expect(analyse('深層BERTモデル')).toContain('bert');
  });

  // Stemming takes quadratic time, and a page may hold a word of many megabytes.
  it('does not stem what is longer than any word', () => {
    expect(analyse('a'.repeat(2_000_000))).toEqual(['a'.repeat(40)]);
  });

  it('cuts terms of more than 40 characters', () => {
    const long = 'ж'.repeat(60);
    expect(analyse(long)).toEqual(['ж'.repeat(40)]);
    expect(analyse(long)).toEqual(analyse(`${long}ж`));
  });

  it('takes emoji and half surrogate pairs for what stands between words', () => {
    expect(analyse('graph😀network\ud83d deep')).toEqual(['graph', 'network', 'deep']);
  });
});

describe('analyseQuery', () => {
  it('keeps the words of a question of stop words alone', () => {
    expect(analyseQuery('What is it?')).toEqual(['what', 'is', 'it']);
  });

  it('is analyse for any other question', () => {
    expect(analyseQuery('What is a graph?')).toEqual(['graph']);
  });

  it('gives no terms where there are no words', () => {
    expect(analyseQuery('?? …')).toEqual([]);
  });
});

describe('words', () => {
  it('gives lower-case words with stop words and without stemming', () => {
    expect(words('The Réseaux, 2×')).toEqual(['the', 'reseaux', '2']);
  });
});

describe('isStopWord', () => {
  it('does not look at case', () => {
    expect([isStopWord('The'), isStopWord('CAN'), isStopWord('graph')]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('spellings', () => {
  it.each([
    ['decentralised training', 'decentralized training'],
    ['quantisation', 'quantization'],
    ['generalises', 'generalizes'],
  ])('of %j and %j are one', (british, american) => {
    expect(analyse(british)).toEqual(analyse(american));
  });

  it('of short words stay as they are', () => {
    expect(analyse('noise rises')).not.toEqual(analyse('noize rizes'));
  });
});
