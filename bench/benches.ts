import type { CommandContext } from '../src/commands/command.ts';

/** A measurement: prints a table for people and, as its last line, one JSON object. */
export type Bench = (context: CommandContext) => Promise<void>;

/** All measurements by name. */
export const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  ask: async () => {
    quietLance();
    return (await import('./ask.ts')).benchAsk;
  },
  chain: async () => (await import('./chain.ts')).benchChain,
  'discord-storm': async () => (await import('./discord-storm.ts')).benchDiscordStorm,
  embed: async () => (await import('./embed.ts')).benchEmbed,
  ingest: async () => (await import('./ingest.ts')).benchIngest,
  memory: async () => (await import('./memory.ts')).benchMemory,
  scale: async () => {
    quietLance();
    return (await import('./scale.ts')).benchScale;
  },
};

/** Must come before LanceDB is loaded: its hybrid query, a peer, else warns twice a question. */
function quietLance(): void {
  process.env.LANCEDB_LOG ??= 'error';
}
