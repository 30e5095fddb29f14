import { z } from 'zod';
import { FootnoteError } from '../../errors.ts';
import type { SourcedRecord } from '../paper-record.ts';
import type { PaperSource, ReadRequest, SourceBatch } from '../paper-source.ts';
import { readAnnouncements } from './arxiv-feed.ts';
import { type OaiAnswer, readOaiPage } from './arxiv-oai.ts';
import type { ArxivParts } from './arxiv-query-client.ts';
import { oaiSetOf } from './arxiv-sets.ts';
import { addDays, toDay } from './days.ts';
import { parseJson } from './parse-json.ts';
import { readDay } from './read-record.ts';
import { askLater } from './site.ts';
import { sortItems } from './source-batch.ts';

export interface ArxivSourceParts extends ArxivParts {
  readonly category: string;
  /** The first day of the first run, `YYYY-MM-DD`; a week ago by default. */
  readonly since?: string;
}

const NAME = 'arXiv';
const XML = 'application/atom+xml, text/xml, */*';
const FIRST_DAYS = 7;
// A paper is announced up to some days after it was submitted.
const SUBMITTED_BEFORE_DAYS = 7;
const LONGEST_REST_SECONDS = 5;

const Position = z.object({
  /** Harvest what changed from this day on. */
  from: z.string(),
  /** Papers submitted before it are of interest only where they are stored. */
  first: z.string(),
  /** Within a harvest: where it goes on, and the server's day when it began. */
  token: z.string().exactOptional(),
  next: z.string().exactOptional(),
  feed: z
    .object({ etag: z.string().exactOptional(), lastModified: z.string().exactOptional() })
    .exactOptional(),
});
type Position = z.infer<typeof Position>;

/**
 * One category: what arXiv announced today, then all that has changed since the last time. Throws
 * FootnoteError `input` for a category that arXiv does not have.
 */
export function createArxivSource(parts: ArxivSourceParts): PaperSource {
  const set = oaiSetOf(parts.category);
  if (set === undefined) {
    const message = `arXiv has no category "${parts.category}". Name one such as cs.LG, stat.ML or hep-th (https://arxiv.org/category_taxonomy).`;
    throw new FootnoteError('input', message, { facts: { category: parts.category } });
  }
  return {
    name: `arxiv:${parts.category}`,
    read: async function* read(request) {
      const start = startOf(parts, request.position);
      const announced = await readFeed(parts, { position: start, request }).catch(unlessBusy);
      const isRead = !(announced instanceof FootnoteError) && announced !== undefined;
      if (isRead) yield announced.batch;
      yield* harvest(parts, { set, request, position: isRead ? announced.position : start });
      if (announced instanceof FootnoteError) throw announced;
    },
  };
}

/** A feed that is broken or not there keeps nobody from the harvest; a site that wants rest does. */
function unlessBusy(error: unknown): FootnoteError {
  if (!(error instanceof FootnoteError) || error.code !== 'network') throw error;
  if (Number(error.facts.retryAfter ?? 0) > LONGEST_REST_SECONDS) throw error;
  return error;
}

function startOf({ now, since }: ArxivSourceParts, position: string | undefined): Position {
  const from = since ?? addDays(toDay(now()), -FIRST_DAYS);
  const anew = { from, first: addDays(from, -SUBMITTED_BEFORE_DAYS) };
  const read = Position.safeParse(parseJson(position));
  if (!read.success) return anew;
  if (since === undefined || since >= read.data.from) return read.data;
  const [first = anew.first] = [read.data.first, anew.first].sort();
  return { from, first };
}

interface Reading {
  readonly position: Position;
  readonly request: ReadRequest;
}

