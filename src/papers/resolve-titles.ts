import { FootnoteError } from '../errors.ts';
import { foldTitle } from './fold.ts';
import { likeness } from './likeness.ts';
import type { Paper, PaperId } from './paper.ts';
import type { ReadItem, SourcedRecord } from './paper-record.ts';
import { sortItems } from './sources/source-batch.ts';

/** What asking for the arXiv id of a title came to. */
export interface ResolvedTitle {
  readonly titleId: PaperId;
  /** Undefined where arXiv has no such paper. */
  readonly arxivId?: string;
  /** ISO 8601, UTC. */
  readonly askedAt: string;
}

/** What was asked before, so that it is not asked again. */
export interface ResolvedTitles {
  of(ids: readonly PaperId[]): Promise<ReadonlyMap<PaperId, ResolvedTitle>>;
  put(resolved: ResolvedTitle): Promise<void>;
}

export interface ResolveRequest {
  readonly papers: AsyncIterable<readonly Paper[]>;
  readonly resolved: ResolvedTitles;
  /** Asks for papers of this title. */
  readonly find: (title: string) => Promise<readonly ReadItem[]>;
  /** Stores what was found. */
  readonly save: (records: readonly SourcedRecord[]) => Promise<void>;
  readonly now: () => Date;
  readonly onProgress?: (progress: ResolveProgress) => void;
  readonly signal?: AbortSignal;
}

export interface ResolveProgress {
  readonly done: number;
  readonly total: number;
  readonly found: number;
}

// "Not found" may change: a preprint can follow its conference.
const ASK_AGAIN_MS = 28 * 24 * 60 * 60 * 1_000;
const ALIKE = 0.5;
/** Short titles belong to many papers: for them the abstract must speak, too. */
const OWN_TITLE_LETTERS = 25;
const LITTLE_ALIKE = 0.25;

/**
 * Finds the arXiv ids of papers that are known by their titles alone. Whatever is learnt is saved at
 * once, so that a run that is cut short loses nothing and the next one goes on.
 */
export async function resolveTitles(request: ResolveRequest): Promise<ResolveProgress> {
  const { resolved, find, save, now, onProgress, signal } = request;
  const wanted = await openTitles(request);
  let found = 0;
  for (const [at, paper] of wanted.entries()) {
    signal?.throwIfAborted();
    const [match] = matchesOf(paper, await find(paper.title).catch(nothingIfRefused));
    if (match !== undefined) {
      await save([match]);
      found += 1;
    }
    const arxivId = match?.record.arxivId;
    await resolved.put({
      titleId: paper.id,
      askedAt: now().toISOString(),
      ...(arxivId !== undefined && { arxivId }),
    });
    onProgress?.({ done: at + 1, total: wanted.length, found });
  }
  return { done: wanted.length, total: wanted.length, found };
}

/** A title that arXiv cannot make sense of would else be met again by each run, and end it. */
function nothingIfRefused(error: unknown): readonly ReadItem[] {
  if (error instanceof FootnoteError && error.code === 'input') return [];
  throw error;
}

async function openTitles({ papers, resolved, now }: ResolveRequest): Promise<readonly Paper[]> {
  const open: Paper[] = [];
  for await (const batch of papers) {
    const untitled = batch.filter(({ arxivId }) => arxivId === undefined);
    const asked = await resolved.of(untitled.map(({ id }) => id));
    open.push(
      ...untitled.filter(({ id }) => {
        const before = asked.get(id);
        // Found before and still without its id: it was not saved.
        if (before === undefined || before.arxivId !== undefined) return true;
        return now().getTime() - Date.parse(before.askedAt) > ASK_AGAIN_MS;
      }),
    );
  }
  return open;
}

/** The same title, and an abstract or authors that do not speak against it; the likeliest first. */
export function matchesOf(paper: Paper, items: readonly ReadItem[]): readonly SourcedRecord[] {
  const key = foldTitle(paper.title);
  return sortItems(items)
    .records.filter(({ record }) => record.arxivId !== undefined && foldTitle(record.title) === key)
    .map((one) => ({ one, near: likeness(one.record.abstract, paper.abstract) }))
    .filter(({ one, near }) => {
      if (near >= ALIKE) return true;
      const isOwn = key.length >= OWN_TITLE_LETTERS && near >= LITTLE_ALIKE;
      return isOwn && haveSameAuthor(paper, one.record.authors);
    })
    .sort((a, b) => b.near - a.near)
    .map(({ one }) => one);
}

/** True where nothing is known of one side's authors. */
function haveSameAuthor(paper: Paper, authors: readonly string[] | undefined): boolean {
  if (paper.authors === undefined || authors === undefined) return true;
  const lastNames = new Set(authors.map(lastName));
  return paper.authors.some((name) => lastNames.has(lastName(name)));
}

function lastName(name: string): string {
  return foldTitle(name.trim().split(/\s+/).at(-1) ?? '');
}
