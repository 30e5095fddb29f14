import { z } from 'zod';

/** Whether a setting is as good as absent. */
export const isBlank = (value: unknown) =>
  value === undefined || (typeof value === 'string' && value.trim() === '');

const blankIsAbsent = (value: unknown) => (isBlank(value) ? undefined : value);

/** A setting that may be left out or blank. */
export const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess(blankIsAbsent, schema.optional());

/** A whole number within bounds; `message` says so for anything else. */
export const wholeNumber = (min: number, max: number, message: string) =>
  z.coerce.number(message).int(message).min(min, message).max(max, message);
