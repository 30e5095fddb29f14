import { z } from 'zod';
import { visibleLine } from '../answer/show/visible-text.ts';

const Chosen = z.object({ value: z.string() });
const Field = z.object({
  value: z.string().nullish(),
  selected_time: z.string().nullish(),
  selected_option: Chosen.nullish(),
  selected_options: z.array(Chosen).nullish(),
});
/** The fields of a form, by block and action. */
export const FormState = z.object({ values: z.record(z.string(), z.record(z.string(), Field)) });

/** What is wrong in a form, by the block it stands at; undefined when it was taken. */
export type FormErrors = Readonly<Record<string, string>> | undefined;

/** What somebody put into a form, by block; foreign text, each line of it cleaned. */
export interface FormValues {
  /** Empty where nothing was written. */
  text(block: string): string;
  one(block: string): string | undefined;
  all(block: string): readonly string[];
}

export function formValues({ values }: z.infer<typeof FormState>): FormValues {
  const field = (block: string) => Object.values(values[block] ?? {})[0];
  return {
    text(block) {
      const written = field(block)?.value ?? field(block)?.selected_time ?? '';
      return written.split('\n').map(visibleLine).join('\n').trim();
    },
    one: (block) => field(block)?.selected_option?.value,
    all: (block) => (field(block)?.selected_options ?? []).map(({ value }) => value),
  };
}
