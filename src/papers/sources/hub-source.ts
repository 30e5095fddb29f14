import { z } from 'zod';
import { FootnoteError } from '../../errors.ts';
import type { ReadItem } from '../paper-record.ts';
import type { PaperSource, ReadRequest, SourceBatch } from '../paper-source.ts';
import { addDays, isWeekend, toDay } from './days.ts';
import { readDailyList, readPaperDetail } from './hugging-face.ts';
import { parseJson } from './parse-json.ts';
import { askLater, type Site, type Validators } from './site.ts';
import { toBatch } from './source-batch.ts';

/** A day, week or month of Hugging Face's daily papers: `2026-11-20`, `2026-W47`, `2026-11`. */
export interface HubPeriod {
  readonly kind: 'date' | 'week' | 'month';
  readonly value: string;
}

export interface HubSourceParts {
  readonly site: Site;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly now: () => Date;
  /** The first day of the first run, `YYYY-MM-DD`; a week ago by default. */
  readonly since?: string;
}

const NAME = 'Hugging Face';
const ORIGIN = { page: 'hf', line: 1 };
const JSON_ONLY = 'application/json';
const FIRST_DAYS = 7;
const PAGE_SIZE = 100;
const MOST_PAGES = 50;
// Lists still grow, and get votes and comments, for some days.
const OPEN_DAYS = 2;
// A working day's list that is still empty then stays empty.
const EMPTY_DAYS = 4;

const Position = z.object({
  /** The last day that needs no further look. */
  through: z.string(),
  /** By day, of the days after it. */
  validators: z.record(
    z.string(),
    z.object({ etag: z.string().exactOptional(), lastModified: z.string().exactOptional() }),
  ),
});
type Position = z.infer<typeof Position>;

/** The daily papers, day by day: what was missed is caught up, the last days are looked at again. */
export function createHubSource(parts: HubSourceParts): PaperSource {
  return { name: 'hf', read: (request) => readDays(parts, request) };
}

/** The papers of one period, whatever was read before. Throws FootnoteError `input` for one to come. */
export async function readHubPeriod(
  { site, baseUrl, now }: HubSourceParts,
  { period, signal }: { readonly period: HubPeriod; readonly signal?: AbortSignal },
): Promise<SourceBatch> {
  const list = await readList({ site, baseUrl, now }, { period, signal });
  if (list.kind === 'not-yet') {
    const message = `Hugging Face has no list for ${period.value} yet, or knows no such ${period.kind}. Choose one that has begun (in UTC).`;
    throw new FootnoteError('input', message);
  }
  return toBatch(list.kind === 'items' ? list.items : [], { position: '', label: period.value });
}

/** One paper by its arXiv id; undefined where Hugging Face does not know it. */
export async function readHubPaper(
  { site, baseUrl, now }: HubSourceParts,
  { arxivId, signal }: { readonly arxivId: string; readonly signal?: AbortSignal },
): Promise<ReadItem | undefined> {
  const url = `${baseUrl}/api/papers/${encodeURIComponent(arxivId)}`;
  const reply = await site.get(url, { accept: JSON_ONLY, signal });
  if (reply.kind !== 'text') return undefined;
  return readPaperDetail(parseJson(reply.text), { origin: ORIGIN, fetchedAt: now().toISOString() });
}

async function* readDays(parts: HubSourceParts, request: ReadRequest): AsyncGenerator<SourceBatch> {
  const today = toDay(parts.now());
  const position = startOf(parts, request.position);
  let { through } = position;
  const validators = new Map(Object.entries(position.validators));
  let isWhole = true;
  for (let day = addDays(through, 1); day <= today; day = addDays(day, 1)) {
    const list = await readList(parts, {
      period: { kind: 'date', value: day },
      validators: validators.get(day),
      signal: request.signal,
    });
    if (list.kind === 'not-yet') {
      // Ahead of its clock only today is; an older day would else never be read, nor what follows.
      if (day === today || day === addDays(today, -1)) return;
      throw askLater(NAME, `it refuses the list of ${day}`);
    }
    if (list.kind === 'items' && list.validators !== undefined)
      validators.set(day, list.validators);
    isWhole &&= isSettled(day, {
      today,
      isEmpty: list.kind === 'items' && list.items.length === 0,
    });
    if (isWhole) through = day;
    for (const known of validators.keys()) if (known <= through) validators.delete(known);
    yield toBatch(list.kind === 'items' ? list.items : [], {
      label: day,
      position: JSON.stringify({ through, validators: Object.fromEntries(validators) }),
    });
  }
}

function startOf({ now, since }: HubSourceParts, position: string | undefined): Position {
  const before = addDays(since ?? addDays(toDay(now()), -FIRST_DAYS), -1);
  const read = Position.safeParse(parseJson(position));
  if (!read.success) return { through: before, validators: {} };
  return since !== undefined && before < read.data.through
    ? { through: before, validators: {} }
    : read.data;
}

function isSettled(day: string, { today, isEmpty }: { today: string; isEmpty: boolean }): boolean {
  if (day > addDays(today, -OPEN_DAYS)) return false;
  return !isEmpty || isWeekend(day) || day <= addDays(today, -EMPTY_DAYS);
}

type HubList =
  | {
      readonly kind: 'items';
      readonly items: readonly ReadItem[];
      readonly validators?: Validators;
    }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'not-yet' };

interface ListRequest {
  readonly period: HubPeriod;
  readonly validators?: Validators | undefined;
  readonly signal?: AbortSignal | undefined;
}

async function readList(
  { site, baseUrl, now }: HubSourceParts,
  { period, validators, signal }: ListRequest,
): Promise<HubList> {
  const all = new Map<string, ReadItem>();
  let first: Validators = {};
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = new URLSearchParams({
      [period.kind]: period.value,
      limit: String(PAGE_SIZE),
      ...(page > 0 && { p: String(page) }),
    });
    const reply = await site.get(`${baseUrl}/api/daily_papers?${query}`, {
      accept: JSON_ONLY,
      signal,
      ...(page === 0 && { validators }),
    });
    if (reply.kind === 'unchanged') return { kind: 'unchanged' };
    if (reply.kind === 'refused') {
      if (reply.status === 400) return { kind: 'not-yet' };
      throw askLater(NAME, `it has no list of daily papers at ${new URL(baseUrl).host}`);
    }
    const items = readDailyList(parseJson(reply.text), {
      origin: ORIGIN,
      fetchedAt: now().toISOString(),
      before: all.size,
      ...(period.kind === 'date' && { day: period.value }),
    });
    if (items === undefined) throw askLater(NAME, 'its answer is not a list of papers');
    if (page === 0) first = reply.validators;
    const before = all.size;
    for (const item of items) all.set(keyOf(item, all.size), item);
    // A server that does not know pages gives the first one again.
    if (items.length < PAGE_SIZE || all.size === before) break;
  }
  // Of several pages the first may stay the same while another changes.
  const isSingle = all.size > 0 && all.size < PAGE_SIZE && Object.keys(first).length > 0;
  return { kind: 'items', items: [...all.values()], ...(isSingle && { validators: first }) };
}

function keyOf(item: ReadItem, at: number): string {
  return item.kind === 'record' ? `id ${item.record.arxivId ?? at}` : `refused ${at}`;
}
