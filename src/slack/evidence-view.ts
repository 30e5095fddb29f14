import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { Citation, Evidence } from '../answer/answer.ts';
import type { Turn } from '../answer/conversation.ts';
import { cleanLine } from '../answer/show/clean-text.ts';
import { splitAtEvidence } from '../answer/show/split-at-evidence.ts';
import type { Paper } from '../papers/paper.ts';
import { type Block, note } from './blocks.ts';
import { line, quoted, type Run, richText, run, titleRun } from './rich-text.ts';
import type { RoomParts } from './room.ts';
import { modal, renderWaiting } from './views.ts';

const MOST_PAPERS = 20;
const LONGEST_ABSTRACT = 6_000;
const LONGEST_RUN = 3_000;

const OpenedView = z.object({ view: z.object({ id: z.string() }) });

/** Opens the modal at once, since Slack waits three seconds for it; returns its id. */
export async function openWaiting(triggerId: string, { api }: RoomParts): Promise<string> {
  const args = { trigger_id: triggerId, view: renderWaiting('Evidence') };
  return OpenedView.parse(await api.call('views.open', args)).view.id;
}

/** What an answer rests on: each cited paper's abstract with the quotes in bold where they stand. */
export function renderEvidence({ answer, papers }: Turn): types.ModalView {
  const known = new Map(papers.map((paper) => [paper.id, paper]));
  const blocks = answer.citations
    .slice(0, MOST_PAPERS)
    .map((citation) => renderCited(citation, known.get(citation.paperId)));
  return modal('Evidence', blocks.length > 0 ? blocks : [note('This answer cites no paper.')]);
}

/** One abstract, with quotes in bold where they still stand in it. */
export function renderPaperEvidence(paper: Paper, quotes: readonly Evidence[]): types.ModalView {
  const standing = quotes.filter(
    ({ quote, start, end }) => paper.abstract.slice(start, end) === quote,
  );
  const day = paper.date === undefined ? [] : [run(` · ${paper.date.slice(0, 10)}`)];
  const heading = line(titleRun(paper), ...day);
  return modal('Evidence', [richText(heading, quoted(...abstractRuns(paper.abstract, standing)))]);
}

function renderCited(citation: Citation, paper: Paper | undefined): Block {
  const { n, evidence, date } = citation;
  const day = date === undefined ? [] : [run(` · ${date.slice(0, 10)}`)];
  const heading = line(run(`[${n}] `), titleRun(citation), ...day);
  if (paper === undefined) {
    const quotes = evidence.map(({ quote }) =>
      quoted(run(`“${cleanLine(quote)}”`, { bold: true })),
    );
    return richText(heading, ...quotes);
  }
  return richText(heading, quoted(...abstractRuns(paper.abstract, evidence)));
}

/** The abstract in runs; only what stands within the quotes' offsets is bold. */
function abstractRuns(abstract: string, evidence: readonly Evidence[]): readonly Run[] {
  const inside = evidence.filter(({ end }) => end <= abstract.length);
  return splitAtEvidence(abstract, inside).map(({ text, marked }, i, pieces) => {
    const isRest = !marked && i === pieces.length - 1;
    const room = LONGEST_ABSTRACT - (abstract.length - text.length);
    const most = isRest ? Math.min(Math.max(0, room), LONGEST_RUN) : LONGEST_RUN;
    return run(text, { bold: marked, most });
  });
}
