import { describe, expect, it } from 'vitest';
import { toParagraphs } from '../../../src/answer/show/paragraphs.ts';
import { makeAnswer } from '../../terminal/made-up-papers.ts';

describe('toParagraphs', () => {
  it('groups neighbouring sentences on one paper under its citation', () => {
    const answer = makeAnswer({
      sentences: [
        { text: 'A.', citations: [1] },
        { text: 'B.', citations: [1] },
        { text: 'Ours.', citations: [] },
      ],
    });
    const paragraphs = toParagraphs(answer);
    expect(paragraphs.map(({ about, sentences }) => [about?.n, sentences.length])).toEqual([
      [1, 2],
      [undefined, 1],
    ]);
  });

  it('keeps a refusal in one paragraph that names no paper first', () => {
    const paragraphs = toParagraphs(makeAnswer({ kind: 'insufficient-evidence' }));
    expect(paragraphs).toHaveLength(1);
    expect(paragraphs[0]?.about).toBeUndefined();
  });
});
