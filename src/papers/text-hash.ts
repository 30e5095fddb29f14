import { createHash } from 'node:crypto';
import type { Paper } from './paper.ts';

/** SHA-256 (hex) of a paper's title and abstract: the same text gives the same vectors. */
export function textHash(paper: Pick<Paper, 'title' | 'abstract'>): string {
  return createHash('sha256').update(`${paper.title}\n${paper.abstract}`).digest('hex');
}