/** Today's list only: what it leaves out the harvest brings. Undefined where it is known already. */
async function readFeed(
  { site, urls, now, category }: ArxivSourceParts,
  { position, request: { signal } }: Reading,
): Promise<{ readonly batch: SourceBatch; readonly position: Position } | undefined> {
  const url = `${urls.feeds}/rss/${encodeURIComponent(category)}`;
  const reply = await site.get(url, { accept: XML, validators: position.feed, signal });
  if (reply.kind === 'unchanged') return undefined;
  if (reply.kind === 'refused')
    throw askLater(NAME, `it gives no feed of "${category}"; check that it has this category`);
  const feed = readAnnouncements(reply.text, now().toISOString());
  if (feed === undefined) throw askLater(NAME, 'its feed is not what it should be, or is cut off');
  // An empty list may yet fill up.
  const isFull = feed.items.length > 0;
  const { feed: _old, ...rest } = position;
  const next: Position = { ...rest, ...(isFull && { feed: reply.validators }) };
  const { records, refused } = sortItems(feed.items);
  const isNews = ({ record }: SourcedRecord) => record.announced !== undefined;
  return {
    batch: {
      records: records.filter(isNews),
      onlyKnown: records.filter((one) => !isNews(one)),
      refused,
      label: `announced ${feed.day ?? 'today'}`,
      position: JSON.stringify(next),
    },
    position: next,
  };
}

async function* harvest(
  parts: ArxivSourceParts,
  { set, request, position: start }: Reading & { readonly set: string },
): AsyncGenerator<SourceBatch> {
  let position = start;
  let restarts = 0;
  for (;;) {
    const answer = await askOai(parts, { position, set, signal: request.signal });
    if (answer.kind === 'expired') {
      // Tokens last a day; what was saved before is met again and changes nothing.
      if (position.token === undefined || restarts === 1) {
        throw askLater(NAME, 'it does not take its own mark of where to go on');
      }
      restarts += 1;
      position = withoutToken(position);
      continue;
    }
    const today = toDay(parts.now());
    // A clock of theirs that is ahead would end all later harvests.
    const responseDay =
      answer.responseDay !== undefined && answer.responseDay < today ? answer.responseDay : today;
    const next = position.next ?? responseDay;
    const token = answer.kind === 'page' ? answer.token : undefined;
    const label = `changed since ${position.from}`;
    position = {
      ...withoutToken(position),
      ...(token === undefined ? { from: next } : { token, next }),
    };
    yield toHarvested(answer, { first: start.first, label, position: JSON.stringify(position) });
    if (token === undefined) return;
  }
}

function withoutToken({ token: _token, next: _next, ...position }: Position): Position {
  return position;
}

async function askOai(
  { site, urls, now }: ArxivSourceParts,
  {
    position: { from, token },
    set,
    signal,
  }: {
    readonly position: Position;
    readonly set: string;
    readonly signal: AbortSignal | undefined;
  },
): Promise<Extract<OaiAnswer, { readonly kind: 'page' | 'nothing' | 'expired' }>> {
  // With a token nothing else may be sent.
  const query = new URLSearchParams({
    verb: 'ListRecords',
    ...(token === undefined
      ? { metadataPrefix: 'arXivRaw', set, from }
      : { resumptionToken: token }),
  });
  const reply = await site.get(`${urls.oai}?${query}`, { accept: XML, signal });
  const answer: OaiAnswer =
    reply.kind === 'unchanged'
      ? { kind: 'unreadable' }
      : readOaiPage(reply.text, now().toISOString());
  switch (answer.kind) {
    case 'unreadable':
      throw askLater(NAME, 'its answer is not the list it should be, is empty or is cut off');
    case 'error':
      throw askLater(NAME, `it refuses the harvest (${answer.message})`);
    default:
      return answer;
  }
}

/** A change to an old paper, such as where it was printed, does not make it new. */
function toHarvested(
  answer: Extract<OaiAnswer, { readonly kind: 'page' | 'nothing' }>,
  { first, label, position }: { first: string; label: string; position: string },
): SourceBatch {
  if (answer.kind === 'nothing') return { records: [], refused: [], label, position };
  const { records, refused } = sortItems(answer.items);
  const isNew = (date: string | undefined) => (readDay(date) ?? first) >= first;
  return {
    records: records.filter(({ record }) => isNew(record.date)),
    onlyKnown: records.filter(({ record }) => !isNew(record.date)),
    deleted: answer.deleted,
    refused,
    label,
    position,
  };
}
