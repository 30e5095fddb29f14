import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { atomEntry, atomFeed, oaiDocument, oaiRecord, rssFeed } from './arxiv-documents.ts';
import { type SiteAnswer, SiteServer } from './site-server.ts';

/** A paper as a test thinks of it. */
export interface ArxivFakePaper {
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
  readonly version?: number;
  /** Of the first version. */
  readonly submitted?: string;
  /** Of its last change of any kind; what OAI-PMH goes by. */
  readonly datestamp?: string;
  readonly authors?: string;
  readonly categories?: string;
  readonly comments?: string;
  readonly isDeleted?: boolean;
  /** How the feed of today announces it; absent for those it leaves out. */
  readonly announced?: 'new' | 'replace' | 'cross' | 'replace-cross';
}

const CONTACT = /mailto:\S+@|https?:\/\/|\S+@\S+/;

/**
 * arXiv: its query API (`/api/query`), OAI-PMH (`/oai`) and feeds (`/rss/CATEGORY`). It tells when two
 * requests come within `gapMs`, when two connections are open at once, and when one comes without a
 * User-Agent that names a contact, or without Accept.
 */
export class FakeArxivServer extends SiteServer {
  papers: readonly ArxivFakePaper[] = [];
  gapMs = 3_000;
  pageSize = 2;
  responseDate = '2026-11-26T01:02:03Z';
  /** Tokens given so far; those of another day are too old. */
  tokens = new Map<string, { readonly from: string; readonly at: number }>();
  notModified = 0;
  #last = Number.NEGATIVE_INFINITY;

  protected check(_url: URL, request: IncomingMessage): readonly string[] {
    const at = performance.now();
    const gap = at - this.#last;
    this.#last = at;
    const { accept, 'user-agent': agent = '' } = request.headers;
    return [
      ...(gap < this.gapMs ? [`two requests within ${Math.round(gap)} ms`] : []),
      ...(this.busiest > 1 ? ['two connections at once'] : []),
      ...(CONTACT.test(agent) ? [] : [`the User-Agent "${agent}" names no contact`]),
      ...(accept?.includes('xml') ? [] : ['no Accept']),
    ];
  }

  protected answer(url: URL, request: IncomingMessage): SiteAnswer {
    const { pathname, searchParams } = url;
    const headers = { 'content-type': 'application/xml; charset=utf-8' };
    if (pathname === '/api/query') return { headers, ...this.#query(searchParams) };
    if (pathname === '/oai') return { headers, body: this.#oai(searchParams) };
    if (pathname.startsWith('/rss/')) return this.#feed(request);
    return { status: 404, body: 'Not found' };
  }

  #query(query: URLSearchParams): SiteAnswer {
    const ids = query.get('id_list')?.split(',') ?? [];
    const malformed = ids.find((id) => !/^[\w.-]+(?:\/\d+)?(?:v\d+)?$/.test(id));
    if (malformed !== undefined) {
      const entry = `<entry><id>http://arxiv.org/api/errors#incorrect_id_format_for_${malformed}</id><title>Error</title><summary>incorrect id format for ${malformed}</summary></entry>`;
      return { status: 400, body: atomFeed([entry], 1) };
    }
    const title = /ti:"(.*)"/.exec(query.get('search_query') ?? '')?.[1]?.toLowerCase();
    const found = this.papers.filter((paper) =>
      title === undefined
        ? ids.some((id) => id.replace(/v\d+$/, '') === paper.id)
        : words(paper.title).includes(title),
    );
    const most = Number(query.get('max_results') ?? 10);
    return { body: atomFeed(found.slice(0, most).map(atomEntry), found.length) };
  }

  #oai(query: URLSearchParams): string {
    const token = query.get('resumptionToken');
    const error = (code: string) =>
      oaiDocument(`<error code="${code}">no</error>`, this.responseDate);
    if (token !== null && [...query.keys()].length > 2) return error('badArgument');
    const start =
      token === null ? { from: query.get('from') ?? '', at: 0 } : this.tokens.get(token);
    if (start === undefined) return error('badResumptionToken');
    if (token === null && query.get('metadataPrefix') !== 'arXivRaw')
      return error('cannotDisseminateFormat');
    const changed = this.papers.filter(({ datestamp = '2026-11-20' }) => datestamp >= start.from);
    if (changed.length === 0) return error('noRecordsMatch');
    const page = changed.slice(start.at, start.at + this.pageSize);
    const at = start.at + this.pageSize;
    const next = `token-${start.from}-${at}`;
    if (at < changed.length) this.tokens.set(next, { from: start.from, at });
    const more = `<resumptionToken>${at < changed.length ? next : ''}</resumptionToken>`;
    const list = `<ListRecords>${page.map(oaiRecord).join('')}${more}</ListRecords>`;
    return oaiDocument(list, this.responseDate);
  }

  #feed(request: IncomingMessage): SiteAnswer {
    const body = rssFeed(this.papers.filter(({ announced }) => announced !== undefined));
    const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`;
    if (request.headers['if-none-match'] === etag) {
      this.notModified += 1;
      return { status: 304, headers: { etag }, body: '' };
    }
    return { headers: { 'content-type': 'text/xml', etag }, body };
  }
}

function words(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');
}
