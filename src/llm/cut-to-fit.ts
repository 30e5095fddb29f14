import type { Embedder } from './embedder.ts';

/** The text, or as much of its beginning as the model embeds whole. */
export function cutToFit(
  text: string,
  { maxTokens, countTokens }: Pick<Embedder, 'maxTokens' | 'countTokens'>,
): string {
  let fitting = text;
  for (let tokens = countTokens(text); tokens > maxTokens; tokens = countTokens(fitting)) {
    fitting = fitting.slice(0, Math.floor((fitting.length * maxTokens) / tokens)).toWellFormed();
  }
  return fitting;
}
