import { describe, expect, it } from 'vitest';
import { findMisplaced } from '../../../src/answer/check/bindings.ts';
import { findSibling } from '../../../src/answer/check/siblings.ts';
import { findExchanged } from '../../../src/answer/check/word-for-word.ts';

describe('a word that has siblings', () => {
  it.each([
    ['It selects a model during training.', 'It selects a model during inference.'],
    ['It is pre-trained on graphs.', 'It is fine-tuned on graphs.'],
    ['It uses self-supervised learning.', 'It uses supervised learning.'],
    ['It uses hard labels.', 'It uses soft labels.'],
    ['Memory grows exponentially.', 'Memory grows linearly.'],
    ['It lowers latency.', 'It lowers energy.'],
    ['It has better accuracy.', 'It has comparable accuracy.'],
    ['It works on edges.', 'It works on nodes.'],
    ['It uses a discrete space.', 'It uses a continuous space.'],
  ])('may not stand for one of them: %s <- %s', (sentence, evidence) => {
    expect(findSibling(sentence, evidence)).toBeTypeOf('string');
  });

  it.each([
    ['It trains on graphs.', 'It is pre-trained on graphs.'],
    ['It is self supervised.', 'It uses self-supervision.'],
    ['It lowers the cost.', 'It lowers overhead and energy.'],
    ['It works on nodes.', 'It works on nodes and edges.'],
    ['It is faster.', 'It has a higher speed and accuracy.'],
    ['It works on edges.', 'It works well.'],
  ])('may say the same: %s <- %s', (sentence, evidence) => {
    expect(findSibling(sentence, evidence)).toBeUndefined();
  });
});

describe('a thing and its place', () => {
  const EVIDENCE =
    'It stores the centers of the lists in the memory and the large lists in the disk. It distills from teacher trees to student nets.';
  it.each([
    ['It keeps the lists on disk.', false],
    ['It stores the centers in memory and the large lists on disk.', false],
    ['It keeps the large lists in memory.', true],
    ['It stores the centers of the lists on disk.', true],
    ['It distills from teacher trees to student nets.', false],
    ['It distills from teacher nets to student trees.', true],
  ])('stay together: %s', (sentence, isMisplaced) => {
    expect(findMisplaced(sentence, EVIDENCE) !== undefined).toBe(isMisplaced);
  });
});

describe('a sentence that follows its evidence word for word', () => {
  const context = 'The router selects a cheaper model for each easy query of the user.';
  const exchanged = (sentence: string) => findExchanged(sentence, { context, whole: context });

  it('may not have a word of its own', () => {
    expect(exchanged('The router selects a cheaper printer for each easy query.')).toBe(
      'the evidence does not say "printer"',
    );
  });

  it('may have a synonym, and other words where it goes its own way', () => {
    expect(exchanged('The router chooses a cheaper model for each easy query.')).toBeUndefined();
    expect(exchanged('Whatever the printer says, queries find a model.')).toBeUndefined();
  });
});
