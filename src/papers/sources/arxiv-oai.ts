import { parseArxivId } from '../arxiv-id.ts';
import type { ReadItem } from '../paper-record.ts';
import { splitAuthors } from './kaggle.ts';
import { readRecord } from './read-record.ts';
import { attribute, child, children, parseXml, textOf, type XmlNode } from './xml.ts';

/** One answer of arXiv's OAI-PMH. */
export type OaiAnswer =
  | {
      readonly kind: 'page';
      readonly items: readonly ReadItem[];
      /** Records that were taken away. */
      readonly deleted: readonly { readonly arxivId: string; readonly at: string }[];
      /** Asks for the next page; absent on the last one. */
      readonly token?: string;
      /** The server's own time, `YYYY-MM-DD`: where the next harvest begins. */
      readonly responseDay?: string;
    }
  | { readonly kind: 'nothing'; readonly responseDay?: string }
  /** The token is too old: the harvest begins anew. */
  | { readonly kind: 'expired' }
  | { readonly kind: 'error'; readonly message: string }
  /** No such document, or one that is cut off or empty where it cannot be. */
  | { readonly kind: 'unreadable' };

const ORIGIN = [{ page: 'arxiv', line: 1 }];

/** Reads `ListRecords` or `GetRecord` in the format arXivRaw, fetched at that time. */
export function readOaiPage(xml: string, fetchedAt: string): OaiAnswer {
  const document = parseXml(xml);
  if (document === undefined || !Object.hasOwn(document, 'OAI-PMH')) return { kind: 'unreadable' };
  const envelope = child(document, 'OAI-PMH');
  const day = /^\d{4}-\d\d-\d\d/.exec(textOf(envelope, 'responseDate'))?.[0];
  const dated = day === undefined ? {} : { responseDay: day };
  const [error] = children(envelope, 'error');
  if (error !== undefined) return readError(error, textOf(envelope, 'error'), dated);
  const name = Object.hasOwn(envelope, 'GetRecord') ? 'GetRecord' : 'ListRecords';
  const list = child(envelope, name);
  const records = children(list, 'record').filter((record) => Object.hasOwn(record, 'header'));
  // A list of nothing would be the error noRecordsMatch.
  if (records.length === 0) return { kind: 'unreadable' };
  const token = textOf(list, 'resumptionToken').trim();
  const isDeleted = (record: XmlNode) => attribute(child(record, 'header'), 'status') === 'deleted';
  return {
    kind: 'page',
    items: records
      .filter((record) => !isDeleted(record))
      .map((record, at) => readOaiRecord(record, { place: `record ${at + 1}`, fetchedAt })),
    deleted: records.filter(isDeleted).flatMap((record) => {
      const arxivId = idOf(record);
      return arxivId === undefined ? [] : [{ arxivId, at: fetchedAt }];
    }),
    ...(token !== '' && { token }),
    ...dated,
  };
}

function readError(
  error: XmlNode,
  message: string,
  dated: { readonly responseDay?: string },
): OaiAnswer {
  switch (attribute(error, 'code')) {
    case 'noRecordsMatch':
      return { kind: 'nothing', ...dated };
    case 'badResumptionToken':
      return { kind: 'expired' };
    default:
      return {
        kind: 'error',
        message: `${attribute(error, 'code')} ${message}`.trim().slice(0, 300),
      };
  }
}

function idOf(record: XmlNode): string | undefined {
  return parseArxivId(textOf(child(record, 'header'), 'identifier'))?.id;
}

function readOaiRecord(
  record: XmlNode,
  { place, fetchedAt }: { readonly place: string; readonly fetchedAt: string },
): ReadItem {
  const raw = child(child(record, 'metadata'), 'arXivRaw');
  // The submitter can be an e-mail address: it is neither read nor kept.
  const { submitter: _submitter, ...payload } = raw;
  const versions = children(raw, 'version').map((version) => ({
    number: Number(/^v(\d{1,3})$/.exec(attribute(version, 'version'))?.[1] ?? 0),
    date: textOf(version, 'date'),
  }));
  const sorted = versions.filter(({ number }) => number > 0).sort((a, b) => a.number - b.number);
  const [first] = sorted;
  const latest = sorted.at(-1);
  const id = textOf(raw, 'id') || idOf(record);
  if (id === undefined) return { kind: 'refused', place, reason: 'it has no arXiv id' };
  const item = readRecord({
    source: 'arxiv-oai',
    origins: ORIGIN,
    place,
    title: textOf(raw, 'title'),
    abstract: textOf(raw, 'abstract'),
    arxivId: id,
    version: latest?.number,
    date: first?.number === 1 ? first.date : undefined,
    updated: latest?.date,
    fetchedAt,
    authors: splitAuthors(textOf(raw, 'authors')),
    categories: textOf(raw, 'categories').split(/\s+/),
    license: textOf(raw, 'license'),
    doi: textOf(raw, 'doi'),
    journal: textOf(raw, 'journal-ref'),
    comment: textOf(raw, 'comments'),
  });
  return item.kind === 'record' ? { ...item, raw: JSON.stringify(payload) } : item;
}
