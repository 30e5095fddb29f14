import { ModelError } from '../../llm/model-error.ts';
import { type DraftSentence, quoted, quoteText } from '../draft.ts';
import { readText } from './model-call.ts';
import { asData } from './prompt-papers.ts';
import type { WriteRequest } from './written.ts';

const MAX_TOKENS = 200;
// Of one sentence and of its quotes; eight of both stay under 3,000 tokens.
const LONGEST = 700;
const VERDICT = /^\W*(\d{1,2})\W+(SUPPORTED|PARTLY|CONTRADICTED)\b/gim;

/**
 * A second opinion by the model itself, given only sentences and quotes: what is contradicted is
 * dropped, what is partly supported is replaced by its quote. Without a verdict a sentence stays as
 * the rules let it pass.
 */
export async function verifySentences(
  sentences: readonly DraftSentence[],
  { use, prompts }: Pick<WriteRequest, 'use' | 'prompts'>,
): Promise<{ readonly sentences: readonly DraftSentence[]; readonly notes: readonly string[] }> {
  const messages = prompts.prompt('verify').render({
    sentences: sentences.map((sentence, i) => numbered(sentence, i + 1)).join('\n'),
  });
  try {
    const reply = await readText(use, { task: 'verify', messages, maxTokens: MAX_TOKENS });
    const verdicts = new Map(
      [...reply.matchAll(VERDICT)].map(([, n, verdict = '']) => [Number(n), verdict.toUpperCase()]),
    );
    const kept = sentences.flatMap((sentence, i) => judged(sentence, verdicts.get(i + 1)));
    return { sentences: kept, notes: [noteOf(verdicts)] };
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return { sentences, notes: [`no second opinion: ${error.failure}`] };
  }
}

function numbered({ text, quotes }: DraftSentence, n: number): string {
  const evidence = quotes.map(quoteText);
  return `<sentence number="${n}">${asData(text).slice(0, LONGEST)}</sentence>\n<quote>${asData(
    evidence.join(' ... '),
  ).slice(0, LONGEST)}</quote>`;
}

function judged(sentence: DraftSentence, verdict: string | undefined): readonly DraftSentence[] {
  switch (verdict) {
    case 'CONTRADICTED':
      return [];
    case 'PARTLY':
      return sentence.quotes.map(quoted);
    default:
      return [sentence];
  }
}

function noteOf(verdicts: ReadonlyMap<number, string>): string {
  const count = (verdict: string) => [...verdicts.values()].filter((one) => one === verdict).length;
  return `second opinion: ${count('SUPPORTED')} supported, ${count('PARTLY')} partly, ${count('CONTRADICTED')} contradicted`;
}
