import type { Embedder } from '../llm/embedder.ts';
import type { Paper, PaperId } from '../papers/paper.ts';
import type { PaperIndex } from '../retrieval/paper-index.ts';
import type { Retriever } from '../retrieval/retriever.ts';
import type { TermStatistics } from '../retrieval/term-statistics.ts';
import type { Candidate } from './candidate.ts';
import { cueSentence } from './cue-sentence.ts';
import type { DigestItem, PapersDigest, Summary } from './digest.ts';
import {
  type CandidateParts,
  type FoundCandidates,
  findCandidates,
  type Window,
} from './find-candidates.ts';
import { papersHeadline } from './headline.ts';
import { groupAlike, type PaperGroup, pickDiverse } from './pick-papers.ts';
import { shiftDay } from './schedule.ts';
import { type ScoredPaper, scorePapers } from './score-papers.ts';
import type { DigestPlace, PaperWish, Schedule } from './subscription.ts';
import { type DigestFeedback, loadTaste } from './taste.ts';
import { findThemes, type PaperTheme } from './themes.ts';
import { createTopicLens } from './topic-lens.ts';
import { whyHere } from './why-here.ts';
import type { SummaryWriter } from './write-summaries.ts';

export interface PaperParts extends CandidateParts {
  readonly index: Pick<PaperIndex, 'papersById' | 'sentenceVectors'>;
  readonly retriever: Retriever;
  readonly embedder: Pick<Embedder, 'embedQueries'>;
  readonly feedback: Pick<DigestFeedback, 'votes' | 'muted'>;
  /** Without one, summaries are sentences of the abstracts. */
  readonly writer?: SummaryWriter;
}

export interface PapersRequest {
  readonly wish: PaperWish;
  readonly schedule: Schedule;
  /** The local day, `YYYY-MM-DD`. */
  readonly period: string;
  readonly window: Window;
  /** Where nothing in the window fits, the arrivals of this one stand in, said as such. */
  readonly library?: Window;
  /** Without one nothing counts as seen, and there is no taste. */
  readonly place?: DigestPlace;
  readonly signal?: AbortSignal;
}

/** What was chosen for a day, best first; `picked` in the order of showing. */
export interface ChosenPapers {
  readonly from: PapersDigest['from'];
  /** New to the channel, whatever they are about. */
  readonly papers: number;
  readonly fitting: readonly ScoredPaper[];
  readonly picked: readonly PaperGroup[];
  readonly themes: readonly PaperTheme[];
  readonly statistics: TermStatistics;
  readonly cutoff: number;
}

/** Papers come into lists some weeks after they were written. */
const NEWS_DAYS = 60;

/** Chooses the papers of a digest; none where none fit. */
export async function choosePapers(
  request: PapersRequest,
  parts: PaperParts,
): Promise<ChosenPapers> {
  const { window, library } = request;
  const found = await findCandidates({ ...request, window }, parts);
  const news = found.candidates.filter((candidate) => isNews(candidate, request.period));
  const chosen = await rank({ ...found, candidates: news }, request, parts);
  if (chosen.fitting.length > 0 || library === undefined) return { ...chosen, from: 'new' };
  const all = await findCandidates({ ...request, window: library }, parts);
  return { ...(await rank(all, request, parts)), from: 'library' };
}

/** An old paper that comes into the library, with a whole archive perhaps, is no news. */
function isNews({ facts, change }: Candidate, period: string): boolean {
  const { day } = facts;
  return change !== undefined || day === undefined || day >= shiftDay(period, -NEWS_DAYS);
}

/** The digest of what was chosen: summaries, reasons, themes and headline. */
export async function sayPapers(
  chosen: ChosenPapers,
  { wish, schedule, period, signal }: PapersRequest,
  { writer }: Pick<PaperParts, 'writer'>,
): Promise<PapersDigest> {
  const { picked, themes, statistics, from } = chosen;
  const papers = picked.map(({ best }) => best.candidate.paper);
  const request = {
    papers,
    acronyms: statistics.acronyms,
    ...(signal !== undefined && { signal }),
  };
  const written = (await writer?.write(request)) ?? new Map<PaperId, Summary>();
  const items = picked.map((group, i) => toItem(group, { n: i + 1, written, themes }));
  const counts = { papers: chosen.papers, fitting: chosen.fitting.length, shown: items.length };
  const named = themes.map(({ name, papers: count }) => ({ name, papers: count }));
  return {
    kind: 'papers',
    from,
    period,
    schedule,
    wish,
    counts,
    headline: papersHeadline({ from, counts, themes: named }, wish),
    themes: named,
    items,
  };
}

async function rank(
  { candidates, cutoff }: FoundCandidates,
  { wish, period, place }: PapersRequest,
  parts: PaperParts,
): Promise<Omit<ChosenPapers, 'from'>> {
  const muted = place === undefined ? [] : await parts.feedback.muted(place);
  const lensesOf = (topics: readonly string[]) =>
    Promise.all(topics.map((topic) => createTopicLens(topic, parts)));
  const lenses = await lensesOf(wish.topics.filter((topic) => !muted.includes(topic)));
  const taste = place === undefined ? {} : await loadTaste(place, parts);
  const fitting = scorePapers(candidates, {
    wish,
    lenses,
    muted: await lensesOf(muted),
    taste,
    today: period,
  });
  const { statistics } = await parts.retriever.retrieve({ question: 'papers', limit: 1 });
  return {
    papers: candidates.length,
    fitting,
    picked: pickDiverse(groupAlike(fitting), wish.most),
    themes: findThemes(
      fitting.map(({ candidate }) => candidate),
      statistics,
    ),
    statistics,
    cutoff,
  };
}

function toItem(
  { best, alike }: PaperGroup,
  {
    n,
    written,
    themes,
  }: {
    readonly n: number;
    readonly written: ReadonlyMap<PaperId, Summary>;
    readonly themes: readonly PaperTheme[];
  },
): DigestItem {
  const { candidate, terms, score, lens } = best;
  const { paper, facts, change } = candidate;
  const theme = themes.find(({ members }) => members.includes(candidate))?.name;
  return {
    n,
    ...namesOf(paper),
    ...(facts.upvotes !== undefined && { upvotes: facts.upvotes }),
    summary: written.get(paper.id) ?? cueSentence(candidate, lens?.nearness(candidate)),
    terms,
    why: whyHere(terms),
    score,
    ...(theme !== undefined && { theme }),
    alike: alike.map(({ candidate: other }) => toLink(other)),
    ...(change !== undefined && { change }),
  };
}

function namesOf(paper: Paper) {
  const { id, title, url, date, organization, authors = [] } = paper;
  return {
    paperId: id,
    title,
    url,
    authors,
    authorCount: Math.max(authors.length, paper.authorCount ?? 0),
    ...(organization !== undefined && { organization }),
    ...(date !== undefined && { date }),
  };
}

function toLink({ paper }: Candidate) {
  return { paperId: paper.id, title: paper.title, url: paper.url };
}
