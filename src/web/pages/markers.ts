import { html } from 'hono/html';
import type { Evidence } from '../../answer/answer.ts';
import type { Turn } from '../../answer/conversation.ts';
import { quotesApart } from '../../answer/show/beside.ts';
import { foldText } from '../../papers/fold.ts';
import type { Html } from './layout.ts';
import { type SourceOptions, sourceAnchor } from './source.ts';

/** The parts of one answer that lead to its sources. */
export interface Marking {
  readonly turn: Turn;
  /** The numbers shown so far: the first marker of each is where its source leads back. */
  readonly seen: Set<number>;
}

/** Markers that lead to the marked words: to those of the evidence where it is known. */
export function renderMarkers(
  citations: readonly number[],
  { turn, seen }: Marking,
  evidence?: Pick<Evidence, 'start'>,
): Html | undefined {
  const markers = citations.flatMap((n) => {
    const source = sourceOf(turn, n);
    if (source === undefined) return [];
    const id = !seen.has(n) && html` id="${source.answerId}-at-${n}"`;
    seen.add(n);
    const anchor = sourceAnchor(source, evidence);
    return html`<a class="marker" href="#${anchor}"${id} data-marker aria-label="[${n}] ${foldText(source.citation.title)}">[${n}]</a>`;
  });
  return markers.length === 0 ? undefined : html`<sup>${markers}</sup>`;
}

/** A citation of the turn with its paper; `undefined` for a number that it does not have. */
export function sourceOf({ answer, papers }: Turn, n: number): SourceOptions | undefined {
  const citation = answer.citations.find((each) => each.n === n);
  if (citation === undefined) return undefined;
  const paper = papers.find(({ id }) => id === citation.paperId);
  const quotes = quotesApart(citation, answer);
  return { answerId: answer.trace.answerId, citation, paper, quotes };
}
