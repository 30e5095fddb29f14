import type { ParseArgsConfig } from 'node:util';
import type { CommandContext } from '../src/commands/command.ts';

/** Options of one bench as they were given. */
export type BenchValues = Readonly<Record<string, unknown>>;

/** A measurement: prints a table for people and, as its last line, one JSON object. */
export type Bench = (context: CommandContext, values: BenchValues) => Promise<void>;

/** What benches that take options take; they stand after the bench's name. */
export const BENCH_OPTIONS: Readonly<Record<string, NonNullable<ParseArgsConfig['options']>>> = {
  ingest: { n: { type: 'string' }, kill: { type: 'string' } },
};

/** All measurements by name. */
export const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  ask: async () => {
    quietLance();
    return (await import('./ask.ts')).benchAsk;
  },
  chain: async () => (await import('./chain.ts')).benchChain,
  'digest-simulation': async () => (await import('./digest-simulation.ts')).benchDigestSimulation,
  'discord-storm': async () => (await import('./discord-storm.ts')).benchDiscordStorm,
  embed: async () => (await import('./embed.ts')).benchEmbed,
  'fuzz-sources': async () => (await import('./fuzz-sources.ts')).benchFuzzSources,
  ingest: async () => (await import('./ingest.ts')).benchIngest,
  memory: async () => (await import('./memory.ts')).benchMemory,
  scale: async () => {
    quietLance();
    return (await import('./scale.ts')).benchScale;
  },
  'slack-storm': async () => (await import('./slack-storm.ts')).benchSlackStorm,
};

/** Must come before LanceDB is loaded: its hybrid query, a peer, else warns twice a question. */
function quietLance(): void {
  process.env.LANCEDB_LOG ??= 'error';
}
