import type { Passage } from '../retrieval/passage.ts';
import { renderPaperLines } from './paper-lines.ts';
import { safeText } from './safe-text.ts';
import { createStyle } from './style.ts';

type FoundPaper = Pick<Passage, 'paper' | 'rank' | 'score' | 'signals'>;

interface RenderSearchOptions {
  readonly passages: readonly FoundPaper[];
  /** Columns of the terminal. */
  readonly width: number;
  readonly colour: boolean;
  /** Adds what speaks for each paper, signal by signal. */
  readonly showSignals?: boolean;
}

/** The papers found, best first: rank, score, title, year and link. Says so when there are none. */
export function renderSearch(options: RenderSearchOptions): string {
  const { passages, width, colour, showSignals = false } = options;
  if (passages.length === 0) return 'No papers found.\n';
  const style = createStyle(colour);
  const lines = passages.flatMap((passage) =>
    renderPaperLines({
      paper: passage.paper,
      lead: `${String(passage.rank).padStart(3)}  ${passage.score.toFixed(3)}  `,
      body: showSignals ? [signalColumns(passage)] : [],
      width,
      style,
    }),
  );
  return `${lines.join('\n')}\n`;
}

/** No-break spaces keep name and value together; equal widths make columns of them. */
function signalColumns({ signals }: FoundPaper): string {
  const columns = Object.entries(signals).map(
    ([name, value]) => `${safeText(name)}\u00a0${Number(value).toFixed(3)}`,
  );
  return columns.join(' ');
}
