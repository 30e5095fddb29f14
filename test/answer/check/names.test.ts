import { describe, expect, it } from 'vitest';
import { findForeignName, namesIn } from '../../../src/answer/check/names.ts';

const TEXTS = [
  "We present VoxelKP, a large language model with ImageNet-1k weights for Waymo's LiDAR data",
  'VoxelKP: Sparse Networks for Human Keypoint Estimation',
];
const foreign = (sentence: string) =>
  findForeignName(sentence, { texts: TEXTS, acronyms: new Map([['kpe', 'keypoint estimation']]) });

describe('the names of a text', () => {
  it('are coined words and capitals, the first word of a sentence aside', () => {
    const names = namesIn(
      'Training on ImageNet-1k with a DGX H100 by Waymo takes 5 hours. Then GPT-4.',
    );
    expect([...names]).toEqual(['imagenet1k', 'dgx', 'h100', 'waymo', 'gpt4']);
  });
});

describe('a name', () => {
  it.each([
    'VoxelKP is a model.',
    'It is a VoxelKP-based model.',
    'It uses ImageNet 1k.',
    'It is an LLM.',
    'It is a method for KPE.',
    'Waymo is the source of its data.',
    'It works on Human keypoints.',
    'A Sparse network for LiDAR.',
    'Its 3D AI is fast.',
  ])('that stands in the texts, whole, in pieces or written out, is known: %s', (sentence) => {
    expect(foreign(sentence)).toBeUndefined();
  });

  it.each([
    ['VoxelKP beats HUM3DIL.', 'HUM3DIL'],
    ['It uses CIFAR-10.', 'CIFAR-10'],
    ['It is by Google.', 'Google'],
    // The numbers of versions were once not looked at.
    ['It uses ImageNet-21.', 'ImageNet-21'],
    ['It uses VoxelKP-4-based heads.', 'VoxelKP-4-based'],
    ['VoxelKP2 is a model.', 'VoxelKP2'],
    ['It is a GNN.', 'GNN'],
    ['It has an SVM-based head.', 'SVM-based'],
  ])('that does not is foreign: %s', (sentence, name) => {
    expect(foreign(sentence)).toBe(name);
  });
});
