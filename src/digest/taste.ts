import type { PaperId } from '../papers/paper.ts';
import type { PaperIndex } from '../retrieval/paper-index.ts';
import { dot } from '../retrieval/signals.ts';
import { type Candidate, loadCandidates } from './candidate.ts';
import type { DigestPlace } from './subscription.ts';
import { type Term, toPlaces } from './terms.ts';
import { meanVector } from './vectors.ts';

/** What a person of a channel says about a paper that was shown there; the last word counts. */
export interface DigestVote {
  readonly place: DigestPlace;
  readonly paperId: PaperId;
  readonly authorId: string;
  readonly vote: 'more' | 'less' | 'none';
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** What a channel made of a paper. */
export interface PaperVotes {
  readonly paperId: PaperId;
  readonly more: number;
  readonly less: number;
}

/** Where the likes and dislikes of channels are kept; each channel has its own. */
export interface DigestFeedback {
  vote(vote: DigestVote): Promise<void>;
  /** The papers voted on latest, at most `limit`. */
  votes(place: DigestPlace, limit: number): Promise<readonly PaperVotes[]>;
  /** Takes a topic out of a channel's digests, or lets it in again. */
  mute(place: DigestPlace, topic: string, at: string): Promise<void>;
  unmute(place: DigestPlace, topic: string): Promise<boolean>;
  muted(place: DigestPlace): Promise<readonly string[]>;
}

/** One side of a taste: papers, and where their middle is. */
interface Side {
  readonly papers: readonly Candidate[];
  readonly centroid: Float32Array;
}

/** What a channel wants more and less of. */
export interface Taste {
  readonly liked?: Side;
  readonly disliked?: Side;
}

// Rocchio: https://nlp.stanford.edu/IR-book/html/htmledition/the-rocchio71-algorithm-1.html
// What is not wanted is told seldom and meant, so it counts more than usual beside what is.
const BETA = 0.4;
const GAMMA = 1;
/** Any two abstracts of the field are about so near; only what is nearer counts. */
const UNRELATED = 0.25;
/** So many votes count half of all. */
const HALF_SURE = 3;
const MOST_VOTES = 400;

/** Reads what a channel has said about papers; those no longer in the index are passed over. */
export async function loadTaste(
  place: DigestPlace,
  {
    feedback,
    index,
  }: {
    readonly feedback: Pick<DigestFeedback, 'votes'>;
    readonly index: Pick<PaperIndex, 'papersById' | 'sentenceVectors'>;
  },
): Promise<Taste> {
  const votes = await feedback.votes(place, MOST_VOTES);
  const papers = await loadCandidates(
    votes.map(({ paperId }) => paperId),
    index,
  );
  const balance = new Map(votes.map(({ paperId, more, less }) => [paperId, more - less]));
  const liked = sideOf(papers.filter(({ paper }) => (balance.get(paper.id) ?? 0) > 0));
  const disliked = sideOf(papers.filter(({ paper }) => (balance.get(paper.id) ?? 0) < 0));
  return { ...(liked && { liked }), ...(disliked && { disliked }) };
}

/** What taste adds to the score of a paper, and takes off; nothing of what is near neither side. */
export function tasteTerms({ vector }: Candidate, { liked, disliked }: Taste): readonly Term[] {
  if (vector === undefined) return [];
  return [
    ...sideTerm('liked', BETA, { side: liked, vector }),
    ...sideTerm('disliked', -GAMMA, { side: disliked, vector }),
  ];
}

function sideOf(papers: readonly Candidate[]): Side | undefined {
  const centroid = meanVector(papers.flatMap(({ vector }) => vector ?? []));
  return centroid && { papers, centroid };
}

function sideTerm(
  kind: 'liked' | 'disliked',
  weight: number,
  { side, vector }: { readonly side: Side | undefined; readonly vector: Float32Array },
): readonly Term[] {
  if (side === undefined) return [];
  const papers = side.papers.length;
  const nearness = Math.max(0, dot(vector, side.centroid) - UNRELATED) / (1 - UNRELATED);
  const value = toPlaces((weight * nearness * papers) / (papers + HALF_SURE));
  if (value === 0) return [];
  return [{ kind, papers, title: nearestTitle(side, vector), value }];
}

function nearestTitle({ papers }: Side, vector: Float32Array): string {
  const near = papers.map((other) => ({
    title: other.paper.title,
    cosine: other.vector === undefined ? -1 : dot(other.vector, vector),
  }));
  return near.toSorted((a, b) => b.cosine - a.cosine)[0]?.title ?? '';
}
