import { checkClaim } from '../answer/check/check-claim.ts';
import { toEvidence } from '../answer/draft.ts';
import { Meter, type ModelUse, readClaims } from '../answer/model/model-call.ts';
import { promptPapers } from '../answer/model/prompt-papers.ts';
import type { ChatModel } from '../llm/chat-model.ts';
import type { Prompts } from '../llm/prompts.ts';
import type { Paper, PaperId } from '../papers/paper.ts';
import type { Acronyms } from '../retrieval/acronyms.ts';
import type { Summary, SummarySentence } from './digest.ts';

/** Writes about papers; those it has nothing to say about that passes the checks are left out. */
export interface SummaryWriter {
  write(request: SummaryRequest): Promise<ReadonlyMap<PaperId, Summary>>;
}

export interface SummaryRequest {
  readonly papers: readonly Paper[];
  readonly acronyms: Acronyms;
  readonly signal?: AbortSignal;
}

const PAPERS_A_CALL = 4;
const SENTENCES_EACH = 2;
const TOKENS_A_PAPER = 220;

/**
 * A writer with a chat model. Each of its sentences passes the checks that answers pass: its quote
 * stands in the paper's abstract, and bears out what it says. When the model fails, the papers it
 * did not come to are left out.
 */
export function createSummaryWriter({
  model,
  prompts,
}: {
  readonly model: ChatModel;
  readonly prompts: Prompts;
}): SummaryWriter {
  return {
    async write({ papers, acronyms, signal }) {
      const summaries = new Map<PaperId, Summary>();
      const use = { model, meter: new Meter(), ...(signal !== undefined && { signal }) };
      for (let from = 0; from < papers.length; ) {
        const batch = promptPapers(
          papers.slice(from).map((paper) => ({ paper })),
          PAPERS_A_CALL,
        );
        from += batch.papers.length;
        const written = await writeBatch(batch, { use, prompts, acronyms });
        for (const [id, sentences] of written) summaries.set(id, { by: 'model', sentences });
      }
      return summaries;
    },
  };
}

async function writeBatch(
  { papers, text }: ReturnType<typeof promptPapers>,
  {
    use,
    prompts,
    acronyms,
  }: { readonly use: ModelUse; readonly prompts: Prompts; readonly acronyms: Acronyms },
): Promise<ReadonlyMap<PaperId, readonly SummarySentence[]>> {
  const written = new Map<PaperId, SummarySentence[]>();
  const task = {
    task: 'digest',
    messages: prompts.prompt('digest').render({ papers: text }),
    maxTokens: TOKENS_A_PAPER * papers.length,
  };
  await readClaims(use, task, (claim) => {
    const checked = checkClaim(claim, { papers, acronyms });
    if (checked.kind === 'failed') return;
    const { quotes } = checked.sentence;
    const ids = new Set(quotes.map(({ paper }) => paper.id));
    const [id] = ids;
    if (id === undefined || ids.size > 1) return;
    const sentences = written.get(id) ?? [];
    if (sentences.length >= SENTENCES_EACH) return;
    sentences.push({ text: checked.sentence.text, evidence: quotes.map(toEvidence) });
    written.set(id, sentences);
  });
  return written;
}
