import type { Answer } from '../answer/answer.ts';
import type { PaperId } from '../papers/paper.ts';
import type { Digest } from './digest.ts';
import type { DigestPlace } from './subscription.ts';

/** A digest that is due. */
export interface DueDelivery {
  /** The same for every process: made of subscription and period. */
  readonly key: string;
  readonly subscriptionId: string;
  readonly period: string;
  readonly place: DigestPlace;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Later periods than this are of a clock that was wrong, and count for nothing. */
  readonly horizon: string;
}

/** A turn at a delivery: whoever took it after has another. */
export interface DeliveryLease {
  readonly key: string;
  readonly worker: string;
  /** ISO 8601, UTC. */
  readonly until: string;
}

/** `known`: there is one of this period or a later one. `waits`: an earlier one is still open. */
export type Opened = 'opened' | 'known' | 'waits';

/** A delivery that was taken. */
export interface TakenDelivery {
  readonly lease: DeliveryLease;
  readonly subscriptionId: string;
  readonly period: string;
  readonly place: DigestPlace;
  /** What is to be posted, where it was composed before; it is never composed again. */
  readonly digest?: Digest;
  readonly attempts: number;
  /** The channel is gone, and the owner was not told yet. */
  readonly isGone: boolean;
}

/** A paper as a digest shows it. */
export interface ShownPaper {
  readonly paperId: PaperId;
  /** Tells this abstract from those of other versions. */
  readonly textHash: string;
  readonly abstract: string;
}

/** What is kept with a digest, all or nothing. */
export interface KeptDigest {
  readonly digest: Digest;
  /** Those the channel sees for the first time. */
  readonly papers: readonly ShownPaper[];
  /** Those it has seen in an earlier version. */
  readonly updated: readonly ShownPaper[];
  /** The number of the last arrival that was looked at. */
  readonly cutoff: number;
  readonly answer?: Answer;
}

/** `seen`: another digest has shown one of the papers there meanwhile; choose again. */
export type Kept = 'kept' | 'seen' | 'lost';

/** How a delivery ended. */
export type DeliveryEnd =
  | { readonly kind: 'posted'; readonly messages: readonly PostedMessage[] }
  /** There was nothing to say. */
  | { readonly kind: 'silent' }
  /** A later one takes its place; nothing was posted. */
  | { readonly kind: 'superseded' }
  /** Tried too often. What it would have shown counts as not seen. */
  | { readonly kind: 'given-up' }
  /** The channel is gone. */
  | { readonly kind: 'gone' };

/** A message of a digest: of one paper, or of the digest as a whole. */
export interface PostedMessage {
  readonly messageId: string;
  readonly paperId?: PaperId;
}

/** What came before in a subscription. */
export interface EarlierDigests {
  /** The last arrival that any digest of it has looked at. */
  readonly cutoff?: number;
  /** The kind of the last that was posted or left out. */
  readonly last?: Digest['kind'];
  /** The answer that the channel was last told of a watched question. */
  readonly answer?: Answer;
}

/** Where deliveries are claimed, kept and ended; processes share it. */
export interface DeliveryStore {
  /** Opens a delivery for a period, once. */
  open(due: DueDelivery): Promise<Opened>;
  /** The longest open one that nobody works on; its lease lasts until `until`. */
  take(request: {
    readonly platforms: readonly string[];
    readonly worker: string;
    readonly now: string;
    readonly until: string;
  }): Promise<TakenDelivery | undefined>;
  /** Keeps what will be posted and marks its papers as seen there. */
  keep(lease: DeliveryLease, kept: KeptDigest): Promise<Kept>;
  /** Counts an attempt to post; the number of those before, or undefined when the lease is lost. */
  begin(lease: DeliveryLease): Promise<number | undefined>;
  /** Ends it; false when the lease is lost. */
  finish(lease: DeliveryLease, end: DeliveryEnd, at: string): Promise<boolean>;
  /** Gives it back, to be taken again after a moment. */
  release(lease: DeliveryLease, notBefore: string): Promise<void>;
  /** Notes that the channel is gone; the delivery stays open until the owner was told. */
  markGone(lease: DeliveryLease): Promise<boolean>;
  earlier(subscriptionId: string): Promise<EarlierDigests>;
  /** Digests posted in a place for periods from one day to another. */
  posted(place: DigestPlace, from: string, to: string): Promise<readonly Digest[]>;
  /** The digest that a message belongs to, and the paper it is about, where it is about one. */
  messageOf(place: DigestPlace, messageId: string): Promise<DigestMessage | undefined>;
}

/** What a message of ours is. */
export interface DigestMessage {
  readonly key: string;
  readonly subscriptionId: string;
  readonly digest: Digest;
  readonly paperId?: PaperId;
}
