import type { BodyPart } from '../answer/show/body-parts.ts';

/**
 * The parts on as many pages as they need, each of at most so many characters: cut between pieces,
 * which are sentences or lines, and a head goes along with its first piece. A piece that is longer
 * than a page has to be cut before.
 */
export function paginate(parts: readonly BodyPart[], most: number): readonly string[] {
  const pages: string[] = [];
  let page = '';
  for (const { head, pieces, between } of parts) {
    for (const [i, piece] of pieces.entries()) {
      const start = i === 0 ? head : '';
      const gap = page === '' ? '' : i === 0 ? '\n\n' : between;
      const longer = `${page}${gap}${start}${piece}`;
      if (longer.length <= most) {
        page = longer;
        continue;
      }
      if (page !== '') pages.push(page);
      page = `${start}${piece}`;
    }
  }
  return page === '' ? pages : [...pages, page];
}

/** The first pages, the last of which says that there is more. */
export function atMostPages(
  pages: readonly string[],
  most: number,
  more: string,
): readonly string[] {
  if (pages.length <= most) return pages;
  return pages.slice(0, most).map((page, i) => (i === most - 1 ? `${page}\n\n${more}` : page));
}
