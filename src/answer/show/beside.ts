import { foldText } from '../../papers/fold.ts';
import type { Answer, AnswerSentence, Citation, ComparisonTable, Stance } from '../answer.ts';
import { isModelWritten } from './reader-notes.ts';

/** What an answer's table does not say already, and its stances do not. */
export function sentencesApart(answer: Answer): readonly AnswerSentence[] {
  const { sentences, table, stances = [] } = answer;
  if (table === undefined && stances.length === 0) return sentences;
  // A model's comparisons and claims are told as sentences for readers who have no tables.
  if (isModelWritten(answer.trace))
    return sentences.filter(({ citations }) => citations.length === 0);
  const cells = table?.rows.flatMap((row) => row.cells.filter((cell) => cell !== null)) ?? [];
  const quotes = [...cells, ...stances.map(({ evidence }) => evidence)];
  const said = new Set(quotes.map(({ quote }) => foldText(quote)));
  return sentences.filter(({ text }) => !said.has(foldText(text)));
}

/** The quotes of a citation that stand in no table and beside no stance. */
export function quotesApart(
  citation: Citation,
  { table, stances = [] }: Answer,
): readonly string[] {
  const cells = table?.rows.flatMap((row) => row.cells.filter((cell) => cell !== null)) ?? [];
  const shown = [...cells, ...stances.map(({ n, evidence }) => ({ n, ...evidence }))];
  return citation.evidence
    .filter(({ start, end }) =>
      shown.every((one) => one.n !== citation.n || one.start !== start || one.end !== end),
    )
    .map(({ quote }) => quote);
}

/** Papers that stand alike on a claim, under words for it. */
export interface StanceGroup {
  readonly stance: Stance['stance'];
  readonly label: string;
  readonly stances: readonly Stance[];
}

const LABELS: Readonly<Record<Stance['stance'], string>> = {
  supports: 'Supports the claim',
  contradicts: 'Contradicts the claim',
  unclear: 'About it, but unclear',
};

/** Support first, then contradiction, then what is unclear; no group is empty. */
export function groupStances(stances: readonly Stance[]): readonly StanceGroup[] {
  return (['supports', 'contradicts', 'unclear'] as const)
    .map((stance) => ({
      stance,
      label: LABELS[stance],
      stances: stances.filter((one) => one.stance === stance),
    }))
    .filter((group) => group.stances.length > 0);
}

/** The number under which a compared paper is cited; none where nothing of it is quoted. */
export function numberOfColumn(
  { paperId }: ComparisonTable['columns'][number],
  citations: readonly Citation[],
): number | undefined {
  return citations.find((citation) => citation.paperId === paperId)?.n;
}
