import { z } from 'zod';
import { parseArxivId } from '../arxiv-id.ts';
import type { Listing, PaperOrigin, RecordSource } from '../paper.ts';
import type { PaperRecord, ReadItem } from '../paper-record.ts';
import { joinDays, joinListings } from '../record-facts.ts';
import { isWithdrawn } from '../withdrawn.ts';

/** A record as a source's payload has it, before it is checked; all that is missing may be so. */
export interface RecordDraft {
  readonly source: RecordSource;
  readonly origins: readonly PaperOrigin[];
  /** Names the piece of the payload where it has to be refused. */
  readonly place: string;
  readonly title?: string | null | undefined;
  readonly abstract?: string | null | undefined;
  /** With its version, where it has one. */
  readonly arxivId?: string | null | undefined;
  readonly version?: number | undefined;
  readonly date?: string | null | undefined;
  readonly dateInferred?: boolean | undefined;
  readonly updated?: string | null | undefined;
  readonly fetchedAt?: string | undefined;
  readonly authors?: readonly (string | null | undefined)[] | undefined;
  readonly authorCount?: number | null | undefined;
  readonly organization?: string | null | undefined;
  readonly commentCount?: number | null | undefined;
  readonly upvotes?: number | null | undefined;
  readonly categories?: readonly string[] | undefined;
  readonly license?: string | null | undefined;
  readonly doi?: string | null | undefined;
  readonly journal?: string | null | undefined;
  readonly comment?: string | null | undefined;
  readonly withdrawn?: boolean | undefined;
  readonly listed?: readonly Listing[] | undefined;
  readonly announced?: readonly (string | null | undefined)[] | undefined;
}

const LONGEST_TITLE = 1_000;
const LONGEST_ABSTRACT = 20_000;
const LONGEST_NOTE = 1_000;
const LONGEST_NAME = 200;
const MOST_AUTHORS = 3_000;
const MOST_CATEGORIES = 40;
const MOST_COUNT = 10_000_000;
const CATEGORY = /^[a-z]+(?:-[a-z]+)?(?:\.[A-Za-z]{2,12}(?:-[a-z]+)?)?$/;
const LETTER = /\p{L}/u;

/** Checks a draft: a title, an abstract and, where there is one, a real arXiv id are all it needs. */
export function readRecord(draft: RecordDraft): ReadItem {
  const { source, origins, place } = draft;
  const refused = (reason: string): ReadItem => ({ kind: 'refused', place: cut(place), reason });
  const title = foldLines(draft.title);
  const abstract = foldLines(draft.abstract);
  if (!LETTER.test(title)) return refused('it has no title');
  if (!LETTER.test(abstract)) return refused('it has no abstract');
  if (title.length > LONGEST_TITLE) return refused(tooLong('title', LONGEST_TITLE));
  if (abstract.length > LONGEST_ABSTRACT) return refused(tooLong('abstract', LONGEST_ABSTRACT));
  const named = foldLines(draft.arxivId);
  const arxiv = parseArxivId(named);
  if (named !== '' && arxiv === undefined) return refused(`"${cut(named)}" is no arXiv id`);
  const version = draft.version ?? arxiv?.version;
  const record: PaperRecord = {
    source,
    origins,
    title,
    abstract,
    ...(arxiv !== undefined && { arxivId: arxiv.id }),
    ...(arxiv !== undefined && version !== undefined && isVersion(version) && { version }),
    ...known(draft, { title, abstract }),
  };
  return { kind: 'record', record };
}

/** What else is known; what is not as it must be is left out. */
function known(draft: RecordDraft, text: { title: string; abstract: string }) {
  const date = readDay(draft.date);
  const authors = (draft.authors ?? []).map(foldLines).filter(isName).slice(0, MOST_AUTHORS);
  const categories = (draft.categories ?? []).filter((name) => CATEGORY.test(name));
  const comment = noteOf(draft.comment);
  const announced = (draft.announced ?? []).flatMap((day) => readDay(day) ?? []);
  const listed = (draft.listed ?? []).filter((day) => readDay(day.date) === day.date);
  const fetchedAt = readInstant(draft.fetchedAt);
  return present({
    fetchedAt,
    date,
    dateInferred: date !== undefined && draft.dateInferred === true ? true : undefined,
    updated: readDay(draft.updated),
    authors: authors.length === 0 ? undefined : authors,
    authorCount: countOf(draft.authorCount),
    organization: noteOf(draft.organization),
    commentCount: countOf(draft.commentCount),
    upvotes: countOf(draft.upvotes),
    categories: categories.length === 0 ? undefined : categories.slice(0, MOST_CATEGORIES),
    license: noteOf(draft.license),
    doi: noteOf(draft.doi),
    journal: noteOf(draft.journal),
    comment,
    withdrawn:
      draft.withdrawn === true || isWithdrawn({ ...text, comment: comment ?? '' }) || undefined,
    listed: listed.length === 0 ? undefined : joinListings(listed),
    announced: announced.length === 0 ? undefined : joinDays(announced),
  });
}

type Present<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the fields that are undefined. */
export function present<T extends object>(fields: T): Present<T> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Present<T>; // only undefined ones are left out
}

/** One line: line breaks and control characters become spaces, half a surrogate pair the sign for it. */
export function foldLines(text: string | null | undefined): string {
  return (text ?? '')
    .toWellFormed()
    .replace(/[\s\p{Cc}\p{Zl}\p{Zp}\ufeff]+/gu, ' ')
    .trim();
}

/** The day of a date as feeds write it, `YYYY-MM-DD`; undefined for what no calendar has. */
export function readDay(text: string | null | undefined): string | undefined {
  const given = (text ?? '').trim();
  if (given.length > 40) return undefined;
  const [day] = /^\d{4}-\d\d-\d\d(?!\d)/.exec(given) ?? [];
  const at = Date.parse(day === undefined ? given : `${day}T00:00:00Z`);
  if (Number.isNaN(at) || (day === undefined && !/\d{4}/.test(given))) return undefined;
  const read = new Date(at).toISOString().slice(0, 10);
  // JavaScript reads 30 February as 2 March.
  if (day !== undefined && day !== read) return undefined;
  return read >= '1900-01-01' && read <= '2199-12-31' ? read : undefined;
}

/** A field that may be missing, null or of another form than documented; then it counts as missing. */
export const lax = <T extends z.ZodType>(schema: T) => schema.nullish().catch(undefined);

function readInstant(text: string | undefined): string | undefined {
  if (text === undefined || Number.isNaN(Date.parse(text))) return undefined;
  return new Date(text).toISOString();
}

function isVersion(version: number): boolean {
  return Number.isInteger(version) && version >= 1 && version <= 999;
}

function isName(name: string): boolean {
  return LETTER.test(name) && name.length <= LONGEST_NAME;
}

function noteOf(text: string | null | undefined): string | undefined {
  const folded = foldLines(text);
  return folded === '' ? undefined : folded.slice(0, LONGEST_NOTE).toWellFormed();
}

function countOf(count: number | null | undefined): number | undefined {
  if (count === null || count === undefined || !Number.isInteger(count)) return undefined;
  return count >= 0 && count <= MOST_COUNT ? count : undefined;
}

function tooLong(part: string, most: number): string {
  return `its ${part} is longer than ${most.toLocaleString('en-US')} characters`;
}

function cut(text: string): string {
  return text.slice(0, 80).toWellFormed();
}

/** Whether a schema's field can be read as text. */
export const text = z.string().max(1_000_000);
