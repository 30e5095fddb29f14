import { type DestinationStream, destination, pino, stdTimeFunctions } from 'pino';
import type { LogLevel } from './config.ts';

/** What happened; names that pino writes itself are not for fields. */
export type LogFields = Readonly<Record<string, unknown>> & {
  readonly level?: never;
  readonly time?: never;
  readonly event?: never;
};

type Write = (event: string, fields?: LogFields) => void;

/**
 * `log('room.verb', fields)` writes an event: an error when there is an Error among its fields,
 * else information.
 */
export interface Log extends Write {
  readonly debug: Write;
  readonly warn: Write;
}

interface LoggerOptions {
  readonly level: LogLevel;
  /** Lines for people instead of JSON. */
  readonly pretty?: boolean;
  /** Standard error by default: standard output is for answers. */
  readonly stream?: DestinationStream;
}

const LONGEST_TEXT = 500;
const LONGEST_LIST = 50;
const DEEPEST = 5;
const STACK_LINES = 12;

/** Fields so named are left out, numbers apart: `promptTokens: 12` tells nothing. */
const SECRET_NAME = /(?:key|token|authorization|secret|password|passwd|cookie|credential)s?$/i;
/** Keys of model providers, Slack and Hugging Face, header values, and passwords within URLs. */
const SECRET_TEXT =
  /\b(?:sk|xox[a-z]|xapp|hf|lsv2)[-_][\w-]{8,}|\b(?:Bearer|Basic|Bot)\s+[\w.~+/=-]{16,}|(?<=:\/\/)[^\s/@]+(?=@)/g;
const REDACTED = '[redacted]';

/**
 * A log of one line per event. Secrets are left out, and strings, which may come from papers,
 * people or models, are cut and cleared of what could change how a terminal shows a line.
 */
export function createLogger({ level, pretty = false, stream }: LoggerOptions): Log {
  // Synchronous: the line that says why the program ends must not be lost.
  const target = stream ?? destination({ dest: 2, sync: true });
  const logger = pino(
    {
      level,
      base: null,
      messageKey: 'event',
      timestamp: stdTimeFunctions.isoTime,
      // Errors are written out below, within the limits for all strings.
      serializers: { err: (error: unknown) => error },
      formatters: { level: (label) => ({ level: label }) },
    },
    pretty ? { write: (line) => target.write(readable(line)) } : target,
  );
  const writeAt =
    (at: 'debug' | 'info' | 'warn' | 'error'): Write =>
    (event, fields = {}) => {
      if (logger.isLevelEnabled(at)) logger[at](cleanFields(fields, 0), cleanText(event));
    };
  const write: Write = (event, fields) =>
    writeAt(hasError(fields) ? 'error' : 'info')(event, fields);
  return Object.assign(write, { debug: writeAt('debug'), warn: writeAt('warn') });
}

function hasError(fields: LogFields = {}): boolean {
  return Object.values(fields).some((value) => value instanceof Error);
}

function cleanFields(fields: object, depth: number): Record<string, unknown> {
  const entries = Object.entries(fields).slice(0, LONGEST_LIST);
  return Object.fromEntries(
    entries.map(([name, value]) => [cleanText(name), cleanField(name, value, depth)]),
  );
}

function cleanField(name: string, value: unknown, depth: number): unknown {
  const isSecret = SECRET_NAME.test(name) && typeof value !== 'number';
  return isSecret ? REDACTED : cleanValue(value, depth + 1);
}

function cleanValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEEPEST) return '[deeper]';
  if (value instanceof Error) return cleanError(value, depth);
  if (value instanceof Date || value instanceof URL) return cleanText(String(value.toJSON()));
  if (!Array.isArray(value)) return cleanFields(value, depth);
  return value.slice(0, LONGEST_LIST).map((item) => cleanValue(item, depth + 1));
}

function cleanError(error: Error, depth: number): Record<string, unknown> {
  // `stack` repeats name and message before its lines.
  const lines = error.stack?.split('\n').filter((line) => line.trimStart().startsWith('at '));
  return {
    name: cleanText(error.name),
    message: cleanText(error.message),
    ...cleanFields(error, depth),
    ...(error.cause === undefined ? {} : { cause: cleanValue(error.cause, depth + 1) }),
    stack: lines?.slice(0, STACK_LINES).map((line) => cleanText(line.trim())),
  };
}

function cleanText(text: string): string {
  const clean = text
    // What stands far behind the cut is not worth reading.
    .slice(0, 4 * LONGEST_TEXT)
    .replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]+/gu, ' ')
    .replace(SECRET_TEXT, REDACTED);
  return clean.length > LONGEST_TEXT
    ? `${clean.slice(0, LONGEST_TEXT - 1).toWellFormed()}…`
    : clean.toWellFormed();
}

function readable(line: string): string {
  const { level, time, event, ...fields } = JSON.parse(line) as Record<string, unknown>;
  const shown = Object.entries(fields).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const clock = String(time).slice(11, 19);
  return `${[clock, String(level).padEnd(5), event, ...shown].join(' ')}\n`;
}
