import { FootnoteError } from '../../errors.ts';
import type { ReadItem } from '../paper-record.ts';
import { type QueryAnswer, readQueryFeed } from './arxiv-query.ts';
import { askLater, type Site } from './site.ts';

export interface ArxivParts {
  readonly site: Site;
  readonly urls: ArxivUrls;
  readonly now: () => Date;
}

/** Where arXiv's interfaces are. */
export interface ArxivUrls {
  /** The query API. */
  readonly api: string;
  readonly oai: string;
  /** With `/rss/CATEGORY` below it. */
  readonly feeds: string;
}

const FEED = 'application/atom+xml, text/xml, */*';
const MOST_IDS = 100;
const MOST_TITLE_WORDS = 25;
const MOST_FOUND = 10;

/** What papers by id came to, and the ids that arXiv does not have. */
export interface FoundById {
  readonly items: readonly ReadItem[];
  readonly missing: readonly string[];
}

/** The papers of these ids, versions allowed, by the hundred. */
export async function findByIds(
  parts: ArxivParts,
  { ids, signal }: { readonly ids: readonly string[]; readonly signal?: AbortSignal | undefined },
): Promise<FoundById> {
  const items: ReadItem[] = [];
  for (let at = 0; at < ids.length; at += MOST_IDS) {
    const some = ids.slice(at, at + MOST_IDS);
    items.push(...(await askForIds(parts, { ids: some, signal })));
  }
  const found = new Set(
    items.flatMap((item) => (item.kind === 'record' ? (item.record.arxivId ?? []) : [])),
  );
  return { items, missing: ids.filter((id) => !found.has(id.replace(/v\d+$/, ''))) };
}

/** One id that arXiv takes for none fails all that are asked with it: they are asked in halves. */
async function askForIds(
  parts: ArxivParts,
  { ids, signal }: { readonly ids: readonly string[]; readonly signal?: AbortSignal | undefined },
): Promise<readonly ReadItem[]> {
  const query = { id_list: ids.join(','), max_results: String(ids.length) };
  const half = Math.ceil(ids.length / 2);
  return ask(parts, { query, signal }).catch(async (error) => {
    if (ids.length === 1 || !isRefusal(error)) throw error;
    const items: ReadItem[] = [];
    for (const some of [ids.slice(0, half), ids.slice(half)]) {
      const asked = askForIds(parts, { ids: some, signal });
      items.push(...(await asked.catch((cause) => onlyRefused(cause, some))));
    }
    return items;
  });
}

/** That one id is counted among the missing. */
function onlyRefused(error: unknown, ids: readonly string[]): readonly ReadItem[] {
  if (ids.length === 1 && isRefusal(error)) return [];
  throw error;
}

function isRefusal(error: unknown): boolean {
  return error instanceof FootnoteError && error.code === 'input';
}

/** Papers whose titles have these words in a row; perhaps none, and some of other titles. */
export function findByTitle(
  parts: ArxivParts,
  { title, signal }: { readonly title: string; readonly signal?: AbortSignal | undefined },
): Promise<readonly ReadItem[]> {
  const words = (title.normalize('NFKC').match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, MOST_TITLE_WORDS);
  if (words.length === 0) return Promise.resolve([]);
  const query = { search_query: `ti:"${words.join(' ')}"`, max_results: String(MOST_FOUND) };
  return ask(parts, { query, signal });
}

async function ask(
  { site, urls, now }: ArxivParts,
  {
    query,
    signal,
  }: { readonly query: Record<string, string>; readonly signal?: AbortSignal | undefined },
): Promise<readonly ReadItem[]> {
  const url = `${urls.api}?${new URLSearchParams(query)}`;
  const reply = await site.get(url, { accept: FEED, signal });
  if (reply.kind === 'unchanged') return [];
  const answer: QueryAnswer = readQueryFeed(reply.text, now().toISOString());
  switch (answer.kind) {
    case 'error':
      throw new FootnoteError(
        'input',
        `arXiv refuses the question: ${answer.message || 'no reason given'}.`,
      );
    case 'unreadable':
      throw askLater('arXiv', 'its answer is not the feed it should be, or is cut off');
    case 'papers':
      // Seen in the wild: an empty page though there are results.
      if (answer.items.length === 0 && answer.total > 0) {
        throw askLater('arXiv', `it counts ${answer.total} results and shows none`);
      }
      return answer.items;
  }
}
