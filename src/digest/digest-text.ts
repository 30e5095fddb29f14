import { visibleLine } from '../answer/show/visible-text.ts';
import { foldText } from '../papers/fold.ts';
import { listed } from './describe-subscription.ts';
import type { Digest, DigestItem, WeekInShort } from './digest.ts';

const NAMED_AUTHORS = 3;

/**
 * A digest as lines of plain text, for the terminal and wherever nothing richer is to be had. What
 * comes from papers is one line each, without characters that move or hide anything.
 */
export function digestLines(digest: Digest): readonly string[] {
  switch (digest.kind) {
    case 'papers':
      return [line(digest.headline), ...digest.items.flatMap(itemLines), ...weekLines(digest.week)];
    case 'empty':
      return [line(digest.headline), ...weekLines(digest.week)];
    case 'changed-answer':
      return [
        line(digest.headline),
        '',
        `Question: ${line(digest.question)}`,
        ...(digest.before === undefined ? [] : [`Before: ${line(digest.before.text)}`]),
        `Now: ${line(digest.after.text)}`,
        ...digest.gained.map(({ title, url }) => `  + ${line(title)}  ${line(url)}`),
        ...digest.lost.map(({ title, url }) => `  - ${line(title)}  ${line(url)}`),
      ];
  }
}

/** "A. Author, B. Author and 3 others · Example Labs · 2026-11-20 · 42 upvotes". */
export function itemByline(item: DigestItem): string {
  const { organization, date, upvotes } = item;
  return [
    authorsOf(item),
    organization === undefined ? '' : line(organization),
    date ?? '',
    upvotes === undefined ? '' : `${upvotes} ${upvotes === 1 ? 'upvote' : 'upvotes'}`,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

function itemLines(item: DigestItem): readonly string[] {
  const { n, title, url, summary, why, alike, change } = item;
  const byline = itemByline(item);
  return [
    '',
    `${n}. ${change === undefined ? '' : 'Updated: '}${line(title)}`,
    ...(byline === '' ? [] : [`   ${byline}`]),
    `   ${line(url)}`,
    ...summary.sentences.map(({ text }) => `   ${line(text)}`),
    ...(change?.added ?? []).map((sentence) => `   New: ${line(sentence)}`),
    ...(change?.removed ?? []).map((sentence) => `   Gone: ${line(sentence)}`),
    `   ${line(why)}`,
    ...alike.map((other) => `   Much the same: ${line(other.title)}  ${line(other.url)}`),
  ];
}

function weekLines(week: WeekInShort | undefined): readonly string[] {
  if (week === undefined) return [];
  const themes = listed(week.themes.map(({ name, papers }) => `${line(name)} (${papers})`));
  const papers = week.papers === 1 ? 'one paper' : `${week.papers} papers`;
  return [
    '',
    `The week in short, ${week.from} to ${week.to}: ${papers}${themes === '' ? '' : `, on ${themes}`}. The best:`,
    ...week.best.map(({ title, url }) => `   ${line(title)}  ${line(url)}`),
  ];
}

function authorsOf({ authors, authorCount }: DigestItem): string {
  if (authors.length === 0) return authorCount === 0 ? '' : counted(authorCount, 'author');
  const named = authors.slice(0, NAMED_AUTHORS).map(line);
  const others = authorCount - named.length;
  return others > 0 ? `${named.join(', ')} and ${counted(others, 'other')}` : listed(named);
}

/** Such as "one paper" or "3 papers". */
export function counted(count: number, noun: string): string {
  return count === 1 ? `one ${noun}` : `${count} ${noun}s`;
}

function line(text: string): string {
  return visibleLine(foldText(text)).trim();
}
