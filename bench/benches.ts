import type { CommandContext } from '../src/commands/command.ts';

/** A measurement: prints a table for people and, as its last line, one JSON object. */
export type Bench = (context: CommandContext) => Promise<void>;

/** All measurements by name. */
export const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {};
