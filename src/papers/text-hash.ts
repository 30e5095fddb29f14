import { createHash } from 'node:crypto';
import type { Paper } from './paper.ts';

// Raise it when `splitSentences` splits otherwise than before: stored sentence vectors follow it.
export const SENTENCES_VERSION = 2;

/** SHA-256 (hex) of a paper's title and abstract: the same text gives the same vectors. */
export function textHash(paper: Pick<Paper, 'title' | 'abstract'>): string {
  return createHash('sha256')
    .update(`${SENTENCES_VERSION}\n${paper.title}\n${paper.abstract}`)
    .digest('hex');
}
