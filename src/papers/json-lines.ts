import { createReadStream } from 'node:fs';
import type { z } from 'zod';
import { FootnoteError } from '../errors.ts';

/**
 * Streams the lines of a text file. Splits at line feeds only: node's readline also splits at
 * U+2028, which may stand inside a JSON string. Throws FootnoteError 'input' for an unreadable file.
 */
export async function* readLines(file: string): AsyncGenerator<string> {
  // Joined only when its end is there: a line of many megabytes is not copied with every chunk.
  let open: string[] = [];
  try {
    for await (const chunk of createReadStream(file, { encoding: 'utf8' })) {
      const [first = '', ...others] = String(chunk).split('\n');
      open.push(first);
      for (const next of others) {
        yield trimLine(open.join(''));
        open = [next];
      }
    }
  } catch (cause) {
    throw unreadable(file, cause);
  }
  const last = trimLine(open.join(''));
  if (last !== '') yield last;
}

/** A checked record and the line it stood on (from 1). */
export interface JsonLine<T> {
  readonly value: T;
  readonly line: number;
}

/**
 * Streams the records of a JSONL file past `schema`; empty lines are passed over.
 * Throws FootnoteError 'input' with file and line for what is no JSON or does not fit.
 */
export async function* readJsonl<T>(
  file: string,
  schema: z.ZodType<T>,
): AsyncGenerator<JsonLine<T>> {
  let line = 0;
  for await (const text of readLines(file)) {
    line += 1;
    if (text.trim() !== '') yield { value: parseRecord(text, schema, { file, line }), line };
  }
}

/** Where in a file something stood; lines count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** The error for a line that cannot be used; `problem` says why and what to do. */
export function lineError(place: Place, problem: string, cause?: unknown): FootnoteError {
  const message = `${place.file}, line ${place.line}: ${problem}`;
  return new FootnoteError('input', message, { cause, facts: { ...place } });
}

function parseRecord<T>(text: string, schema: z.ZodType<T>, place: Place): T {
  const result = schema.safeParse(parseJson(text, place));
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => {
    const path = issue.path.join('.');
    return path === '' ? issue.message : `${path}: ${issue.message}`;
  });
  throw lineError(place, `${problems.join('; ')}. Correct this line.`, result.error);
}

function parseJson(text: string, place: Place): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw lineError(place, 'not JSON. Each line must hold one whole JSON object.', cause);
  }
}

function trimLine(line: string): string {
  return line.replace(/^\uFEFF/, '').replace(/\r$/, '');
}

/** The FootnoteError `input` for a file that cannot be read, with the reason. */
export function unreadable(file: string, cause: unknown): FootnoteError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  const reason = code === 'ENOENT' ? 'there is no such file' : code;
  const message = `Cannot read ${file}: ${reason}. Check the path and that the file is in place.`;
  return new FootnoteError('input', message, { cause, facts: { file, reason: code } });
}
