import type { AbstractChange } from './paper.ts';
import type { PaperRecord } from './paper-record.ts';
import { splitSentences } from './sentences.ts';

const MOST_SENTENCES = 40;

/**
 * What the latest version changed in the abstract of the version before it, of those we have seen;
 * undefined where there is but one, or the sentences are the same.
 */
export function changeBetween(records: readonly PaperRecord[]): AbstractChange | undefined {
  const [to, from] = latestVersions(records);
  if (to === undefined || from === undefined) return undefined;
  const [after, before] = [sentencesOf(to.abstract), sentencesOf(from.abstract)];
  const added = onlyIn(after, before);
  const removed = onlyIn(before, after);
  if (added.length + removed.length === 0) return undefined;
  return { fromVersion: from.version, toVersion: to.version, added, removed };
}

interface Edition {
  readonly version: number;
  readonly abstract: string;
}

/** `records` stand in the order of authority, so the first of each version is the one believed. */
function latestVersions(records: readonly PaperRecord[]): readonly Edition[] {
  const editions = new Map<number, Edition>();
  for (const { version, abstract } of records) {
    if (version !== undefined && !editions.has(version))
      editions.set(version, { version, abstract });
  }
  return [...editions.values()].sort((a, b) => b.version - a.version);
}

function sentencesOf(abstract: string): readonly string[] {
  return splitSentences(abstract).map(({ start, end }) =>
    abstract.slice(start, end).replace(/\s+/g, ' ').trim(),
  );
}

function onlyIn(sentences: readonly string[], others: readonly string[]): readonly string[] {
  const known = new Set(others);
  return sentences.filter((sentence) => !known.has(sentence)).slice(0, MOST_SENTENCES);
}
