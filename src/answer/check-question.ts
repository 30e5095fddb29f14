import { FootnoteError } from '../errors.ts';

const MAX_LENGTH = 8000;
// C0 and C1 controls but newline and tab, bidi overrides and isolates, zero-width characters, BOM.
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** The question without invisible characters. Throws FootnoteError `input` if empty or too long. */
export function checkQuestion(question: string): string {
  const clean = question.toWellFormed().replace(UNSEEN, ' ').trim();
  if (clean === '') {
    throw new FootnoteError('input', 'The question is empty. Type what you want to know.');
  }
  if (clean.length > MAX_LENGTH) {
    throw new FootnoteError(
      'input',
      `The question is ${clean.length} characters long; at most ${MAX_LENGTH} are read. Ask in fewer words.`,
    );
  }
  return clean;
}
