import type { PaperId } from '../papers/paper.ts';
import type { PaperIndex } from '../retrieval/paper-index.ts';
import { changeOf } from './abstract-change.ts';
import { type Candidate, loadCandidates } from './candidate.ts';
import type { Arrivals, SeenPapers } from './seen-papers.ts';
import type { DigestPlace } from './subscription.ts';

/** Which arrivals are looked at. */
export type Window =
  /** Those after a number; for a delivery, which must not hang on clocks. */
  | { readonly kind: 'after'; readonly sequence: number }
  /** Those between two moments (ISO 8601, UTC), the first left out. */
  | { readonly kind: 'between'; readonly from: string; readonly to: string };

export interface CandidateParts {
  readonly index: Pick<PaperIndex, 'papersById' | 'sentenceVectors'>;
  readonly arrivals: Arrivals;
  readonly seen: Pick<SeenPapers, 'known' | 'shown' | 'abstractOf'>;
}

export interface FoundCandidates {
  readonly candidates: readonly Candidate[];
  /** The number of the last arrival looked at. */
  readonly cutoff: number;
}

/** The newest are looked at where more came. */
const MOST_CANDIDATES = 3_000;
/** Papers shown before that are looked at for a new version. */
const MOST_SHOWN = 300;

/**
 * Papers that came in a window and that the channel has never seen, and those it has seen whose
 * abstract has changed since.
 */
export async function findCandidates(
  { window, place }: { readonly window: Window; readonly place?: DigestPlace },
  parts: CandidateParts,
): Promise<FoundCandidates> {
  const cutoff = await parts.arrivals.last();
  const arrived = await arrivedIn(window, cutoff, parts.arrivals);
  const known = place === undefined ? new Set() : await parts.seen.known(place, arrived);
  const unseen = arrived.filter((id) => !known.has(id));
  const candidates = await loadCandidates(unseen, parts.index);
  const updated = place === undefined ? [] : await findUpdated(place, parts);
  return { candidates: [...candidates, ...updated], cutoff };
}

function arrivedIn(
  window: Window,
  cutoff: number,
  arrivals: Arrivals,
): Promise<readonly PaperId[]> {
  return window.kind === 'after'
    ? arrivals.after(window.sequence, cutoff, MOST_CANDIDATES)
    : arrivals.between(window.from, window.to, MOST_CANDIDATES);
}

async function findUpdated(
  place: DigestPlace,
  { index, seen }: CandidateParts,
): Promise<readonly Candidate[]> {
  const shown = await seen.shown(place, MOST_SHOWN);
  const hashes = new Map(shown.map(({ paperId, textHash }) => [paperId, textHash]));
  const now = await loadCandidates([...hashes.keys()], index);
  const updated = await Promise.all(
    now.map(async (candidate) => {
      const hash = hashes.get(candidate.paper.id);
      const older = hash === undefined ? undefined : await seen.abstractOf(hash);
      if (older === undefined || older === candidate.paper.abstract) return undefined;
      const change = changeOf(older, candidate.paper.abstract);
      return change && { ...candidate, change };
    }),
  );
  return updated.filter((candidate) => candidate !== undefined);
}
