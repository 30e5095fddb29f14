import { parse } from 'parse5';
import { z } from 'zod';
import { FootnoteError } from '../../errors.ts';
import type { PaperOrigin } from '../paper.ts';
import type { ReadItem } from '../paper-record.ts';
import { parseJson } from './parse-json.ts';
import { lax, readDay, readRecord, text } from './read-record.ts';

const User = z.object({ fullname: lax(z.string()), name: lax(z.string()), user: lax(z.string()) });
const Author = z.object({ name: lax(z.string()), hidden: lax(z.boolean()) });
const HubPaper = z.object({
  id: lax(text),
  title: lax(text),
  summary: lax(text),
  publishedAt: lax(z.string()),
  submittedOnDailyAt: lax(z.string()),
  authors: lax(z.array(Author)),
  upvotes: lax(z.number()),
  numComments: lax(z.number()),
  organization: lax(User),
});
const DailyItem = z.object({
  paper: HubPaper,
  title: lax(text),
  numComments: lax(z.number()),
  organization: lax(User),
});
const DailyPage = z.object({
  dailyPapers: z.array(z.unknown()).max(10_000),
  dateString: lax(z.string()),
  periodType: lax(z.string()),
});
const PaperPage = z.object({ paper: z.unknown() });

/** Where and when a list or a paper of Hugging Face was read. */
export interface HubReading {
  readonly origin: PaperOrigin;
  readonly fetchedAt?: string;
  /** The day whose list this is; of a week or month each paper tells its own. */
  readonly day?: string;
  /** How many stand on the list before these. */
  readonly before?: number;
}

/** The items of `/api/daily_papers`; undefined for what is no such list. */
export function readDailyList(
  value: unknown,
  reading: HubReading,
): readonly ReadItem[] | undefined {
  const list = z.array(z.unknown()).max(10_000).safeParse(value);
  if (!list.success) return undefined;
  return list.data.map((item, at) =>
    readDailyItem(item, { ...reading, rank: (reading.before ?? 0) + at + 1 }),
  );
}

/** The answer of `/api/papers/ID`. */
export function readPaperDetail(value: unknown, reading: HubReading): ReadItem {
  const parsed = HubPaper.safeParse(value);
  if (!parsed.success)
    return { kind: 'refused', place: 'paper', reason: 'it is no paper of the Hub' };
  return withRaw(readHubPaper(parsed.data, { ...reading, place: 'paper' }), value);
}

/**
 * A saved page of Hugging Face: a day's, week's or month's list, or one paper. Throws FootnoteError
 * `input` for a page without the data that the site puts into it.
 */
export function readHubPage(
  html: string,
  { origin }: Pick<HubReading, 'origin'>,
): readonly ReadItem[] {
  for (const { target, props } of hydrationsIn(html)) {
    const value = parseJson(props);
    if (target === 'DailyPapers') {
      const page = DailyPage.safeParse(value);
      if (!page.success) continue;
      const { dailyPapers, dateString, periodType } = page.data;
      const day = periodType === 'day' || !periodType ? readDay(dateString) : undefined;
      return readDailyList(dailyPapers, { origin, ...(day !== undefined && { day }) }) ?? [];
    }
    if (target === 'PaperContent') {
      const page = PaperPage.safeParse(value);
      if (page.success) return [readPaperDetail(page.data.paper, { origin })];
    }
  }
  throw new FootnoteError(
    'input',
    `The page ${origin.page} holds no papers of Hugging Face: save a page of huggingface.co/papers as HTML ("Save page as", "HTML only"), or as text with its abstracts shown.`,
    { facts: { page: origin.page } },
  );
}

function readDailyItem(item: unknown, reading: HubReading & { readonly rank: number }): ReadItem {
  const { rank, ...where } = reading;
  const place = `item ${rank}`;
  const parsed = DailyItem.safeParse(item);
  if (!parsed.success) return { kind: 'refused', place, reason: 'it holds no paper' };
  const { paper, title, numComments, organization } = parsed.data;
  const draft = {
    ...paper,
    title: paper.title ?? title,
    numComments: numComments ?? paper.numComments,
    organization: paper.organization ?? organization,
  };
  const isDay = where.day !== undefined;
  const read = readHubPaper(draft, { ...where, place, ...(isDay && { rank }) });
  return withRaw(read, item);
}

function readHubPaper(
  paper: z.infer<typeof HubPaper>,
  { origin, fetchedAt, day, place, rank }: HubReading & { readonly place: string; rank?: number },
): ReadItem {
  if (!paper.id) return { kind: 'refused', place, reason: 'it has no arXiv id' };
  // Midnight UTC of the list's day is the evening before in America: a date, never converted.
  const listDay = day ?? readDay(paper.submittedOnDailyAt);
  const { fullname, name, user } = paper.organization ?? {};
  return readRecord({
    source: 'hugging-face',
    origins: [origin],
    place,
    title: paper.title,
    abstract: paper.summary,
    arxivId: paper.id,
    date: paper.publishedAt,
    fetchedAt,
    authors: (paper.authors ?? []).filter(({ hidden }) => hidden !== true).map((one) => one.name),
    organization: fullname || name || user,
    commentCount: paper.numComments,
    upvotes: paper.upvotes,
    listed: listDay === undefined ? undefined : [{ date: listDay, ...(rank && { rank }) }],
  });
}

function withRaw(item: ReadItem, payload: unknown): ReadItem {
  if (item.kind === 'refused') return item;
  try {
    return { ...item, raw: JSON.stringify(payload) };
  } catch {
    // What is nested too deeply can be read but not written; the paper is kept without it.
    return item;
  }
}

interface Hydration {
  readonly target: string;
  readonly props: string;
}

/** Elements that carry the data of a part of the page, wherever they stand. */
function hydrationsIn(html: string): readonly Hydration[] {
  const found: Hydration[] = [];
  const open: unknown[] = [parse(html)];
  while (open.length > 0) {
    const node = open.pop();
    if (typeof node !== 'object' || node === null) continue;
    const attrs = 'attrs' in node && Array.isArray(node.attrs) ? node.attrs : [];
    const of = (name: string) => attrs.find((one) => one.name === name)?.value;
    const [target, props] = [of('data-target'), of('data-props')];
    if (typeof target === 'string' && typeof props === 'string') found.push({ target, props });
    if ('childNodes' in node && Array.isArray(node.childNodes))
      open.push(...node.childNodes.toReversed());
    if ('content' in node) open.push(node.content);
  }
  return found;
}
