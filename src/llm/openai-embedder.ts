import { cutToFit } from './cut-to-fit.ts';
import type { Embedder } from './embedder.ts';
import {
  createEmbeddingsRequest,
  OPENAI_URL,
  type OpenAIEmbedderOptions,
} from './openai-request.ts';
import { countTokens, embedInBatches } from './request-batches.ts';
import { embedWholeTexts } from './whole-texts.ts';

// Of OpenAI's models; other servers cut or refuse longer texts than theirs take.
const MAX_TOKENS = 8_191;

/**
 * Embedder over an OpenAI-compatible server; asks it for one vector to learn their length. Texts
 * past the limit are cut. Throws FootnoteError `model` (refused key, unknown model) or `network`.
 */
export async function createOpenAIEmbedder(options: OpenAIEmbedderOptions): Promise<Embedder> {
  const request = await createEmbeddingsRequest(options);
  const limits = { maxTokens: MAX_TOKENS, countTokens };
  const [probe = []] = await request(['dimensions']);
  const { host } = new URL(options.baseUrl ?? OPENAI_URL);
  return {
    model: `openai:${options.model}${host === new URL(OPENAI_URL).host ? '' : `@${host}`}`,
    dimensions: probe.length,
    ...limits,
    ...embedWholeTexts(probe.length, (texts, signal) => {
      const fitting = texts.map((text) => cutToFit(text, limits));
      return embedInBatches(fitting, (batch) => request(batch, signal));
    }),
    close: async () => {},
  };
}
