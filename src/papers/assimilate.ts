import { isDeepStrictEqual } from 'node:util';
import type { Paper, PaperId } from './paper.ts';
import type { KeptRecord, PaperArchive } from './paper-archive.ts';
import { paperId, titleId } from './paper-id.ts';
import type { SourcedRecord } from './paper-record.ts';
import { recordKey, recordOfPaper, titleKey } from './record-facts.ts';
import { type Work, worksOf } from './works.ts';

/** What became of a paper that some records told of. */
export interface Assimilated {
  readonly kind: 'added' | 'changed' | 'same';
  readonly paper: Paper;
  /** The ids it had before, where it has become part of another paper or got a better id. */
  readonly formerly: readonly PaperId[];
}

export interface AssimilateRequest {
  readonly archive: PaperArchive;
  readonly records: readonly SourcedRecord[];
  /** What is kept under the same keys is forgotten rather than joined. */
  readonly isAnew?: boolean;
}

/**
 * Joins records with what is stored of the same works and saves what that makes. Any order and any
 * grouping of the same records leaves the same papers. May be repeated after it was cut short.
 */
export async function assimilate({
  archive,
  records: fresh,
  isAnew = false,
}: AssimilateRequest): Promise<readonly Assimilated[]> {
  if (fresh.length === 0) return [];
  const known = await findKin(archive, fresh);
  const freshKeys = new Set(fresh.map(({ record }) => recordKey(record)));
  const kept = [...known.records.values()]
    .map(({ record }) => record)
    .filter((record) => !isAnew || !freshKeys.has(recordKey(record)));
  const works = worksOf([...kept, ...fresh.map(({ record }) => record)]);
  const raws = new Map(fresh.map(({ record, raw }) => [recordKey(record), raw]));
  await archive.saveRecords(works.flatMap((work) => changedRecords(work, { known, raws })));
  const outcomes = works.map((work) => outcomeOf(work, known));
  const changed = outcomes.filter(({ kind }) => kind !== 'same').map(({ paper }) => paper);
  if (changed.length > 0) await archive.savePapers(changed);
  const ids = new Set(works.map(({ paper }) => paper.id));
  const gone = [...known.papers.keys()].filter((id) => !ids.has(id));
  if (gone.length > 0) await archive.dropPapers(gone);
  const told = new Set(
    works
      .filter(({ records }) => records.some((record) => freshKeys.has(recordKey(record))))
      .map(({ paper }) => paper.id),
  );
  return outcomes.filter(({ paper }) => told.has(paper.id));
}

/** All that is stored of the works that could be one with those of some records. */
interface Kin {
  readonly papers: Map<PaperId, Paper>;
  /** By key; `isKept` tells those in the archive from those that papers alone make. */
  readonly records: Map<string, KeptRecord & { readonly isKept: boolean }>;
}

/** Follows ids and titles until nothing more is found: a work may have had several titles. */
async function findKin(archive: PaperArchive, fresh: readonly SourcedRecord[]): Promise<Kin> {
  const kin: Kin = { papers: new Map(), records: new Map() };
  const looked = { ids: new Set<PaperId>(), titles: new Set<string>() };
  let ids = fresh.map(({ record }) => paperId(record));
  let titles = fresh.map(({ record }) => record.title);
  while (ids.length + titles.length > 0) {
    for (const id of ids) looked.ids.add(id);
    for (const title of titles) looked.titles.add(titleKey({ title }));
    const found = await lookUp(archive, { ids, titles });
    for (const paper of found.papers) kin.papers.set(paper.id, paper);
    for (const row of found.kept) kin.records.set(recordKey(row.record), { ...row, isKept: true });
    ids = [...found.papers.map(({ id }) => id), ...found.kept.map((row) => row.paperId)];
    ids = [...new Set(ids)].filter((id) => !looked.ids.has(id));
    titles = [...found.papers, ...found.kept.map(({ record }) => record)]
      .map(({ title }) => title)
      .filter((title) => !looked.titles.has(titleKey({ title })));
  }
  addUnkept(kin);
  return kin;
}

async function lookUp(
  archive: PaperArchive,
  { ids, titles }: { readonly ids: readonly PaperId[]; readonly titles: readonly string[] },
): Promise<{ readonly papers: readonly Paper[]; readonly kept: readonly KeptRecord[] }> {
  const byIds = await archive.papersByIds(ids);
  const byTitles = await archive.papersByTitleKeys(titles.map((title) => titleKey({ title })));
  const papers = new Map([...byIds, ...byTitles.map((paper) => [paper.id, paper] as const)]);
  const paperIds = [...new Set([...ids, ...papers.keys()])];
  const kept = await archive.keptRecords({ paperIds, titleIds: titles.map(titleId) });
  return { papers: [...papers.values()], kept };
}

function addUnkept({ papers, records }: Kin): void {
  const told = new Set([...records.values()].map((row) => row.paperId));
  for (const [id, paper] of papers) {
    if (told.has(id)) continue;
    const record = recordOfPaper(paper);
    // A run that was cut short may have kept the record and left the paper behind.
    if (records.has(recordKey(record))) continue;
    records.set(recordKey(record), { paperId: id, record, isKept: false });
  }
}

function changedRecords(
  { paper, records }: Work,
  { known, raws }: { readonly known: Kin; readonly raws: ReadonlyMap<string, string | undefined> },
): readonly KeptRecord[] {
  const [only] = records;
  const isItsRecord =
    records.length === 1 &&
    only !== undefined &&
    raws.get(recordKey(only)) === undefined &&
    isDeepStrictEqual(recordOfPaper(paper), only);
  return records.flatMap((record) => {
    const key = recordKey(record);
    const before = known.records.get(key);
    const isSame =
      before !== undefined &&
      before.paperId === paper.id &&
      isDeepStrictEqual(before.record, record);
    if (before?.isKept === true ? isSame : isItsRecord) return [];
    const raw = raws.get(key);
    return [{ paperId: paper.id, record, ...(raw !== undefined && { raw }) }];
  });
}

function outcomeOf({ paper, records }: Work, { papers, records: rows }: Kin): Assimilated {
  const stored = papers.get(paper.id);
  const owners = records.flatMap((record) => rows.get(recordKey(record))?.paperId ?? []);
  const formerly = [...new Set(owners)].filter((id) => id !== paper.id && papers.has(id));
  if (stored === undefined) {
    return { kind: formerly.length > 0 ? 'changed' : 'added', paper, formerly };
  }
  return { kind: isDeepStrictEqual(stored, paper) ? 'same' : 'changed', paper, formerly };
}
