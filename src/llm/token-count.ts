import { z } from 'zod';

/** Tokens as the server counts them. */
export interface TokenCount {
  readonly promptTokens: number;
  readonly completionTokens: number;
}

const count = z.int().nonnegative();
const pair = z.object({ promptTokens: count, completionTokens: count });

/** A server's count; undefined for anything but safe whole numbers from 0: then it did not count. */
export function readTokenCount(told: {
  readonly promptTokens: unknown;
  readonly completionTokens: unknown;
}): TokenCount | undefined {
  return pair.safeParse(told).data;
}
