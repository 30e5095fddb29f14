import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { Config } from '../config.ts';
import { FootnoteError } from '../errors.ts';
import type { Log } from '../log.ts';

/** What a command runs with; returns its exit code. */
export interface CommandContext {
  readonly config: Config;
  readonly args: readonly string[];
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly log: Log;
  /** Aborted when a person stops the program. */
  readonly signal: AbortSignal;
}

export type Command = (context: CommandContext) => Promise<number>;

const DEFAULT_WIDTH = 80;
const WIDEST = 100;

/** How wide a terminal's lines may be, and whether it shows colours. */
export function screenOf(stream: NodeJS.WriteStream): { width: number; colour: boolean } {
  return {
    width: Math.min(stream.columns || DEFAULT_WIDTH, WIDEST),
    colour: stream.isTTY === true && stream.hasColors(),
  };
}

/** As `parseArgs`; `--help` throws HelpAsked with the usage line, unknown or misused options throw FootnoteError `usage` with the usage line. */
export function readArguments<T extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  { options, usage }: { readonly options: T; readonly usage: string },
) {
  if (args.includes('--help')) throw new HelpAsked(usage);
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('. ')[0] : 'Wrong arguments';
    throw new FootnoteError('usage', `${reason}. Usage: ${usage}`, { cause });
  }
}

/** Not a failure: the usage is what was asked for. */
export class HelpAsked extends Error {}

/** A FootnoteError `usage` with what is wrong and how the command is called. */
export function wrongUsage(reason: string, usage: string): FootnoteError {
  return new FootnoteError('usage', `${reason} Usage: ${usage}`);
}
