import type { PaperId } from '../papers/paper.ts';
import type { DigestPlace } from './subscription.ts';

/** A paper that a channel has been shown, and the text it had then. */
export interface SeenPaper {
  readonly paperId: PaperId;
  /** Of the abstract, as `ShownPaper` has it. */
  readonly textHash?: string;
}

/** How a channel came to know a paper. */
export type SeenBy = 'digest' | 'link';

/** What channels have seen: papers of digests and links pasted there, and what answers cited. */
export interface SeenPapers {
  /** Notes papers that people of a channel named themselves. */
  noteLinks(place: DigestPlace, paperIds: readonly PaperId[], at: string): Promise<void>;
  /** Which of these papers the channel knows, from digests, links, or answers given there. */
  known(place: DigestPlace, paperIds: readonly PaperId[]): Promise<ReadonlySet<PaperId>>;
  /** What digests showed there, the latest first. */
  shown(place: DigestPlace, limit: number): Promise<readonly SeenPaper[]>;
  /** The abstract of a text that a digest showed. */
  abstractOf(textHash: string): Promise<string | undefined>;
}

/** One paper on its arrival in the library. */
export interface Arrival {
  readonly paperId: PaperId;
  /** ISO 8601, UTC: when it was first met here, or its own day for those of the first time. */
  readonly at: string;
}

/** When papers came into the library, in the order in which they did; clocks may jump, numbers do not. */
export interface Arrivals {
  /** Adds those that are not known, each with the next number. */
  note(arrivals: readonly Arrival[]): Promise<void>;
  /** The number of the last one; 0 before there is any. */
  last(): Promise<number>;
  /** Those after a number, up to another, the latest first. */
  after(sequence: number, upTo: number, limit: number): Promise<readonly PaperId[]>;
  /** Those that came after one moment, up to another, the latest first. */
  between(from: string, to: string, limit: number): Promise<readonly PaperId[]>;
}
