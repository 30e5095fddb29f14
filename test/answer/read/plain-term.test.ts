import { describe, expect, it } from 'vitest';
import {
  comesNear,
  createTopicReader,
  plainTopic,
  searchText,
} from '../../../src/answer/read/plain-term.ts';

const acronyms = new Map([['gnn', 'graph neural network']]);

describe('plainTopic', () => {
  it.each([
    ['Which papers use CIFAR-10?', ['CIFAR-10']],
    ['which papers use the Waymo dataset', ['Waymo']],
    ['papers on oversmoothing in GNNs', ['oversmoothing', 'GNNs']],
    ['what papers combine diffusion and NAS', ['diffusion', 'NAS']],
    ['explain over-squashing to me', ['over-squashing']],
    ['list papers about vision-language models', ['vision-language models']],
  ])('of %j is %j', (question, topic) => {
    expect(plainTopic(question)).toEqual(topic);
  });

  it('is none where a question describes at length, or asks for any paper', () => {
    expect(plainTopic('papers that turn a trained dense model into experts')).toBeUndefined();
    expect(plainTopic('list all papers')).toBeUndefined();
    expect(plainTopic('what is 2+2')).toBeUndefined();
  });
});

describe('the reader of a topic', () => {
  it.each([
    ['CIFAR-10', 'We test on CIFAR10.', true],
    ['CIFAR-10', 'We test on CIFAR-100.', false],
    ['oversmoothing', 'Deep networks suffer from over-smoothing.', true],
    ['over-squashing', 'It prevents oversquashing.', true],
    ['GNNs', 'A graph neural network learns.', true],
    ['graph neural networks', 'A GNN learns.', true],
    ['vision-language models', 'We train vision language transformers.', true],
    ['KAN', 'We rank papers.', false],
  ])('of %j holds in %j: %s', (part, text, expected) => {
    expect(createTopicReader([part], acronyms).hasAll(text)).toBe(expected);
  });

  it('tells all parts from some', () => {
    const reader = createTopicReader(['GNNs', 'oversmoothing'], acronyms);
    expect(reader.hasAll('A GNN learns.')).toBe(false);
    expect(reader.hasSome('A GNN learns.')).toBe(true);
    expect(reader.hasSome('A tree grows.')).toBe(false);
  });
});

describe('comesNear', () => {
  const rarity = (term: string) => (term === 'spike' ? 5 : 1);

  it('holds of texts with the rarest word of several, never of a single word', () => {
    expect(comesNear('A spiking model.', ['spiking neural networks'], rarity)).toBe(true);
    expect(comesNear('A neural network.', ['spiking neural networks'], rarity)).toBe(false);
    expect(comesNear('A spiking model.', ['spiking'], rarity)).toBe(false);
  });
});

describe('searchText', () => {
  it('has a prefix with and without its hyphen', () => {
    expect(searchText(['oversmoothing'])).toBe('over-smoothing oversmoothing');
    expect(searchText(['over-squashing', 'GNNs'])).toBe('over-squashing oversquashing GNNs');
  });
});
