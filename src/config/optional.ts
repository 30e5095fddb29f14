import { z } from 'zod';

/** Whether a setting is as good as absent. */
export const isBlank = (value: unknown) =>
  value === undefined || (typeof value === 'string' && value.trim() === '');

const blankIsAbsent = (value: unknown) => (isBlank(value) ? undefined : value);

/** A setting that may be left out or blank. */
export const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess(blankIsAbsent, schema.optional());

/** A whole number between two others, both included; `problem` says what it must be. */
export const wholeNumber = (least: number, most: number, problem: string) =>
  z.coerce.number(problem).int(problem).min(least, problem).max(most, problem);
