import { FootnoteError } from '../../errors.ts';
import { stripSequences } from '../show/visible-text.ts';

const MAX_LENGTH = 8000;
// C0 and C1 but newline and tab: they part words.
const CONTROL = /[\p{Cc}--[\t\n]]/gv;
// Soft hyphens, zero-width and bidi characters, tags, BOM: they stand inside words. A joiner stays
// between letters or emoji that it shapes.
const UNSEEN =
  /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]|(?<![\p{L}\p{M}\p{Extended_Pictographic}])[\u200c\u200d]/gu;

/** What is left of a question without what nobody sees: control sequences and invisible characters. */
export function cleanQuestion(question: string): string {
  // What is unseen goes first: it may part a sequence.
  const seen = question.toWellFormed().replace(UNSEEN, '');
  return stripSequences(seen).replace(CONTROL, ' ').trim();
}

/** The cleaned question. Throws FootnoteError `input` if it is empty or too long. */
export function checkQuestion(question: string): string {
  const clean = cleanQuestion(question);
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
