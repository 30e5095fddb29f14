import { cleanLine, clip, escapeWithin as escapeFor } from '../answer/show/clean-text.ts';

/** Unseen, breaks no word: after an at sign it keeps Discord from reading a name. */
const JOINER = '\u2060';

/**
 * Foreign text for Discord's Markdown: nothing in it mentions, links, formats or hides. A backslash
 * before a sign shows the sign, so that what people read and copy is the text itself.
 */
export function escapeMarkdown(text: string): string {
  return cleanLine(text)
    .replace(/[\\`*_~|<>[\]#]/g, '\\$&')
    .replace(/:(?=\S)/g, '\\:')
    .replace(/(?<=[\p{L}\p{N}-])\.(?=\p{L}{2})/gu, '\\.')
    .replace(/^(?=[+=-])/, '\\')
    .replace(/^(\d+)(?=[.)])/, '$1\\')
    .replace(/@/g, `@${JOINER}`);
}

/** The longest beginning of the text whose escaped form keeps within so many characters. */
export function escapeWithin(text: string, most: number): string {
  return escapeFor(text, most, escapeMarkdown);
}

/** Foreign text where no Markdown is read: labels, options, titles of forms and threads. */
export function plainText(text: string, most: number): string {
  return clip(cleanLine(text), most) || '–';
}
