import { afterAll, expect, it } from 'vitest';
import { ChainLibrary } from './chain-library.ts';

const library = await ChainLibrary.open();
afterAll(() => library.close());

const TRUE_ONE =
  '- DiskGNN speeds up the baselines by over 8x. [1] "DiskGNN can speed up the baselines by over 8x"';

// A reader of the stream missed the notes, and saw the answer begin with something else.
it('tells the notes around the sentences of a model in their places', async () => {
  library.server.script({ kind: 'text', text: TRUE_ONE });
  const question = 'by how much does DiskGNN speed up the baselines of papers from 2024-13?';
  const { events, answer } = await library.chain()(question);
  const told = events.flatMap((event) => (event.kind === 'sentence' ? [event.sentence] : []));
  expect(answer.trace.mode).toBe('model');
  expect(answer.sentences.length).toBeGreaterThan(1);
  expect(told).toEqual(answer.sentences);
});
