import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Paper } from '../../src/papers/paper.ts';
import { paperTitled } from './shipped-papers.ts';

const Line = z.object({ kind: z.string(), question: z.string(), line: z.string() });

/** A line as a model may write it; its papers' numbers are filled in. */
export interface ModelLine {
  readonly kind: string;
  readonly question: string;
  readonly line: string;
}

/** The lies and truths of `data/eval/model-lines.jsonl`. */
export function readModelLines(): readonly ModelLine[] {
  return readFileSync('data/eval/model-lines.jsonl', 'utf8')
    .trim()
    .split('\n')
    .map((line) => Line.parse(JSON.parse(line)));
}

/** The papers that a line points to, and the line with their numbers. */
export function numbered(
  line: string,
  papers: readonly Paper[],
): { readonly given: readonly Paper[]; readonly line: string } {
  const heads = [...new Set([...line.matchAll(/\[\{([^}]+)\}\]/g)].map(([, head = '']) => head))];
  return {
    given: heads.map((head) => paperTitled(papers, head)),
    line: line.replace(/\{([^}]+)\}(?=\])/g, (_, head: string) => String(heads.indexOf(head) + 1)),
  };
}
