import type { Digest, DigestItem, WeekInShort } from './digest.ts';

const MOST_THEMES = 5;
const BEST = 3;

/** The week's digests of a channel as one look back; undefined when they showed no paper. */
export function weekInShort(
  digests: readonly Digest[],
  { from, to }: { readonly from: string; readonly to: string },
): WeekInShort | undefined {
  const shown = digests.flatMap((digest) => (digest.kind === 'papers' ? digest.items : []));
  if (shown.length === 0) return undefined;
  const themes = new Map<string, number>();
  for (const { theme } of shown) {
    if (theme !== undefined) themes.set(theme, (themes.get(theme) ?? 0) + 1);
  }
  return {
    from,
    to,
    papers: shown.length,
    themes: [...themes]
      .map(([name, papers]) => ({ name, papers }))
      .toSorted((a, b) => b.papers - a.papers)
      .slice(0, MOST_THEMES),
    best: shown.toSorted(byScore).slice(0, BEST).map(toLink),
  };
}

function byScore(a: DigestItem, b: DigestItem): number {
  return b.score - a.score || (a.paperId < b.paperId ? -1 : 1);
}

function toLink({ paperId, title, url }: DigestItem) {
  return { paperId, title, url };
}
