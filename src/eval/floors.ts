import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { FootnoteError } from '../errors.ts';
import type { Figures } from './retrieval-scores.ts';

const LIMITS = z.record(z.string(), z.number());
const FLOORS_FILE = z.strictObject({
  retrieval: LIMITS.default({}),
  answers: LIMITS.default({}),
  modern: LIMITS.default({}),
  max: LIMITS.default({}),
});

/** Least values by figure, and under `max` greatest values of figures that must stay low. */
export type Floors = Readonly<z.infer<typeof FLOORS_FILE>>;

/** A figure past its limit, or one that has a limit and was not measured. */
export type Breach =
  | ({ readonly kind: 'too-low' | 'too-high'; readonly name: string } & Measured)
  | { readonly kind: 'missing'; readonly name: string; readonly limit: number };

interface Measured {
  readonly value: number;
  readonly limit: number;
}

/** What was measured, by the groups of the floors. */
export interface MeasuredFigures {
  readonly retrieval: Figures;
  readonly answers: Figures;
  /** Of the second set of questions, over abstracts that do not ship. */
  readonly modern: Figures;
}

/** Loads the floors. Throws FootnoteError 'input' for a file that is missing or of another shape. */
export async function loadFloors(file: string): Promise<Floors> {
  try {
    return FLOORS_FILE.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    const shape = '{"retrieval": {name: number}, "answers": {...}, "modern": {...}, "max": {...}}';
    const message = `Cannot use ${file} as floors. It must be JSON of the form ${shape}.`;
    throw new FootnoteError('input', message, { cause, facts: { file } });
  }
}

/**
 * Lists what breaks a floor; empty when all hold. A figure equal to its limit holds; one that was
 * not measured does not. Names under `max` are looked up in the answers, then in the retrieval.
 */
export function findBreaches(floors: Floors, measured: MeasuredFigures): Breach[] {
  const both = { ...measured.retrieval, ...measured.answers };
  return [
    ...checkGroup(floors.retrieval, measured.retrieval, 'too-low'),
    ...checkGroup(floors.answers, measured.answers, 'too-low'),
    ...checkGroup(floors.modern, measured.modern, 'too-low', 'modern '),
    ...checkGroup(floors.max, both, 'too-high'),
  ];
}

/** One line for people. */
export function renderBreach(breach: Breach): string {
  switch (breach.kind) {
    case 'too-low':
      return `${breach.name} is ${breach.value.toFixed(3)}, below its floor ${breach.limit}`;
    case 'too-high':
      return `${breach.name} is ${breach.value.toFixed(3)}, above its limit ${breach.limit}`;
    case 'missing':
      return `${breach.name} was not measured; its limit is ${breach.limit}`;
  }
}

function checkGroup(
  limits: Figures,
  figures: Figures,
  kind: 'too-low' | 'too-high',
  group = '',
): Breach[] {
  return Object.entries(limits).flatMap(([figure, limit]): Breach[] => {
    const value = figures[figure];
    const name = group + figure;
    if (value === undefined) return [{ kind: 'missing', name, limit }];
    const holds = kind === 'too-low' ? value >= limit : value <= limit;
    return holds ? [] : [{ kind, name, value, limit }];
  });
}
