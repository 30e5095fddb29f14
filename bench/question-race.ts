import { percentile } from '../src/eval/metrics.ts';
import { PEER_KEYS } from './question-peers.ts';
import type { Figures } from './report.ts';
import { ms, times } from './report.ts';

/** Half of the questions took no longer than `p50`, 95% no longer than `p95`; milliseconds. */
export interface Latency {
  readonly p50: number;
  readonly p95: number;
}

/** The latencies of every contender by name. */
export function latencies(
  raced: ReadonlyMap<string, readonly number[]>,
): ReadonlyMap<string, Latency> {
  return new Map(
    [...raced].map(([name, values]) => [
      name,
      { p50: percentile(values, 0.5), p95: percentile(values, 0.95) },
    ]),
  );
}

/** One row a contender; the last column is its median over that of `ours`. */
export function latencyRows(
  all: ReadonlyMap<string, Latency>,
  ours: string,
): readonly (readonly string[])[] {
  const own = latencyOf(all, ours).p50;
  return [...all].map(([name, { p50, p95 }]) => [name, ms(p50), ms(p95), times(p50 / own)]);
}

/** The peers' medians, and Footnote's median over each of them (below 1: Footnote is faster). */
export function peerFigures(
  all: ReadonlyMap<string, Latency>,
  ours: string,
): { readonly peers: Figures; readonly ratio: Figures } {
  const own = latencyOf(all, ours).p50;
  const peers = Object.entries(PEER_KEYS).map(([key, name]) => [key, latencyOf(all, name).p50]);
  return {
    peers: Object.fromEntries(peers),
    ratio: Object.fromEntries(peers.map(([key, p50]) => [key, own / Number(p50)])),
  };
}

export function latencyOf(all: ReadonlyMap<string, Latency>, name: string): Latency {
  const latency = all.get(name);
  if (latency === undefined) throw new Error(`"${name}" did not take part.`);
  return latency;
}
