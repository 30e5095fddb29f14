import { FootnoteError } from '../src/errors.ts';
import type { ReadItem } from '../src/papers/paper-record.ts';
import { readAnnouncements } from '../src/papers/sources/arxiv-feed.ts';
import { readOaiPage } from '../src/papers/sources/arxiv-oai.ts';
import { readQueryFeed } from '../src/papers/sources/arxiv-query.ts';
import { readBibtex } from '../src/papers/sources/bibtex.ts';
import { readDailyList, readHubPage, readPaperDetail } from '../src/papers/sources/hugging-face.ts';
import { readJsonlLine } from '../src/papers/sources/jsonl.ts';
import { parseJson } from '../src/papers/sources/parse-json.ts';
import {
  atomEntry,
  atomFeed,
  oaiDocument,
  oaiRecord,
  rssFeed,
} from '../test/fakes/arxiv-documents.ts';
import { dailyItem } from '../test/fakes/hugging-face-server.ts';
import { pick } from '../test/papers/seeded-random.ts';

/** A form of payload: a right one, and what reads it. */
interface Form {
  readonly name: string;
  readonly sound: string;
  readonly read: (payload: string) => readonly ReadItem[];
}

type Random = () => number;

const AT = '2026-11-26T06:00:00.000Z';
const ORIGIN = { page: 'fuzz', line: 1 };
const PAPER = {
  id: '2611.00001',
  title: 'Nets & Graphs',
  abstract: 'We study <nets> of 3 nodes.',
  summary: 'We study <nets> of 3 nodes.',
  version: 2,
  comments: '5 pages',
  announced: 'new',
} as const;
const ITEM = dailyItem(PAPER, '2026-11-20');
const HTML = JSON.stringify({ periodType: 'day', dateString: '2026-11-20', dailyPapers: [ITEM] });
const KAGGLE = JSON.stringify({
  id: '0704.0001',
  authors: 'A. Lovelace (1), B. Turing',
  title: 'Diphotons',
  categories: 'hep-ph cs.LG',
  abstract: '  A calculation is\n presented.\n',
  versions: [{ version: 'v1', created: 'Mon, 2 Apr 2007 19:18:42 GMT' }],
  update_date: '2008-11-26',
  authors_parsed: [['Lovelace', 'A.', '']],
});
const EXPORT = JSON.stringify({
  id: 'title:0123456789abcdef',
  title: 'Nets',
  abstract: 'We study nets.',
  date: '2024-02-29',
  authors: ['Ada Lovelace'],
  sources: [{ page: 'a.txt', line: 3 }],
});
const BIBTEX =
  '@article{k1, title={{N}ets of {\\"U}ber}, author={Lovelace, Ada and Turing, A.}, year=2024, month=apr, eprint={2401.00001v2}, archivePrefix={arXiv}, abstract={We study 3\\% of nets.}}';

/** All forms that papers come in. */
export const FORMS: readonly Form[] = [
  { name: 'Hugging Face list', sound: JSON.stringify([ITEM]), read: readJsonList },
  { name: 'Hugging Face paper', sound: JSON.stringify(ITEM.paper), read: readJsonPaper },
  {
    name: 'Hugging Face page',
    sound: `<div data-target="DailyPapers" data-props="${HTML.replaceAll('"', '&quot;')}"></div>`,
    read: (html) => readHubPage(html, { origin: ORIGIN }),
  },
  { name: 'arXiv query', sound: atomFeed([atomEntry(PAPER)], 1), read: readQuery },
  {
    name: 'arXiv feed',
    sound: rssFeed([PAPER]),
    read: (xml) => readAnnouncements(xml, AT)?.items ?? [],
  },
  {
    name: 'arXiv OAI-PMH',
    sound: oaiDocument(`<ListRecords>${oaiRecord(PAPER)}</ListRecords>`, AT),
    read: readOai,
  },
  { name: 'Kaggle line', sound: KAGGLE, read: (line) => [readJsonlLine(line, ORIGIN)] },
  { name: 'exported line', sound: EXPORT, read: (line) => [readJsonlLine(line, ORIGIN)] },
  { name: 'BibTeX', sound: BIBTEX, read: (source) => readBibtex(source, 'fuzz').items },
];

/** One payload, made wrong in up to four places; what its reader makes of it. */
export function fuzzOnce(
  form: Form,
  random: Random,
): { payload: string; items: readonly ReadItem[] } {
  let payload = form.sound;
  const changes = Math.floor(random() * 5);
  for (let change = 0; change < changes; change += 1) payload = spoil(payload, random);
  try {
    return { payload, items: form.read(payload) };
  } catch (error) {
    // The one kind of error that people are told.
    if (error instanceof FootnoteError && error.code === 'input') return { payload, items: [] };
    throw new Error(`${form.name} cannot bear ${JSON.stringify(payload)}`, { cause: error });
  }
}

const ODD = [
  ...['\u0000', '\ud800', '\u202e', '\ufeff', '\n', '"', '\\', '<', '>', '&', '&#0;', '&#x110000;'],
  ...['&lt;script&gt;', ']]>', '<![CDATA[', '<!DOCTYPE a [<!ENTITY b "c">]>', '&b;', '<a>', '</a>'],
  ...[
    'null',
    '[]',
    '{}',
    '-1',
    '1e999',
    '99999999999999999999',
    'true',
    '""',
    '{"__proto__":{"x":1}}',
  ],
  ...['__proto__', 'constructor', '{', '}', '@', '%', '\\input{/etc/passwd}', '{\\"', '$', 'v0'],
  ...[
    '2026-02-30',
    '0000-00-00',
    '9999-99-99',
    'Mon, 99 Xyz 20007',
    '../../etc',
    'javascript:alert(1)',
  ],
  ...[' '.repeat(50), 'é'.normalize('NFD'), 'ε', '😀', '中文', 'a'.repeat(1_200)],
];

function spoil(payload: string, random: Random): string {
  const at = Math.floor(random() * (payload.length + 1));
  const length = Math.floor(random() * 30);
  switch (Math.floor(random() * 7)) {
    case 0:
      return payload.slice(0, at);
    case 1:
      return payload.slice(0, at) + payload.slice(at + length);
    case 2:
      return payload.slice(0, at) + pick(random, ODD) + payload.slice(at);
    case 3:
      return payload.slice(0, at) + payload.slice(Math.max(0, at - length));
    case 4:
      return payload.slice(0, at) + String.fromCharCode(random() * 0x300) + payload.slice(at + 1);
    case 5:
      // A whole value of JSON, or the text of an element.
      return payload.replace(
        pick(random, [/:"[^"]*"/g, />[^<]+</g, /:\s*\[[^\]]*\]/g, /=\{[^{}]*\}/g]),
        (whole) => (random() < 0.3 ? `${whole[0]}${pick(random, ODD)}${whole.at(-1)}` : whole),
      );
    default:
      return payload.slice(at) + payload.slice(0, at);
  }
}

function readJsonList(text: string): readonly ReadItem[] {
  const value = parseJson(text);
  return readDailyList(value, { origin: ORIGIN, fetchedAt: AT, day: '2026-11-20' }) ?? [];
}

function readJsonPaper(text: string): readonly ReadItem[] {
  return [readPaperDetail(parseJson(text), { origin: ORIGIN, fetchedAt: AT })];
}

function readQuery(xml: string): readonly ReadItem[] {
  const answer = readQueryFeed(xml, AT);
  return answer.kind === 'papers' ? answer.items : [];
}

function readOai(xml: string): readonly ReadItem[] {
  const answer = readOaiPage(xml, AT);
  return answer.kind === 'page' ? answer.items : [];
}
