/** Discord's own epoch: the first second of 2015. */
const EPOCH_MS = 1_420_070_400_000;
const SEQUENCE_BITS = 22n;

/** The time on Discord's side, which can be moved forward, and the ids made from it. */
export interface Clock {
  now(): number;
  advance(ms: number): void;
  /** A snowflake: later ones are greater. */
  newId(): string;
}

export function createClock(): Clock {
  let shift = 0;
  let last = 0n;
  const now = () => Date.now() + shift;
  return {
    now,
    advance: (ms) => {
      shift += ms;
    },
    newId() {
      const fromTime = BigInt(Math.floor(now()) - EPOCH_MS) << SEQUENCE_BITS;
      last = fromTime > last ? fromTime : last + 1n;
      return last.toString();
    },
  };
}

export function isoOf(id: string): string {
  return new Date(Number(BigInt(id) >> SEQUENCE_BITS) + EPOCH_MS).toISOString();
}

export function isLater(id: string, than: string): boolean {
  return BigInt(id) > BigInt(than);
}
