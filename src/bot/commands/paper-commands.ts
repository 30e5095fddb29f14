import { checkQuestion } from '../../answer/read/check-question.ts';
import type { Passage } from '../../retrieval/passage.ts';
import { paperFilterOf, type SettingsStore, settingsOf } from '../channel-settings.ts';
import type { CommandRequest, CommandResult, FoundPaper } from './command.ts';
import { describeNarrowed } from './describe-settings.ts';
import { type FindPaperParts, findPaper } from './find-paper.ts';

export interface PaperCommandParts extends FindPaperParts {
  readonly settings: Pick<SettingsStore, 'get'>;
}

const SHOWN_PAPERS = 10;

/** The papers that words find, among those that the channel takes. */
export async function search(
  request: CommandRequest,
  words: string,
  parts: PaperCommandParts,
): Promise<CommandResult> {
  const { papers } = await settingsOf(request, parts.settings);
  const filter = paperFilterOf(papers);
  const found = await parts.retriever.retrieve({
    question: checkQuestion(words),
    limit: SHOWN_PAPERS,
    ...(filter && { filter }),
  });
  const heading = `Papers found for “${words.trim()}”`;
  return listing(heading, found.passages, describeNarrowed(papers, 'here'));
}

/** The papers nearest to a named one. */
export async function similar(
  request: CommandRequest,
  named: string,
  parts: PaperCommandParts,
): Promise<CommandResult> {
  const like = await findPaper(named, request.conversationId, parts);
  if (like === undefined) return notFound(named);
  const { papers } = await settingsOf(request, parts.settings);
  const filter = paperFilterOf(papers);
  const { passages } = await parts.retriever.retrieve({
    question: `${like.title}. ${like.abstract}`,
    limit: SHOWN_PAPERS + 1,
    ...(filter && { filter }),
  });
  const others = passages.filter(({ paper }) => paper.id !== like.id).slice(0, SHOWN_PAPERS);
  const heading = `Papers similar to “${like.title}”`;
  return listing(heading, others, describeNarrowed(papers, 'here'));
}

/** One paper with its abstract. */
export async function show(
  request: CommandRequest,
  named: string,
  parts: PaperCommandParts,
): Promise<CommandResult> {
  const paper = await findPaper(named, request.conversationId, parts);
  return paper === undefined ? notFound(named) : { kind: 'paper', paper };
}

function listing(
  heading: string,
  passages: readonly Passage[],
  narrowed: string | undefined,
): CommandResult {
  if (passages.length === 0) {
    const why = narrowed === undefined ? '' : ` ${narrowed}`;
    return { kind: 'refused', text: `I found no papers for that.${why}` };
  }
  return { kind: 'papers', heading, papers: passages.map(toFound) };
}

function toFound({ paper, score }: Passage): FoundPaper {
  const { id, title, url, date } = paper;
  return { paperId: id, title, url, score, ...(date !== undefined && { date }) };
}

function notFound(named: string): CommandResult {
  const text = `I hold no paper that I could tell from “${named.trim()}”. Write its title or its arXiv id.`;
  return { kind: 'refused', text };
}
