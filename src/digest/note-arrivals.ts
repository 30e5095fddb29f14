import type { Paper } from '../papers/paper.ts';
import type { PaperIndex } from '../retrieval/paper-index.ts';
import { factsOf } from './paper-facts.ts';
import type { Arrival, Arrivals } from './seen-papers.ts';

/** The index as far as arrivals are read off it. */
export type ArrivingIndex = Pick<PaperIndex, 'status'> & {
  papers(): AsyncIterable<readonly Paper[]>;
};

export interface ArrivalWatch {
  /** Notes the papers that came since it was last called; quick when none did. */
  refresh(): Promise<void>;
}

/** Papers of the first time that tell no day: older than any window. */
const LONG_AGO = '1970-01-01T00:00:00.000Z';

/**
 * Notes when papers came into the index, by going through it whenever its papers have changed. Those
 * that are there the first time did not all come today: they count as come on their own day.
 */
export function createArrivalWatch({
  index,
  arrivals,
  now,
}: {
  readonly index: ArrivingIndex;
  readonly arrivals: Pick<Arrivals, 'note' | 'last'>;
  readonly now: () => Date;
}): ArrivalWatch {
  let noted: number | undefined;
  return {
    async refresh() {
      const { version, papers } = await index.status();
      if (version === noted || papers === 0) return;
      const isFirst = (await arrivals.last()) === 0;
      const at = now().toISOString();
      for await (const batch of index.papers()) {
        await arrivals.note(batch.map((paper) => arrivalOf(paper, isFirst ? undefined : at)));
      }
      noted = version;
    },
  };
}

function arrivalOf(paper: Paper, at: string | undefined): Arrival {
  const { day } = factsOf(paper);
  return { paperId: paper.id, at: at ?? (day === undefined ? LONG_AGO : `${day}T00:00:00.000Z`) };
}
