import type { PaperIndex } from '../retrieval/paper-index.ts';
import type { ChosenPapers } from './compose-papers.ts';
import type { DigestMap } from './digest.ts';
import { type Projection, projectLibrary } from './projection.ts';

/** Keeps the flat view of the library for as long as its papers stay the same. */
export interface MapMaker {
  /** Where the papers of a day lie among those of the library; undefined where that shows nothing. */
  map(chosen: ChosenPapers): Promise<DigestMap | undefined>;
}

const MOST_THEMES = 6;
const MOST_PAPERS = 60;

export function createMapMaker(
  index: Pick<PaperIndex, 'sample' | 'papersById' | 'sentenceVectors' | 'status'>,
): MapMaker {
  let kept: { readonly version: number; readonly projection: Projection | undefined } | undefined;
  return {
    async map(chosen) {
      const { vectorVersion } = await index.status();
      if (kept?.version !== vectorVersion) {
        kept = { version: vectorVersion, projection: await projectLibrary(index) };
      }
      return kept.projection && draw(chosen, kept.projection);
    },
  };
}

function draw({ fitting, picked, themes }: ChosenPapers, projection: Projection): DigestMap {
  const shown = picked.map(({ best }) => best.candidate);
  const papers = fitting.slice(0, MOST_PAPERS).flatMap(({ candidate }) => {
    if (candidate.vector === undefined) return [];
    const theme = themes.findIndex(({ members }) => members.includes(candidate));
    const n = shown.indexOf(candidate) + 1;
    const [x, y] = projection.place(candidate.vector);
    return { x, y, ...(theme >= 0 && theme < MOST_THEMES && { theme }), ...(n > 0 && { n }) };
  });
  return { library: projection.points, papers };
}
