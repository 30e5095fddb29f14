import type { ReadItem, RefusedItem, SourcedRecord } from '../paper-record.ts';
import type { SourceBatch } from '../paper-source.ts';

/** Records and what was refused, apart. */
export function sortItems(items: readonly ReadItem[]): {
  readonly records: readonly SourcedRecord[];
  readonly refused: readonly RefusedItem[];
} {
  const records: SourcedRecord[] = [];
  const refused: RefusedItem[] = [];
  for (const item of items) {
    if (item.kind === 'refused') refused.push({ place: item.place, reason: item.reason });
    else records.push({ record: item.record, ...(item.raw !== undefined && { raw: item.raw }) });
  }
  return { records, refused };
}

export function toBatch(
  items: readonly ReadItem[],
  { position, label }: { readonly position: string; readonly label: string },
): SourceBatch {
  return { ...sortItems(items), position, label };
}
