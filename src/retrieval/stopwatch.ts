/** Times the steps of one answer, in milliseconds to one decimal. */
export interface Stopwatch {
  readonly laps: Readonly<Record<string, number>>;
  /** Ends a step: the time since the one before it. */
  lap(name: string): void;
  /** Sets `total`: the time since the watch was made. */
  stop(): void;
}

export function createStopwatch(now: () => number = () => performance.now()): Stopwatch {
  const laps: Record<string, number> = {};
  const start = now();
  let last = start;
  return {
    laps,
    lap(name) {
      const time = now();
      laps[name] = Math.round((time - last) * 10) / 10;
      last = time;
    },
    stop() {
      laps.total = Math.round((now() - start) * 10) / 10;
    },
  };
}
