import { changeBetween } from './abstract-change.ts';
import { joinedOrigins } from './merge.ts';
import type { Paper, RecordSource } from './paper.ts';
import { paperId, paperUrl } from './paper-id.ts';
import type { PaperRecord } from './paper-record.ts';
import { bySpelling, compareText, highest, isCutShort, preferred } from './preference.ts';
import {
  byAuthority,
  byLatest,
  joinDays,
  joinListings,
  paperOfRecord,
  rankOfSource,
  titleKey,
} from './record-facts.ts';

/** A fact and who told it. */
interface Told<T> {
  readonly value: T;
  readonly source: RecordSource;
}

/** Facts that the latest version tells before others, and of one version who is believed most. */
const BY_AUTHORITY = [
  'updated',
  'authors',
  'organization',
  'categories',
  'license',
  'doi',
  'journal',
  'comment',
] as const;

/**
 * The paper that all records of one work make, at least one; which fact comes from whom depends on
 * the records alone, never on their order.
 */
export function paperOfRecords(records: readonly PaperRecord[]): Paper {
  const sorted = records.toSorted(byAuthority);
  const [first] = sorted;
  if (first === undefined) throw new Error('a work has at least one record');
  if (sorted.length === 1) return paperOfRecord(first);
  const chosen = sorted.find((record) => !sorted.some((other) => isPart(record, other))) ?? first;
  const arxivId = sorted.find((record) => record.arxivId !== undefined)?.arxivId;
  const told = factsOf(sorted, chosen);
  const facts = Object.fromEntries(Object.entries(told).map(([name, { value }]) => [name, value]));
  const title = bestTitle(sorted, chosen);
  const change = changeBetween(sorted);
  const key = { title, ...(arxivId !== undefined && { arxivId }) };
  return {
    id: paperId(key),
    url: paperUrl(key),
    ...key,
    abstract: chosen.abstract,
    ...(chosen.version !== undefined && { version: chosen.version }),
    ...facts,
    ...(change !== undefined && { change }),
    sources: joinedOrigins(sorted.flatMap(({ origins }) => origins)),
    ...provenanceOf(told, chosen),
  };
}

function isPart(record: PaperRecord, whole: PaperRecord): boolean {
  // A later version may well be shorter.
  return record.version === undefined && isCutShort(record.abstract, whole.abstract);
}

function bestTitle(records: readonly PaperRecord[], chosen: PaperRecord): string {
  const key = titleKey(chosen);
  const same = records.filter((record) => titleKey(record) === key).map(({ title }) => title);
  return preferred([chosen.title, ...same], bySpelling);
}

function factsOf(
  records: readonly PaperRecord[],
  chosen: PaperRecord,
): Readonly<Record<string, Told<unknown>>> {
  const facts: Record<string, Told<unknown>> = {};
  for (const name of BY_AUTHORITY) {
    const teller = records.find((record) => record[name] !== undefined);
    if (teller !== undefined) facts[name] = { value: teller[name], source: teller.source };
  }
  const dated = dateTeller(records);
  if (dated !== undefined) {
    facts.date = { value: dated.date, source: dated.source };
    if (dated.dateInferred === true) facts.dateInferred = { value: true, source: dated.source };
  }
  const authorCount = highest(...records.map((record) => record.authorCount));
  if (authorCount !== undefined) facts.authorCount = { value: authorCount, source: chosen.source };
  for (const name of ['upvotes', 'commentCount'] as const) {
    const teller = countTeller(records, name);
    if (teller !== undefined) facts[name] = { value: teller[name], source: teller.source };
  }
  const isWithdrawn = records.some(
    ({ version, withdrawn }) => withdrawn === true && (version ?? 0) === (chosen.version ?? 0),
  );
  if (isWithdrawn) facts.withdrawn = { value: true, source: chosen.source };
  const listed = joinListings(records.flatMap((record) => record.listed ?? []));
  if (listed.length > 0) facts.listed = { value: listed, source: 'hugging-face' };
  const announced = joinDays(records.flatMap((record) => record.announced ?? []));
  if (announced.length > 0) facts.announced = { value: announced, source: 'arxiv-feed' };
  return facts;
}

/** A written date before an inferred one, then by who is believed, then the earliest. */
function dateTeller(records: readonly PaperRecord[]): PaperRecord | undefined {
  const dated = records.filter(({ date }) => date !== undefined);
  return dated.toSorted(
    (a, b) =>
      Number(a.dateInferred ?? false) - Number(b.dateInferred ?? false) ||
      rankOfSource(a) - rankOfSource(b) ||
      compareText(a.date ?? '', b.date ?? '') ||
      byLatest(a, b),
  )[0];
}

/** Counts grow and shrink: the one seen last holds, of those without a time the highest. */
function countTeller(
  records: readonly PaperRecord[],
  name: 'upvotes' | 'commentCount',
): PaperRecord | undefined {
  const counted = records.filter((record) => record[name] !== undefined);
  return counted.toSorted(
    (a, b) =>
      compareText(b.fetchedAt ?? '', a.fetchedAt ?? '') ||
      (b[name] ?? 0) - (a[name] ?? 0) ||
      rankOfSource(a) - rankOfSource(b),
  )[0];
}

function provenanceOf(
  told: Readonly<Record<string, Told<unknown>>>,
  { source }: PaperRecord,
): Pick<Paper, 'provenance'> {
  const others = Object.entries(told).filter(([, fact]) => fact.source !== source);
  if (source === 'pages' && others.length === 0) return {};
  return {
    provenance: { '*': source, ...Object.fromEntries(others.map(([n, f]) => [n, f.source])) },
  };
}
