import { isDeepStrictEqual } from 'node:util';
import { foldTitle } from './fold.ts';
import { joinedOrigins, joinPaper } from './merge.ts';
import { type Listing, type Paper, type PaperFacts, RECORD_SOURCES } from './paper.ts';
import { paperId, paperUrl } from './paper-id.ts';
import type { PaperRecord } from './paper-record.ts';
import { compareText } from './preference.ts';

const MOST_LISTINGS = 20;

/** The record that a paper told by one source alone is; the inverse of `paperOfRecord`. */
export function recordOfPaper(paper: Paper): PaperRecord {
  const { id: _id, url: _url, sources, change: _change, provenance, ...facts } = paper;
  return { ...facts, source: provenance?.['*'] ?? 'pages', origins: sources };
}

/** The paper that one record makes. */
export function paperOfRecord(record: PaperRecord): Paper {
  const { source, origins, fetchedAt: _at, ...facts } = record;
  return {
    id: paperId(facts),
    url: paperUrl(facts),
    ...facts,
    sources: origins,
    ...(source !== 'pages' && { provenance: { '*': source } }),
  };
}

/** What a record is kept under: one for each source, work and, where versions are told, version. */
export function recordKey(record: PaperRecord): string {
  const { source, version } = record;
  const edition = record.arxivId !== undefined && version !== undefined ? `v${version}` : '';
  return `${source}/${paperId(record)}${edition}`;
}

/**
 * Two records of one key become one: the one fetched last, with the places and days of both. Which
 * comes first does not matter, nor how often, nor in what groups.
 */
export function joinRecords(one: PaperRecord, other: PaperRecord): PaperRecord {
  if (isDeepStrictEqual(one, other)) return one;
  if (one.source === 'pages' && other.source === 'pages') {
    return recordOfPaper(joinPaper(paperOfRecord(one), paperOfRecord(other)));
  }
  const latest = byLatest(one, other) <= 0 ? one : other;
  const listed = joinListings([...(one.listed ?? []), ...(other.listed ?? [])]);
  const announced = joinDays([...(one.announced ?? []), ...(other.announced ?? [])]);
  return {
    ...latest,
    origins: joinedOrigins([...one.origins, ...other.origins]),
    ...(listed.length > 0 && { listed }),
    ...(announced.length > 0 && { announced }),
  };
}

/** Latest first, each day once with its best place. */
export function joinListings(listings: readonly Listing[]): readonly Listing[] {
  const days = new Map<string, Listing>();
  for (const listing of listings) {
    const known = days.get(listing.date);
    if (known === undefined || rankOf(listing) < rankOf(known)) days.set(listing.date, listing);
  }
  const sorted = [...days.values()].sort((a, b) => compareText(b.date, a.date));
  return sorted.slice(0, MOST_LISTINGS);
}

/** Latest first, each once. */
export function joinDays(days: readonly string[]): readonly string[] {
  return [...new Set(days)].sort((a, b) => compareText(b, a)).slice(0, MOST_LISTINGS);
}

/** Latest version first, then by who is believed, then the one fetched last. */
export function byAuthority(a: PaperRecord, b: PaperRecord): number {
  return (b.version ?? 0) - (a.version ?? 0) || rankOfSource(a) - rankOfSource(b) || byLatest(a, b);
}

export function rankOfSource({ source }: PaperRecord): number {
  return RECORD_SOURCES.indexOf(source);
}

/** The one fetched last first, of equal ones any, but always the same. */
export function byLatest(a: PaperRecord, b: PaperRecord): number {
  return (
    compareText(b.fetchedAt ?? '', a.fetchedAt ?? '') ||
    compareText(b.updated ?? '', a.updated ?? '') ||
    compareText(spelled(a), spelled(b))
  );
}

/** The titles of a record and of the paper it makes are one key. */
export function titleKey({ title }: Pick<PaperFacts, 'title'>): string {
  return foldTitle(title);
}

function rankOf({ rank }: Listing): number {
  return rank ?? Number.MAX_SAFE_INTEGER;
}

/** The same text for the same record, whatever the order of its fields; joined lists do not count. */
function spelled(record: PaperRecord): string {
  const { origins: _origins, listed: _listed, announced: _announced, ...facts } = record;
  return JSON.stringify(Object.entries(facts).sort(([a], [b]) => compareText(a, b)));
}
