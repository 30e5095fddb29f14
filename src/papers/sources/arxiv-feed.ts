import type { ReadItem } from '../paper-record.ts';
import { splitAuthors } from './kaggle.ts';
import { readDay, readRecord } from './read-record.ts';
import { attribute, child, children, ownText, parseXml, textOf, type XmlNode } from './xml.ts';

const ORIGIN = [{ page: 'arxiv', line: 1 }];
// "arXiv:2401.00001v2 Announce Type: replace", then "Abstract: ..."
const DESCRIPTION = /^\s*arXiv:(\S+)\s+Announce Type:\s*([a-z-]+)\s+Abstract:\s*([\s\S]*)$/i;

/** What arXiv announced on one day. */
export interface Announcements {
  /** `YYYY-MM-DD`; undefined where the feed does not say. */
  readonly day?: string;
  readonly items: readonly ReadItem[];
}

/**
 * Reads a feed of https://info.arxiv.org/help/rss.html in either form, RSS or Atom; undefined for
 * what is neither or is cut off. On days without announcements it holds no items.
 */
export function readAnnouncements(xml: string, fetchedAt: string): Announcements | undefined {
  const document = parseXml(xml);
  if (document === undefined) return undefined;
  if (Object.hasOwn(document, 'rss')) {
    const channel = child(child(document, 'rss'), 'channel');
    const day = readDay(textOf(channel, 'pubDate'));
    const items = children(channel, 'item').filter((item) => Object.hasOwn(item, 'title'));
    return {
      ...(day !== undefined && { day }),
      items: items.map((item, at) =>
        readAnnounced(item, {
          place: `item ${at + 1}`,
          fetchedAt,
          description: textOf(item, 'description'),
          announcedAt: textOf(item, 'pubDate'),
          categories: children(item, 'category').map(ownText),
        }),
      ),
    };
  }
  if (!Object.hasOwn(document, 'feed')) return undefined;
  const feed = child(document, 'feed');
  const day = readDay(textOf(feed, 'updated'));
  const entries = children(feed, 'entry').filter((entry) => Object.hasOwn(entry, 'title'));
  return {
    ...(day !== undefined && { day }),
    items: entries.map((entry, at) =>
      readAnnounced(entry, {
        place: `entry ${at + 1}`,
        fetchedAt,
        description: textOf(entry, 'summary'),
        announcedAt: textOf(entry, 'published'),
        categories: children(entry, 'category').map((category) => attribute(category, 'term')),
      }),
    ),
  };
}

interface AnnouncedItem {
  readonly place: string;
  readonly fetchedAt: string;
  readonly description: string;
  readonly announcedAt: string;
  readonly categories: readonly string[];
}

function readAnnounced(
  item: XmlNode,
  { place, fetchedAt, description, announcedAt, categories }: AnnouncedItem,
): ReadItem {
  const [, id, written = '', abstract] = DESCRIPTION.exec(description) ?? [];
  if (id === undefined) {
    return { kind: 'refused', place, reason: 'its description is not as arXiv writes them' };
  }
  const type = textOf(item, 'arxiv:announce_type') || written;
  const isNew = type === 'new' || type === 'cross';
  const read = readRecord({
    source: 'arxiv-feed',
    origins: ORIGIN,
    place,
    title: textOf(item, 'title'),
    abstract,
    arxivId: id,
    // A replaced paper was submitted long before; a cross-listed one perhaps, too.
    date: type === 'new' ? announcedAt : undefined,
    updated: announcedAt,
    fetchedAt,
    authors: splitAuthors(textOf(item, 'dc:creator') || authorsOf(item)),
    categories,
    license: textOf(item, 'dc:rights'),
    doi: textOf(item, 'arxiv:DOI'),
    journal: textOf(item, 'arxiv:journal_reference'),
    announced: isNew ? [announcedAt] : undefined,
  });
  return read.kind === 'record' ? { ...read, raw: JSON.stringify(item) } : read;
}

function authorsOf(item: XmlNode): string {
  return children(item, 'author')
    .map((author) => textOf(author, 'name'))
    .join(', ');
}
