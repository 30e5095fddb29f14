import { createHash } from 'node:crypto';
import type { Paper } from '../papers/paper.ts';
import { splitSentences } from '../papers/sentences.ts';
import type { ShownPaper } from './delivery.ts';
import type { AbstractChange } from './digest.ts';

const LONGEST_LIST = 3;

/**
 * The sentences that a newer abstract has and the older has not, and the other way round; undefined
 * when nothing but signs, case and white space differs.
 */
export function changeOf(older: string, newer: string): AbstractChange | undefined {
  const [before, after] = [sentencesOf(older), sentencesOf(newer)];
  const added = [...after].filter(([key]) => !before.has(key)).map(([, sentence]) => sentence);
  const removed = [...before].filter(([key]) => !after.has(key)).map(([, sentence]) => sentence);
  if (added.length + removed.length === 0) return undefined;
  return { added: added.slice(0, LONGEST_LIST), removed: removed.slice(0, LONGEST_LIST) };
}

/** A paper as it is noted that a channel has seen it. */
export function shownPaper({ id, abstract }: Paper): ShownPaper {
  const textHash = createHash('sha256').update(abstract).digest('hex');
  return { paperId: id, textHash, abstract };
}

/** By letters and digits alone. */
function sentencesOf(abstract: string): ReadonlyMap<string, string> {
  return new Map(
    splitSentences(abstract).map(({ start, end }) => {
      const sentence = abstract.slice(start, end);
      return [sentence.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''), sentence];
    }),
  );
}
