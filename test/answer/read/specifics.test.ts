import { describe, expect, it } from 'vitest';
import { findSpecifics, missingSpecifics } from '../../../src/answer/read/specifics.ts';
import { fillers, makePaper, statisticsOf } from '../made-up-library.ts';

const LEYOLO =
  'LeYOLO-Small reaches 38.2% on COCOval with 4.5 FLOP(G). We use neural architecture search (NAS).';
const papers = [makePaper('leyolo', { abstract: LEYOLO }), ...fillers(200)];
// A term of the field: five papers in a hundred speak of it.
const field = Array.from({ length: 10 }, (_, i) => makePaper(`gnn-${i}`, { abstract: 'A GNN.' }));
const statistics = await statisticsOf([...papers, ...field]);
const words = (question: string) => findSpecifics(question, statistics).map(({ word }) => word);

describe('findSpecifics', () => {
  it.each([
    ['what is the BLEU score of LeYOLO?', ['BLEU', 'LeYOLO']],
    ['does it run on cifar10 or imagenet?', ['cifar10', 'imagenet']],
    ['how many dollars and kWh did it cost?', ['dollars', 'kWh']],
    ['results on MT-Bench and GSM8K', ['MT-Bench', 'GSM8K']],
    ['what about voxceleb1-H', ['voxceleb1-H']],
  ])('of %j are %j', (question, expected) => {
    expect(words(question)).toEqual(expected);
  });

  it.each([
    ['are words that anything could be about', 'how do networks learn from samples?'],
    ['are plain figures and years', 'is it 2 times faster than in 2023?'],
    ['are chat words', 'ok lol tldr ASAP pls, im an AI fan'],
    ['are terms that the whole field uses', 'what does a GNN learn?'],
    ['are single letters', 'is A better than B?'],
  ])('never %s', (_, question) => {
    expect(words(question)).toEqual([]);
  });

  it('are named once, however often they are typed', () => {
    expect(words('BLEU? yes, bleu and BLEU')).toHaveLength(1);
  });

  it('of a hyphenated word are the coined parts alone, told as they were typed', () => {
    const found = findSpecifics('a RouteLLM-based router', statistics);
    expect(found).toEqual([{ word: 'RouteLLM-based', key: 'routellm' }]);
  });
});

describe('missingSpecifics', () => {
  const missing = (question: string, text: string) =>
    missingSpecifics(findSpecifics(question, statistics), text, statistics).map(({ word }) => word);

  it('are those that the text does not speak of', () => {
    expect(missing('BLEU of LeYOLO on COCOval?', LEYOLO)).toEqual(['BLEU']);
  });

  it.each([
    ['in other case and with hyphens', 'leyolo SMALL vs LeYOLO-small', LEYOLO],
    ['in the plural', 'how many GFLOPs?', LEYOLO],
    ['written out', 'is it NAS?', 'We study neural architecture search for phones.'],
    ['with a unit on it', 'how fast at 1024px?', 'At 1024 pixels it is fast.'],
  ])('are not those that it has %s', (_, question, text) => {
    expect(missing(question, text)).toEqual([]);
  });
});
