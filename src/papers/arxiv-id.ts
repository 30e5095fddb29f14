/** An arXiv id taken apart; without a version the latest one is meant. */
export interface ArxivId {
  readonly id: string;
  readonly version?: number;
}

// https://info.arxiv.org/help/arxiv_identifier.html: YYMM.NNNN from April 2007, five digits from 2015,
// and archive/YYMMNNN before.
const ID = /^(\d{4}\.\d{4,5}|[a-z]+(?:-[a-z]+)?(?:\.[a-z]{2})?\/\d{7})(?:v([1-9]\d{0,2}))?$/i;
const PREFIX =
  /^(?:oai:arxiv\.org:|arxiv:|https?:\/\/(?:www\.|export\.)?arxiv\.org\/(?:abs|pdf|html)\/|https?:\/\/(?:www\.)?alphaxiv\.org\/abs\/|https?:\/\/huggingface\.co\/papers\/|https?:\/\/(?:dx\.)?doi\.org\/10\.48550\/arxiv\.)\s*/i;
const TAIL = /(?:\.pdf)?(?:[?#].*)?\/?$/i;

/**
 * Reads an arXiv id as people and feeds write it: bare, with a prefix, as a link to the abstract,
 * the PDF or the page on Hugging Face. Undefined for what is none.
 */
export function parseArxivId(text: string): ArxivId | undefined {
  if (text.length > 300) return undefined;
  const bare = text.trim().replace(PREFIX, '').replace(TAIL, '');
  const [, id, version] = ID.exec(bare) ?? [];
  if (id === undefined || !isDated(id)) return undefined;
  const spelled = id
    .toLowerCase()
    .replace(/\.([a-z]{2})\//, (_, subject) => `.${subject.toUpperCase()}/`);
  return { id: spelled, ...(version !== undefined && { version: Number(version) }) };
}

/** Four digits from 0704 to 1412, five from 1501; before that, archives with a slash. */
function isDated(id: string): boolean {
  const [stamp = '', number = ''] = id.includes('/')
    ? [id.slice(id.indexOf('/') + 1).slice(0, 4)]
    : id.split('.');
  const month = Number(stamp.slice(2));
  if (month < 1 || month > 12) return false;
  if (number === '') return Number(stamp) >= 9107 || Number(stamp) <= 703;
  if (Number(stamp) < 704) return false;
  return number.length === (Number(stamp) >= 1501 ? 5 : 4);
}
