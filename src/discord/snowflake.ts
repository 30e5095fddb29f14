/** The first millisecond of Discord. */
const EPOCH = 1_420_070_400_000n;

/** When something with this id came to be, in milliseconds; ids that are none are as old as can be. */
export function timeOf(id: string): number {
  return /^\d+$/.test(id) ? Number((BigInt(id) >> 22n) + EPOCH) : 0;
}
