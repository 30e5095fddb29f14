import type { ReadItem } from '../paper-record.ts';
import { foldLines, readRecord } from './read-record.ts';
import { attribute, child, children, parseXml, textOf, type XmlNode } from './xml.ts';

/** An answer of arXiv's query API. */
export type QueryAnswer =
  | { readonly kind: 'papers'; readonly items: readonly ReadItem[]; readonly total: number }
  /** arXiv says what is wrong with the question, in a feed of its own. */
  | { readonly kind: 'error'; readonly message: string }
  /** No feed, or one that is cut off. */
  | { readonly kind: 'unreadable' };

const ORIGIN = [{ page: 'arxiv', line: 1 }];

/** Reads an Atom feed of https://info.arxiv.org/help/api/user-manual.html, fetched at that time. */
export function readQueryFeed(xml: string, fetchedAt: string): QueryAnswer {
  const document = parseXml(xml);
  if (document === undefined || !Object.hasOwn(document, 'feed')) return { kind: 'unreadable' };
  const feed = child(document, 'feed');
  const entries = children(feed, 'entry').filter((entry) => Object.hasOwn(entry, 'id'));
  // With 400, and in older days with 200: the entry tells, not the status.
  const error = entries.find((entry) => /\/api\/errors/.test(textOf(entry, 'id')));
  if (error !== undefined) return { kind: 'error', message: foldLines(textOf(error, 'summary')) };
  const items = entries.map((entry, at) =>
    readEntry(entry, { place: `entry ${at + 1}`, fetchedAt }),
  );
  const total = Number(textOf(feed, 'opensearch:totalResults') || items.length);
  return { kind: 'papers', items, total: Number.isInteger(total) ? total : items.length };
}

function readEntry(
  entry: XmlNode,
  { place, fetchedAt }: { readonly place: string; readonly fetchedAt: string },
): ReadItem {
  const item = readRecord({
    source: 'arxiv-api',
    origins: ORIGIN,
    place,
    title: textOf(entry, 'title'),
    abstract: textOf(entry, 'summary'),
    arxivId: textOf(entry, 'id'),
    date: textOf(entry, 'published'),
    updated: textOf(entry, 'updated'),
    fetchedAt,
    authors: children(entry, 'author').map((author) => textOf(author, 'name')),
    categories: categoriesOf(entry),
    comment: textOf(entry, 'arxiv:comment'),
    journal: textOf(entry, 'arxiv:journal_ref'),
    doi: textOf(entry, 'arxiv:doi'),
  });
  if (item.kind === 'refused') return item;
  if (item.record.arxivId === undefined) {
    return { kind: 'refused', place, reason: 'it has no arXiv id' };
  }
  return { ...item, raw: JSON.stringify(entry) };
}

function categoriesOf(entry: XmlNode): readonly string[] {
  const primary = attribute(child(entry, 'arxiv:primary_category'), 'term');
  const all = children(entry, 'category').map((category) => attribute(category, 'term'));
  return [...new Set([primary, ...all])].filter(Boolean);
}
