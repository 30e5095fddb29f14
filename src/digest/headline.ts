import { describeSchedule, listed } from './describe-subscription.ts';
import type { DigestCounts, PapersDigest, Theme } from './digest.ts';
import type { PaperWish, Schedule } from './subscription.ts';

const MOST_THEMES = 4;

/** Counts and themes of a digest in a sentence or two; theme names are words of papers. */
export function papersHeadline(
  { from, counts, themes }: Pick<PapersDigest, 'from' | 'counts' | 'themes'>,
  wish: PaperWish,
): string {
  const { papers, fitting, shown } = counts;
  const told = describeThemes(themes, fitting);
  if (from === 'library') {
    return `Nothing is new, so here ${shown === 1 ? 'is the one paper' : `are ${shown} papers`} of the library that ${shown === 1 ? 'fits' : 'fit'} ${about(wish)} best${told}.`;
  }
  const fit = fitting === 1 ? 'one fits' : `${fitting} fit`;
  const chosen =
    shown < fitting ? `, the best ${shown === 1 ? 'one is' : `${shown} are`} below` : '';
  return `${plural(papers, 'new paper')}, ${fit} ${about(wish)}${chosen}${told}.`;
}

/** What is said on a day without papers. */
export function emptyHeadline(
  { papers }: DigestCounts,
  { wish, schedule }: { readonly wish: PaperWish; readonly schedule: Schedule },
): string {
  const came =
    papers === 0
      ? 'No new paper came in'
      : `${plural(papers, 'new paper')} came in, none of which fits ${about(wish)}`;
  return `${came} since the last digest. I keep looking ${describeSchedule(schedule)}, and say so again only after there was something.`;
}

function about({ topics, authors, organizations }: PaperWish): string {
  const names = [...topics.map((topic) => `“${topic}”`), ...authors, ...organizations];
  return names.length === 0 ? 'this channel' : listed(names).replace(/ and (?=[^ ]*$|“)/, ' or ');
}

/** Those of several papers; of one paper alone only where there is no other. */
function describeThemes(themes: readonly Theme[], fitting: number): string {
  const several = themes.filter(({ papers }) => papers > 1).slice(0, MOST_THEMES);
  if (several.length === 0 || fitting < 2) return '';
  return `: ${listed(several.map(({ name, papers }) => `${name} (${papers})`))}`;
}

function plural(count: number, noun: string): string {
  return count === 1 ? `One ${noun}` : `${count} ${noun}s`;
}
