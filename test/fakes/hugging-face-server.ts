import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type SiteAnswer, SiteServer } from './site-server.ts';

/** A paper as a test thinks of it. */
export interface HubFakePaper {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly upvotes?: number;
  readonly numComments?: number;
  readonly publishedAt?: string;
  readonly authors?: readonly { readonly name: string; readonly hidden?: boolean }[];
  readonly organization?: { readonly name: string; readonly fullname?: string };
}

const QUOTA = 500;
const WINDOW_SECONDS = 300;

/**
 * Hugging Face's daily papers. As the real one it answers 400 for days to come, counts requests in
 * windows, tells what is left of them, and knows ETags. Asking on when nothing is left is told.
 */
export class FakeHuggingFaceServer extends SiteServer {
  /** Lists by day, `YYYY-MM-DD`. */
  readonly days = new Map<string, readonly HubFakePaper[]>();
  today = '2026-11-26';
  left = QUOTA;
  windowSeconds = WINDOW_SECONDS;
  notModified = 0;
  /** Of the last request. */
  authorization: string | undefined;
  #windowEnds = 0;

  protected check(_url: URL, request: IncomingMessage): readonly string[] {
    this.authorization = request.headers.authorization;
    const isOver = this.left <= 0 && performance.now() < this.#windowEnds;
    return [
      ...(isOver ? ['asked though nothing was left of its limit'] : []),
      ...(request.headers['user-agent']?.startsWith('Footnote/') ? [] : ['no User-Agent of ours']),
      ...(request.headers.accept?.includes('application/json') ? [] : ['no Accept']),
    ];
  }

  protected answer(url: URL, request: IncomingMessage): SiteAnswer {
    if (this.left <= 0) this.left = QUOTA;
    this.left -= 1;
    if (this.left === 0) this.#windowEnds = performance.now() + this.windowSeconds * 1_000;
    const limits = {
      ratelimit: `"api";r=${this.left};t=${this.windowSeconds}`,
      'ratelimit-policy': `"fixed window";"api";q=${QUOTA};w=${WINDOW_SECONDS}`,
    };
    const answer = this.#route(url);
    const etag = `W/"${createHash('sha256').update(answer.body).digest('hex').slice(0, 16)}"`;
    if (answer.status === undefined && request.headers['if-none-match'] === etag) {
      this.notModified += 1;
      return { status: 304, headers: { ...limits, etag }, body: '' };
    }
    const headers = { ...limits, etag, 'content-type': 'application/json; charset=utf-8' };
    return { ...answer, headers };
  }

  #route(url: URL): SiteAnswer {
    if (url.pathname === '/api/daily_papers') return this.#list(url.searchParams);
    const id = /^\/api\/papers\/([\d.]+)$/.exec(url.pathname)?.[1];
    const paper = [...this.days.values()].flat().find((one) => one.id === id);
    if (paper === undefined) return { status: 404, body: '{"error":"Paper not found"}' };
    return { body: JSON.stringify(hubPaper(paper, this.today)) };
  }

  #list(query: URLSearchParams): SiteAnswer {
    const date = query.get('date');
    if (date !== null && date > this.today) {
      return { status: 400, body: '{"error":"Invalid date"}' };
    }
    const limit = Math.min(Number(query.get('limit') ?? 50), 100);
    const from = Number(query.get('p') ?? 0) * limit;
    const days = [...this.days].filter(([day]) => isWithin(day, query));
    const items = days.flatMap(([day, papers]) => papers.map((paper) => dailyItem(paper, day)));
    return { body: JSON.stringify(items.slice(from, from + limit)) };
  }
}

/** An element of the list, with the fields that recorded ones have. */
export function dailyItem(paper: HubFakePaper, day: string) {
  const { title, summary, numComments = 0, publishedAt = `${day}T00:00:00.000Z` } = paper;
  const user = { _id: 'u1', fullname: 'Some One', name: 'someone', type: 'user', isPro: false };
  return {
    paper: hubPaper(paper, day),
    publishedAt,
    title,
    // In lists the outer summary may be shortened.
    summary: `${summary.slice(0, 60)}...`,
    thumbnail: 'https://cdn.example/thumb.png',
    numComments,
    submittedBy: user,
    isAuthorParticipating: false,
  };
}

function hubPaper(paper: HubFakePaper, day: string) {
  const { id, title, summary, upvotes = 1, organization } = paper;
  const authors = paper.authors ?? [{ name: 'Ada Lovelace' }, { name: 'Secret', hidden: true }];
  return {
    id,
    authors: authors.map((author, at) => ({ _id: `a${at}`, hidden: false, ...author })),
    publishedAt: paper.publishedAt ?? `${day}T00:00:00.000Z`,
    submittedOnDailyAt: `${day}T00:00:00.000Z`,
    title,
    summary,
    upvotes,
    discussionId: 'd1',
    ai_keywords: ['words'],
    ...(organization !== undefined && { organization: { _id: 'o1', ...organization } }),
  };
}

function isWithin(day: string, query: URLSearchParams): boolean {
  const [date, month, week] = [query.get('date'), query.get('month'), query.get('week')];
  if (date !== null) return day === date;
  if (month !== null) return day.startsWith(month);
  return week === null || weekOf(day) === week;
}

/** ISO 8601: the week that has the year's first Thursday is the first. */
function weekOf(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 4 - (date.getUTCDay() || 7));
  const year = date.getUTCFullYear();
  const week = Math.ceil(((date.getTime() - Date.UTC(year, 0, 1)) / 86_400_000 + 1) / 7);
  return `${year}-W${String(week).padStart(2, '0')}`;
}
