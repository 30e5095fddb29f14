import { describe, expect, it } from 'vitest';
import { AcronymCollector, type Acronyms, writeOut } from '../../src/retrieval/acronyms.ts';

function read(...texts: readonly string[]): Acronyms {
  const collector = new AcronymCollector();
  for (const text of texts) collector.read(text);
  return collector.result();
}

describe('AcronymCollector', () => {
  it.each([
    ['We use neural architecture search (NAS) here.', 'nas', 'neural architecture search'],
    ['Recent large language models (LLMs) reason.', 'llm', 'large language models'],
    ['a Mixture-of-Experts (MoE) layer', 'moe', 'mixture-of-experts'],
    ['message passing neural networks (MPNNs)', 'mpnn', 'message passing neural networks'],
  ])('reads "%s"', (text, short, long) => {
    expect(read(text).get(short)).toBe(long);
  });

  it.each([
    'It is fast (NAS).',
    'a search of architectures (NAS)',
    'neural architecture search (nas)',
    'neural architecture search [NAS]',
  ])('reads no definition in "%s"', (text) => {
    expect(read(text).has('nas')).toBe(false);
  });

  it('keeps the long form that most texts give', () => {
    const acronyms = read(
      'an access point (AP)',
      'the access point (AP)',
      'our average precision (AP)',
    );
    expect(acronyms.get('ap')).toBe('access point');
  });

  it('leaves out a short form whose texts do not agree', () => {
    expect(read('an access point (AP)', 'our average precision (AP)').has('ap')).toBe(false);
  });

  it('knows chat shorthand without any text, and believes a definition over it', () => {
    expect(read().get('params')).toBe('parameters');
    expect(read('a graph of parameters (GP) and global pooled tokens (GPT)').get('gpt')).toBe(
      'global pooled tokens',
    );
  });

  // "can" stood for "controller area network" in every question that begins with "How can".
  it('takes no stop word for a short form', () => {
    const acronyms = read(
      'over the controller area network (CAN)',
      'in intelligent transportation systems (ITS)',
    );
    expect(writeOut('How can it help, and what are its limits?', acronyms)).toBe(
      'How can it help, and what are its limits?',
    );
  });

  // The time grew with the square of a run of letters: 10 s for this text.
  it('reads a long text without spaces quickly', () => {
    const start = performance.now();
    read('图神经网络'.repeat(4_000));
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

describe('writeOut', () => {
  const acronyms: Acronyms = new Map([['gnn', 'graph neural network']]);

  it('writes out short forms in any case and number', () => {
    expect(writeOut('Do GNNs or a gnn scale?', acronyms)).toBe(
      'Do graph neural network or a graph neural network scale?',
    );
  });

  it('returns a text without short forms as it was', () => {
    const text = 'Do graphs  scale – really? gnnx';
    expect(writeOut(text, acronyms)).toBe(text);
  });
});
