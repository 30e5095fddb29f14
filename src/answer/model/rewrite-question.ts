import { ModelError } from '../../llm/model-error.ts';
import type { Prompts } from '../../llm/prompts.ts';
import { type ModelUse, readText } from './model-call.ts';
import { asData, LONGEST_QUESTION } from './prompt-papers.ts';

const MAX_TOKENS = 120;
const LONGEST = 400;
const EARLIER = 4;

/**
 * A follow-up as a question that stands alone; undefined when the model gives nothing of use, and
 * the earlier questions' words must do.
 */
export async function rewriteQuestion(
  question: string,
  {
    history,
    use,
    prompts,
  }: { readonly history: readonly string[]; readonly use: ModelUse; readonly prompts: Prompts },
): Promise<string | undefined> {
  const messages = prompts.prompt('rewrite').render({
    earlier: history
      .slice(-EARLIER)
      .map((earlier) => asData(earlier).slice(0, LONGEST_QUESTION))
      .join('\n'),
    question: asData(question).slice(0, LONGEST_QUESTION),
  });
  try {
    const reply = await readText(use, { task: 'rewrite', messages, maxTokens: MAX_TOKENS });
    return usable(reply);
  } catch (error) {
    if (error instanceof ModelError) return undefined;
    throw error;
  }
}

/** The last line that is one question's worth of words. */
function usable(reply: string): string | undefined {
  const lines = reply
    .replace(/<think>[\s\S]*?<\/think>/gi, '')
    .split('\n')
    .map((line) => line.trim().replace(/^["“]|["”]$/g, ''))
    .filter((line) => line !== '');
  const line = lines.at(-1);
  const isUsable = line !== undefined && line.length <= LONGEST && /\p{L}{3}/u.test(line);
  return isUsable && !/https?:\/\//i.test(line) ? line : undefined;
}
