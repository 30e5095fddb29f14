import { assimilate } from './assimilate.ts';
import type { Paper, PaperId } from './paper.ts';
import type { PaperArchive } from './paper-archive.ts';
import { paperId } from './paper-id.ts';
import type { RefusedItem, SourcedRecord } from './paper-record.ts';
import type { PaperSource, SourceBatch } from './paper-source.ts';
import { recordOfPaper } from './record-facts.ts';

/** Votes and comments of a paper on one day. */
export interface PaperSnapshot {
  readonly paperId: PaperId;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly upvotes?: number;
  readonly commentCount?: number;
}

/** Where snapshots are kept; one a day for each paper, the last one of it. */
export interface SnapshotStore {
  add(snapshots: readonly PaperSnapshot[]): Promise<void>;
  /** Earliest first. */
  of(paperId: PaperId): Promise<readonly PaperSnapshot[]>;
}

/** What a batch brought. */
export interface BatchReport {
  readonly label: string;
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  /** Changed ones that have a new version of the abstract. */
  readonly revised: number;
  readonly withdrawn: number;
  /** Old papers that are not in the library and of which only some detail changed. */
  readonly passedOver: number;
  readonly refused: readonly RefusedItem[];
}

export interface SaveParts {
  readonly archive: PaperArchive;
  readonly snapshots?: Pick<SnapshotStore, 'add'>;
}

export interface SyncRequest extends SaveParts {
  readonly source: PaperSource;
  /** Runs what writes to the archive while nobody else does. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
  readonly onBatch?: (report: BatchReport) => void;
  readonly signal?: AbortSignal;
}

/**
 * Reads what is new in a source and saves it, batch by batch; where it was cut short, the next run
 * goes on. Throws FootnoteError `network` where the source cannot be asked: then, too, all batches
 * before are saved.
 */
export async function syncSource(request: SyncRequest): Promise<readonly BatchReport[]> {
  const { archive, source, alone, signal } = request;
  const position = await archive.pageHash(noteOf(source));
  const reports: BatchReport[] = [];
  const batches = source.read({ ...(position && { position }), ...(signal && { signal }) });
  for await (const batch of batches) {
    signal?.throwIfAborted();
    const report = await alone(async () => {
      const saved = await saveBatch(batch, request);
      // Last: what is noted as read is stored.
      await archive.savePage(noteOf(source), batch.position);
      return saved;
    });
    reports.push(report);
    request.onBatch?.(report);
  }
  return reports;
}

/** Saves what one batch tells. */
export async function saveBatch(batch: SourceBatch, parts: SaveParts): Promise<BatchReport> {
  const { archive, snapshots } = parts;
  const known = await knownOf(batch.onlyKnown ?? [], archive);
  const taken = await takenAway(batch.deleted ?? [], archive);
  const outcomes = await assimilate({ archive, records: [...batch.records, ...known, ...taken] });
  await snapshots?.add(batch.records.flatMap(snapshotOf));
  const changed = outcomes.filter(({ kind }) => kind === 'changed').map(({ paper }) => paper);
  const added = outcomes.filter(({ kind }) => kind === 'added').length;
  return {
    label: batch.label,
    added,
    changed: changed.length,
    same: outcomes.length - added - changed.length,
    revised: changed.filter((paper) => hasNewVersion(paper, batch)).length,
    withdrawn: changed.filter((paper) => paper.withdrawn === true).length,
    passedOver: (batch.onlyKnown?.length ?? 0) - known.length,
    refused: batch.refused,
  };
}

/** Noted like a page; the slash at its end keeps it apart from every page. */
function noteOf({ name }: PaperSource): string {
  return `(sync) ${name}/`;
}

async function knownOf(
  records: readonly SourcedRecord[],
  archive: PaperArchive,
): Promise<readonly SourcedRecord[]> {
  const stored = await archive.papersByIds(records.map(({ record }) => paperId(record)));
  return records.filter(({ record }) => stored.has(paperId(record)));
}

async function takenAway(
  deleted: NonNullable<SourceBatch['deleted']>,
  archive: PaperArchive,
): Promise<readonly SourcedRecord[]> {
  const times = new Map(deleted.map(({ arxivId, at }) => [paperId({ arxivId, title: '' }), at]));
  const stored = await archive.papersByIds([...times.keys()]);
  return [...stored.values()].map((paper): SourcedRecord => {
    const fetchedAt = times.get(paper.id);
    const record = { ...recordOfPaper(paper), source: 'arxiv-oai', withdrawn: true } as const;
    return { record: { ...record, ...(fetchedAt !== undefined && { fetchedAt }) } };
  });
}

function snapshotOf({ record }: SourcedRecord): readonly PaperSnapshot[] {
  const { upvotes, commentCount, fetchedAt, arxivId } = record;
  if (fetchedAt === undefined || arxivId === undefined) return [];
  if (upvotes === undefined && commentCount === undefined) return [];
  return [
    {
      paperId: paperId(record),
      at: fetchedAt,
      ...(upvotes !== undefined && { upvotes }),
      ...(commentCount !== undefined && { commentCount }),
    },
  ];
}

function hasNewVersion({ arxivId, version, change }: Paper, { records }: SourceBatch): boolean {
  if (change === undefined || change.toVersion !== version) return false;
  return records.some(({ record }) => record.arxivId === arxivId && record.version === version);
}
