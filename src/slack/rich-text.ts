import type { types } from '@slack/bolt';
import { cleanLine, clip } from '../answer/show/clean-text.ts';
import { paperLink } from '../answer/show/paper-link.ts';
import { visibleLine } from '../answer/show/visible-text.ts';
import { escapePlain } from './escape.ts';

/** A run of text. In rich text nothing is markup: not a mention, not a link, not a star. */
export type Run = types.RichTextElement;

interface RunOptions {
  readonly bold?: boolean;
  readonly most?: number;
}

/** Foreign text or ours, as it is. */
export function run(text: string, { bold = false, most = 2_000 }: RunOptions = {}): Run {
  const shown = clip(escapePlain(visibleLine(text)), most);
  return { type: 'text', text: shown, ...(bold && { style: { bold: true } }) };
}

/** The title of a paper, linked where its record's link may be followed. */
export function titleRun(
  { title, url }: { readonly title: string; readonly url?: string },
  most = 300,
): Run {
  const text = clip(escapePlain(cleanLine(title)), most) || '(no title)';
  const link = url === undefined ? undefined : paperLink(url);
  const style = { bold: true };
  return link === undefined
    ? { type: 'text', text, style }
    : { type: 'link', url: link, text, style };
}

/** A line or paragraph of runs. */
export function line(...runs: readonly Run[]): types.RichTextSection {
  return { type: 'rich_text_section', elements: filled(runs) };
}

/** A paragraph marked as a quotation. */
export function quoted(...runs: readonly Run[]): types.RichTextQuote {
  return { type: 'rich_text_quote', elements: filled(runs) };
}

/** A list of lines. */
export function bullets(lines: readonly types.RichTextSection[]): types.RichTextList {
  return { type: 'rich_text_list', style: 'bullet', elements: [...lines] };
}

/** The block that holds lines, quotations and lists. */
export function richText(...elements: readonly types.RichTextBlockElement[]): types.RichTextBlock {
  return { type: 'rich_text', elements: [...elements] };
}

/** Slack takes no run without signs, and no line without runs. */
function filled(runs: readonly Run[]): Run[] {
  const kept = runs.filter((each) => each.type !== 'text' || each.text !== '');
  return kept.length === 0 ? [{ type: 'text', text: '–' }] : [...kept];
}
