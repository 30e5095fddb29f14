/** Requests that were taken in, so that a copy of one does nothing. */
export interface Replays {
  /** What came of the request with this signature; undefined where it is the first of its kind. */
  earlier(signature: string): Promise<boolean> | undefined;
  /** Remembers a request while a copy would pass for new; forgotten where it was not taken in. */
  remember(signature: string, goodUntil: number, isTakenIn: Promise<boolean>): void;
}

/** More than a busy hour brings; of a flood the oldest go first. */
const MOST = 50_000;

/**
 * In the memory of this process. Slack signs each retry anew unless it comes within the same second:
 * then it waits for what becomes of the first.
 */
export function createReplays(now: () => Date, most = MOST): Replays {
  const seen = new Map<
    string,
    { readonly goodUntil: number; readonly isTakenIn: Promise<boolean> }
  >();
  const dropOld = () => {
    for (const [signature, { goodUntil }] of seen) {
      if (seen.size <= most && goodUntil >= now().getTime()) return;
      seen.delete(signature);
    }
  };
  return {
    earlier: (signature) => seen.get(signature)?.isTakenIn,
    remember(signature, goodUntil, isTakenIn) {
      seen.set(signature, { goodUntil, isTakenIn });
      dropOld();
      void isTakenIn.then((isIn) => {
        if (!isIn) seen.delete(signature);
      });
    },
  };
}
