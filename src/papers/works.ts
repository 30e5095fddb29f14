import { likeness } from './likeness.ts';
import type { Paper, PaperId } from './paper.ts';
import { paperId, titleId } from './paper-id.ts';
import type { PaperRecord } from './paper-record.ts';
import { compareText } from './preference.ts';
import { joinRecords, recordKey } from './record-facts.ts';
import { paperOfRecords } from './record-paper.ts';

/** One scholarly work: what all sources say of it, and the paper that this makes. */
export interface Work {
  readonly paper: Paper;
  readonly records: readonly PaperRecord[];
}

// What changed is told between two versions; a few more let late ones find their place.
const MOST_VERSIONS = 5;
// Versions of one abstract share at least half of their words, other works of one title a fifth.
const ALIKE = 0.35;

/**
 * The works that these records tell of. It depends on nothing but which records there are: any
 * order, any repetition and any grouping of their arrival gives the same works. Records with one
 * arXiv id are one work; one without joins the work of its title whose abstract is alike, and is a
 * work of its title where there is none.
 */
export function worksOf(records: readonly PaperRecord[]): readonly Work[] {
  const joined = joinByKey(records);
  const works = identifiedWorks(joined);
  const byTitle = idsByTitle(works);
  for (const record of joined.filter(({ arxivId }) => arxivId === undefined)) {
    const id = workOfTitle(record, { works, byTitle }) ?? paperId(record);
    works.set(id, [...(works.get(id) ?? []), record]);
  }
  return [...works.values()].map((told) => ({ paper: paperOfRecords(told), records: told }));
}

function joinByKey(records: readonly PaperRecord[]): readonly PaperRecord[] {
  const joined = new Map<string, PaperRecord>();
  for (const record of records) {
    const key = recordKey(record);
    const known = joined.get(key);
    joined.set(key, known === undefined ? record : joinRecords(known, record));
  }
  return [...joined.values()];
}

function identifiedWorks(records: readonly PaperRecord[]): Map<PaperId, readonly PaperRecord[]> {
  const works = new Map<PaperId, readonly PaperRecord[]>();
  for (const record of records) {
    if (record.arxivId === undefined) continue;
    const id = paperId(record);
    works.set(id, [...(works.get(id) ?? []), record]);
  }
  for (const [id, told] of works) works.set(id, withoutOldVersions(told));
  return works;
}

function withoutOldVersions(records: readonly PaperRecord[]): readonly PaperRecord[] {
  const versions = [...new Set(records.flatMap(({ version }) => version ?? []))];
  const oldest = versions.sort((a, b) => b - a)[MOST_VERSIONS - 1];
  if (oldest === undefined) return records;
  return records.filter(({ version }) => version === undefined || version >= oldest);
}

function idsByTitle(
  works: ReadonlyMap<PaperId, readonly PaperRecord[]>,
): ReadonlyMap<PaperId, readonly PaperId[]> {
  const ids = new Map<PaperId, readonly PaperId[]>();
  for (const [id, records] of works) {
    for (const title of new Set(records.map((record) => titleId(record.title)))) {
      ids.set(title, [...(ids.get(title) ?? []), id]);
    }
  }
  return ids;
}

/** Of several that are alike the first by id: which came first must not matter. */
function workOfTitle(
  record: PaperRecord,
  {
    works,
    byTitle,
  }: {
    readonly works: ReadonlyMap<PaperId, readonly PaperRecord[]>;
    readonly byTitle: ReadonlyMap<PaperId, readonly PaperId[]>;
  },
): PaperId | undefined {
  const alike = (byTitle.get(paperId(record)) ?? []).filter((id) =>
    (works.get(id) ?? []).some(
      (other) => other.arxivId !== undefined && likeness(other.abstract, record.abstract) >= ALIKE,
    ),
  );
  return alike.sort(compareText)[0];
}
