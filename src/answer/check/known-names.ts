import type { Paper } from '../../papers/paper.ts';
import { isStopWord, words } from '../../retrieval/analyzer.ts';

// What goes by a name however it is typed.
const KNOWN: ReadonlyMap<string, string> = new Map(
  `ImageNet COCO CIFAR MNIST FAISS BERT RoBERTa GPT ChatGPT LLaMA Mistral Gemini GLUE SQuAD MMLU GSM8K
  HumanEval Waymo KITTI ResNet AlexNet VGG EfficientNet MobileNet DiskANN HNSW PyTorch TensorFlow CUDA
  NVIDIA OpenAI DeepMind DeepSeek Qwen LoRA LSTM`
    .split(/\s+/)
    .map((name) => [name.toLowerCase(), name]),
);
const LOWER_WORD = /(?<![\p{L}\p{N}_.-])[a-z][a-z\d]{2,}(?![\p{L}\p{N}_])/gu;
const COINED = /\p{L}\p{Lu}|\d\p{Lu}/u;

/**
 * A sentence with its names in capitals where the model left them out ("faster than faiss"), so that
 * the names are checked: words that the evidence lacks and that the given papers write only so, or
 * that are known names.
 */
export function asWritten(
  text: string,
  { papers, evidence }: { readonly papers: readonly Paper[]; readonly evidence: string },
): string {
  const held = new Set(words(evidence));
  const texts = papers.map(({ title, abstract }) => `${title} . ${abstract}`);
  const isHeld = (word: string) => held.has(word) || held.has(word.replace(/s$/, ''));
  return text.replace(LOWER_WORD, (word) => {
    if (isStopWord(word) || isHeld(word)) return word;
    return KNOWN.get(word) ?? nameIn(texts, word) ?? word;
  });
}

function nameIn(texts: readonly string[], word: string): string | undefined {
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}])`, 'giu');
  const found = texts
    .filter((text) => text.toLowerCase().includes(word))
    .flatMap((text) => text.match(pattern) ?? []);
  return found.every((one) => COINED.test(one)) ? found[0] : undefined;
}
