import type { Embedder, EmbedderInput } from '../llm/embedder.ts';
import type { Paper } from '../papers/paper.ts';
import { splitSentences } from '../papers/sentences.ts';

/**
 * The texts to embed for a paper: title and abstract in one, split at sentence borders only where
 * they exceed the model's limit; each part then has the title.
 */
export function chunkPaper(
  paper: Pick<Paper, 'title' | 'abstract'>,
  embedder: Pick<Embedder, 'maxTokens' | 'countTokens'>,
): readonly EmbedderInput[] {
  const { title, abstract } = paper;
  const sentences = splitSentences(abstract).map(({ start, end }) => abstract.slice(start, end));
  const room = embedder.maxTokens - embedder.countTokens(`${title}.`);
  const frame = embedder.countTokens('');
  const chunks: string[][] = [[]];
  let used = 0;
  for (const sentence of sentences) {
    const tokens = embedder.countTokens(sentence) - frame;
    const last = chunks.at(-1) ?? [];
    if (used + tokens > room && last.length > 0) {
      chunks.push([sentence]);
      used = tokens;
    } else {
      last.push(sentence);
      used += tokens;
    }
  }
  return chunks.map((part) => ({ title, sentences: part }));
}
