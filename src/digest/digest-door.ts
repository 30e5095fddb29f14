import type { PostedMessage } from './delivery.ts';
import type { Digest } from './digest.ts';
import type { DigestPlace } from './subscription.ts';

/** A digest on its way to a channel. */
export interface Posting {
  /**
   * The same at every attempt, 22 letters and digits: the nonce where a platform takes one, else to
   * be kept with the message where it can be found again.
   */
  readonly key: string;
  readonly place: DigestPlace;
  readonly digest: Digest;
}

/** What stands of a posting. */
export interface Standing {
  readonly messages: readonly PostedMessage[];
  /** False when something is missing yet, such as the details in a thread. */
  readonly isWhole: boolean;
}

export interface DoorOptions {
  readonly signal: AbortSignal;
}

/** How digests reach the channels of one platform. */
export interface DigestDoor {
  /** Looks for what an earlier attempt has posted under the key; undefined when there is nothing. */
  find(posting: Posting, options: DoorOptions): Promise<Standing | undefined>;
  /**
   * Posts a digest, or what is missing of it. It never tries again by itself. Throws PostFailure
   * where it knows what is wrong; any other error means that it may stand or not.
   */
  post(
    posting: Posting,
    options: DoorOptions & { readonly standing?: Standing },
  ): Promise<readonly PostedMessage[]>;
  /** Tells the owner of a subscription something in private. Throws as `post` does. */
  tell(ownerId: string, text: string, options: DoorOptions & DigestPlaceOption): Promise<void>;
}

interface DigestPlaceOption {
  /** The place that it is about. */
  readonly place: DigestPlace;
}

/**
 * Why a digest was not posted. `gone`: the channel is, or we may not write there any more. `later`:
 * the platform says when. `refused`: it takes no such message, and never will.
 */
export type PostFailureKind = 'gone' | 'later' | 'refused';

export class PostFailure extends Error {
  readonly kind: PostFailureKind;
  /** Only with `later`. */
  readonly retryAfterMs: number;

  constructor(
    kind: PostFailureKind,
    message: string,
    options: { readonly retryAfterMs?: number; readonly cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'PostFailure';
    this.kind = kind;
    this.retryAfterMs = options.retryAfterMs ?? 0;
  }
}
