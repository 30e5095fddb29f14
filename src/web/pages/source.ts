import { html } from 'hono/html';
import type { Citation, Evidence } from '../../answer/answer.ts';
import { splitAtEvidence } from '../../answer/show/split-at-evidence.ts';
import { foldText } from '../../papers/fold.ts';
import type { AbstractChange, Paper } from '../../papers/paper.ts';
import type { Html } from './layout.ts';
import { renderLink } from './link.ts';

/** A citation as it is shown: `paper` is missing when its record was not kept. */
export interface SourceOptions {
  readonly answerId: string;
  readonly citation: Citation;
  readonly paper: Paper | undefined;
  /** Those that are not shown above, in a table or beside a stance. */
  readonly quotes: readonly string[];
}

/** One numbered source: title, date, link out, its quotes, and the abstract with them marked. */
export function renderSource({ answerId, citation, paper, quotes }: SourceOptions): Html {
  const { n, title, url } = citation;
  const id = `${answerId}-${n}`;
  return html`<li class="source" id="${id}" tabindex="-1" data-source>
    <span class="number" aria-hidden="true">${n}</span>
    <h4><span class="unseen">Source ${n}: </span>${foldText(title)}</h4>
    <p class="facts">${renderFacts(citation, paper)}${renderLink(url)}<a class="back" href="#${answerId}-at-${n}" aria-label="Back to the sentence">↩</a></p>
    ${quotes.map((quote) => html`<blockquote>${foldText(quote)}</blockquote>`)}
    ${paper && renderAbstract(id, citation, paper)}
    ${paper?.change && renderChange(paper.change)}
  </li>`;
}

/**
 * Where a marker leads: to the marked words, which opens the abstract even without JavaScript. To
 * the first of them, or to those of the evidence.
 */
export function sourceAnchor(
  { answerId, citation, paper }: SourceOptions,
  evidence?: Pick<Evidence, 'start'>,
): string {
  const id = `${answerId}-${citation.n}`;
  const marks = paper === undefined ? [] : partsOf(id, citation, paper).filter(isMarked);
  const mark = marks.findLast(({ start }) => start <= (evidence?.start ?? 0)) ?? marks[0];
  return mark?.id ?? id;
}

/** A piece of the abstract; what is marked has an id. */
interface Part {
  readonly text: string;
  readonly start: number;
  readonly id?: string;
}

function isMarked({ id }: Part): boolean {
  return id !== undefined;
}

function partsOf(id: string, { evidence }: Citation, { abstract }: Paper): readonly Part[] {
  const parts: Part[] = [];
  let start = 0;
  for (const { text, marked } of splitAtEvidence(abstract, evidence)) {
    const before = parts.filter(isMarked).length;
    const number = before === 0 ? '' : `-${before + 1}`;
    parts.push({ text, start, ...(marked && { id: `${id}-quote${number}` }) });
    start += text.length;
  }
  return parts;
}

function renderAbstract(id: string, citation: Citation, paper: Paper): Html {
  const text = partsOf(id, citation, paper).map((part) => {
    const folded = foldText(part.text);
    return part.id ? html`<mark id="${part.id}" tabindex="-1">${folded}</mark>` : folded;
  });
  return html`<details>
      <summary>The quote in its abstract</summary>
      <p class="abstract">${text}</p>
    </details>`;
}

function renderChange({ fromVersion, toVersion, added, removed }: AbstractChange): Html {
  return html`<details>
      <summary>What version ${toVersion} changed in the abstract of version ${fromVersion}</summary>
      ${added.map((sentence) => html`<p class="abstract"><ins>${foldText(sentence)}</ins></p>`)}
      ${removed.map((sentence) => html`<p class="abstract"><del>${foldText(sentence)}</del></p>`)}
    </details>`;
}

function renderFacts(citation: Citation, paper: Paper | undefined): Html {
  const facts = [byline(paper), formatDate(paper?.date ?? citation.date, paper?.dateInferred)];
  return html`${facts.map((fact) => fact !== undefined && html`<span>${fact}</span>`)}`;
}

function byline(paper: Paper | undefined): string | undefined {
  const [first, second] = paper?.authors ?? [];
  if (first === undefined) return paper?.organization;
  const count = paper?.authorCount ?? paper?.authors?.length ?? 1;
  if (count === 2 && second !== undefined) return `${first} and ${second}`;
  return count > 1 ? `${first} et al.` : first;
}

const MONTHS =
  'January February March April May June July August September October November December'.split(
    ' ',
  );

/** `2024-05-13` as `13 May 2024`; of an inferred date only the year, marked as inferred. */
export function formatDate(date: string | undefined, inferred = false): string | undefined {
  const [, year, month, day] = date?.match(/^(\d{4})-(\d{2})-(\d{2})/) ?? [];
  if (inferred && date !== undefined) return `${year ?? date} (year inferred)`;
  const name = MONTHS[Number(month) - 1];
  return name === undefined ? date : `${Number(day)} ${name} ${year}`;
}
