import type { Markup } from '../answer/show/body-parts.ts';
import { paperLink } from '../answer/show/paper-link.ts';
import { escapeMarkdown, escapeWithin } from './escape.ts';

const LONGEST_TITLE = 200;

/** How Discord's Markdown writes answers. Angle brackets keep links from unfolding into previews. */
export const MARKDOWN: Markup = {
  escape: escapeMarkdown,
  heading: (title) => `**${escapeWithin(title, LONGEST_TITLE) || '(no title)'}**`,
  strong: (text) => `**${text}**`,
  // The outer brackets are escaped signs, so that only the number is the link's label.
  marker: (n, link) => `\\[${link === undefined ? n : `[${n}](<${link}>)`}\\]`,
};

/** The title of a paper, linked where its record's link may be followed, and the host it leads to. */
export function titleLink(
  { title, url }: { readonly title: string; readonly url?: string },
  most = LONGEST_TITLE,
): string {
  const label = escapeWithin(title, most) || '(no title)';
  const link = url === undefined ? undefined : paperLink(url);
  if (link === undefined) return `**${label}**`;
  return `**[${label}](<${link}>)** · ${new URL(link).hostname}`;
}

/** " · 2024-01-01", or nothing. */
export function dateSuffix(date: string | undefined): string {
  return date === undefined ? '' : ` · ${escapeMarkdown(date.slice(0, 10))}`;
}
