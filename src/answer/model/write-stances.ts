import type { Stance } from '../answer.ts';
import type { Claim } from '../check/claim.ts';
import { findQuote } from '../check/find-quote.ts';
import { claimOf, judgeStance, stanceSentences } from '../extract/stances.ts';
import { readClaims } from './model-call.ts';
import { asData, LONGEST_QUESTION, promptPapers } from './prompt-papers.ts';
import type { DraftStance, WriteRequest, Written } from './written.ts';

const MOST_PAPERS = 6;
const MAX_TOKENS = 900;
const STANCES: Readonly<Record<string, Stance['stance']>> = {
  supports: 'supports',
  contradicts: 'contradicts',
  unclear: 'unclear',
};

/** Where each paper stands on a claim: proposed by the model, kept only as far as the quote bears. */
export async function writeStances(request: WriteRequest): Promise<Written> {
  const { papers, text } = promptPapers(request.passages, MOST_PAPERS);
  const claim = claimOf(request.question);
  const stances: DraftStance[] = [];
  let refused = 0;
  const take = (line: Claim) => {
    const found = toStance(line, { claim, papers });
    if (found === undefined) refused += 1;
    else if (stances.every(({ quote }) => quote.paper.id !== found.quote.paper.id)) {
      stances.push(found);
      for (const sentence of stanceSentences([found])) request.onSentence(sentence);
    }
  };
  const task = {
    task: 'claim',
    maxTokens: MAX_TOKENS,
    messages: request.prompts
      .prompt('claim')
      .render({ papers: text, question: asData(claim).slice(0, LONGEST_QUESTION) }),
  };
  const end = await readClaims(request.use, task, take);
  const notes = refused === 0 ? [] : [`${refused} stances failed their check`];
  if (stances.length > 0) {
    const cut = end.failure !== undefined && { cutBy: end.failure };
    return { kind: 'written', sentences: stanceSentences(stances), stances, notes, ...cut };
  }
  if (end.failure !== undefined) return { kind: 'unusable', failure: end.failure, notes };
  const { saidNone } = end;
  return saidNone || refused > 0 ? { kind: 'none', saidNone, notes } : { kind: 'unusable', notes };
}

function toStance(
  { text, evidence }: Claim,
  {
    claim,
    papers,
  }: { readonly claim: string; readonly papers: readonly DraftStance['quote']['paper'][] },
): DraftStance | undefined {
  const proposed = STANCES[/^\W*(\w+)/.exec(text)?.[1]?.toLowerCase() ?? ''];
  const [first] = evidence;
  const paper = papers[(first?.paper ?? 0) - 1];
  if (proposed === undefined || first === undefined || paper === undefined) return undefined;
  const [span] = findQuote(first.quote, paper.abstract);
  if (span === undefined) return undefined;
  const quote = { paper, ...span };
  return { quote, stance: judgeStance(claim, quote, proposed) };
}
