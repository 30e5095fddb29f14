import type { Citation, Stance } from '../answer/answer.ts';
import { shortName } from '../answer/extract/tables.ts';
import { groupStances } from '../answer/show/beside.ts';
import { type AnswerPage, paintMarkers, withMarkers } from './answer-page.ts';
import { safeText } from './safe-text.ts';
import type { Style } from './style.ts';
import { wrapText } from './wrap-text.ts';

const INDENT = '  ';
const LEAST_ROOM = 12;
const COLOURS: Readonly<Record<Stance['stance'], Parameters<Style>[0]>> = {
  supports: ['bold', 'green'],
  contradicts: ['bold', 'red'],
  unclear: ['bold', 'yellow'],
};

/** Where papers stand on a claim: under each stance its papers and their words. */
export function renderStances(
  stances: readonly Stance[],
  citations: readonly Citation[],
  { width, style }: AnswerPage,
): readonly string[] {
  const room = Math.max(width - 2 * INDENT.length, LEAST_ROOM);
  const known = new Set(citations.map(({ n }) => n));
  const blocks = groupStances(stances).map((group) => [
    style(COLOURS[group.stance], group.label),
    ...group.stances.flatMap(({ n, evidence }) => [
      ...wrapText(withMarkers({ text: nameOf(n, citations), citations: [n] }), room).map(
        (line) => INDENT + paintMarkers(line, known, style),
      ),
      ...wrapText(`“${safeText(evidence.quote)}”`, room).map((line) => INDENT + INDENT + line),
    ]),
  ]);
  return blocks.flatMap((lines, i) => (i === 0 ? lines : ['', ...lines]));
}

function nameOf(n: number, citations: readonly Citation[]): string {
  const title = citations.find((citation) => citation.n === n)?.title ?? '';
  return shortName(safeText(title)) || '(no title)';
}
