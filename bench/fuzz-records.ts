import { isDeepStrictEqual } from 'node:util';
import { parseArxivId } from '../src/papers/arxiv-id.ts';
import { RECORD_SOURCES } from '../src/papers/paper.ts';
import type { PaperRecord, ReadItem } from '../src/papers/paper-record.ts';
import { worksOf } from '../src/papers/works.ts';

const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\ufeff]/u;
const DAY = /^(?:19|20|21)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

/** What is wrong with what a reader made; empty where it may be stored. */
export function nonsenseIn(items: readonly ReadItem[]): readonly string[] {
  return items.flatMap((item) => {
    if (item.kind === 'record') return wrongWith(item.record);
    const isTold = item.reason !== '' && item.place !== '' && item.reason.length <= 300;
    return isTold ? [] : ['a refusal that says nothing, or too much'];
  });
}

function wrongWith(record: PaperRecord): readonly string[] {
  const { title, abstract, arxivId, version, authors = [], categories = [], origins } = record;
  const texts = [title, abstract, ...authors, record.comment ?? '', record.journal ?? ''];
  const days = [record.date, record.updated, ...(record.announced ?? [])];
  const listed = record.listed ?? [];
  const counts = [record.upvotes, record.commentCount, record.authorCount];
  const claims: readonly (readonly [string, boolean])[] = [
    ['a source of no name', RECORD_SOURCES.includes(record.source)],
    ['a title of no letters', /\p{L}/u.test(title) && title.length <= 1_000],
    ['an abstract of no letters', /\p{L}/u.test(abstract) && abstract.length <= 20_000],
    [
      'text that is not one line',
      texts.every((text) => !UNSEEN.test(text) && text.trim() === text),
    ],
    ['half a letter', texts.every((text) => text.isWellFormed())],
    ['an arXiv id that is none', arxivId === undefined || parseArxivId(arxivId)?.id === arxivId],
    ['a version that is none', version === undefined || (version >= 1 && version <= 999)],
    ['a version of nothing', version === undefined || arxivId !== undefined],
    ['a day that is none', days.every((day) => day === undefined || DAY.test(day))],
    ['a list of no day', listed.every(({ date, rank = 1 }) => DAY.test(date) && rank >= 1)],
    ['a count below nothing', counts.every((count = 0) => Number.isInteger(count) && count >= 0)],
    [
      'a category that is none',
      categories.every((name) => /^[a-z-]+(?:\.[A-Za-z-]+)?$/.test(name)),
    ],
    [
      'no origin',
      origins.length > 0 && origins.every(({ page, line }) => page !== '' && line >= 1),
    ],
    ['what JSON cannot keep', isDeepStrictEqual(JSON.parse(JSON.stringify(record)), record)],
    ['no paper, or several', worksOf([record, record]).length === 1],
    ['an e-mail address', !JSON.stringify(record).includes('secret@example.org')],
  ];
  return claims.filter(([, holds]) => !holds).map(([name]) => name);
}
