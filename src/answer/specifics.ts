import { analyse, words } from '../retrieval/analyzer.ts';
import type { TermStatistics } from '../retrieval/term-statistics.ts';

/** Something definite that a question asks about and that a paper must state to answer it. */
export interface Specific {
  /** As typed. */
  readonly word: string;
  /** Lower-case letters and digits only. */
  readonly key: string;
}

// Measures, benchmarks, makers and units that people type in lower case.
const KNOWN_SPECIFICS: ReadonlySet<string> = new Set(
  `bleu rouge meteor wer cer eer mmlu gsm8k humaneval mbpp fid psnr ssim lpips perplexity ppl auc auroc
  map miou iou f1 mrr ndcg squad glue superglue librispeech wmt imagenet cifar mnist coco kitti ffhq
  celeba voxceleb amd rocm nvidia cuda intel arm apple azure aws gcp dollars euros usd price pricing
  license licence co2 carbon tonnes kwh watts llama mistral qwen gemini claude pytorch jax tensorflow
  epsilon`.split(/\s+/),
);
// Coined or measured: digits within, an inner capital, or all capitals.
const DEFINITE =
  /^(?:\p{L}+\d[\p{L}\d]*|\d+\p{L}[\p{L}\d]*|\p{L}*\p{Ll}\p{Lu}[\p{L}\d]*|\p{Lu}{2,}[\p{L}\d]*|\p{Lu}+s)$/u;
const WORD = /[\p{L}\p{N}]+(?:[-–][\p{L}\p{N}]+)*/gu;
// Terms of the field that papers often write out, or that carry no claim of their own.
const FIELD_SHARE = 0.02;
const MIN_FIELD_PAPERS = 2;
const IGNORED: ReadonlySet<string> = new Set(
  `2d 3d 4d ai ml dl ok lol tldr tl dr asap fyi imo btw eu us uk os ui api pdf html i'm im`.split(
    ' ',
  ),
);

/** The specifics of a question: what is coined, measured or made, unless the whole field speaks of it. */
export function findSpecifics(question: string, statistics: TermStatistics): readonly Specific[] {
  const found = new Map<string, Specific>();
  // Where all is in capitals they tell nothing.
  const isShouted = !/\p{Ll}/u.test(question);
  for (const [word] of (isShouted ? question.toLowerCase() : question).matchAll(WORD)) {
    for (const part of parts(word)) {
      const key = compact(part);
      if (isSpecific(part, key, statistics)) found.set(key, { word, key });
    }
  }
  return [...found.values()];
}

/** "voxceleb1-H" and "MT-Bench" stand for one thing; "LLM-based" for its parts. */
function parts(word: string): readonly string[] {
  const pieces = word.split(/[-–]/);
  const isOneName = pieces.some((piece) => /\d/.test(piece) || piece.length === 1);
  return pieces.length > 1 && isOneName ? [word] : pieces;
}

function isSpecific(word: string, key: string, statistics: TermStatistics): boolean {
  if (key.length < 2 || IGNORED.has(key) || /^\d+$/.test(key)) return false;
  const terms = analyse(word).filter((term) => !/^\d+$/.test(term));
  if (terms.length === 0) return false;
  const frequency = Math.max(...terms.map((term) => statistics.frequency(term)));
  if (frequency > Math.max(MIN_FIELD_PAPERS, statistics.papers * FIELD_SHARE)) return false;
  return KNOWN_SPECIFICS.has(key.replace(/\d+$/, '')) || DEFINITE.test(word.replace(/[-–]/g, ''));
}

/** The specifics that a text does not speak of, written out or short, in any spelling. */
export function missingSpecifics(
  specifics: readonly Specific[],
  text: string,
  statistics: TermStatistics,
): readonly Specific[] {
  const held = compact(text);
  const stems = new Set(analyse(text));
  return specifics.filter(({ key }) => !holds(key, { held, stems, statistics }));
}

function holds(
  key: string,
  text: {
    readonly held: string;
    readonly stems: ReadonlySet<string>;
    readonly statistics: TermStatistics;
  },
): boolean {
  const singular = key.replace(/s$/, '');
  if (text.held.includes(singular)) return true;
  // "GFLOPs" for "FLOP(G)", "1024px" for "1024".
  const stripped = singular.replace(/^[gmkt](?=flop|bit|byte|b$)|(?:px|x)$/, '');
  if (stripped.length >= 3 && text.held.includes(stripped)) return true;
  const long = text.statistics.acronyms.get(key) ?? text.statistics.acronyms.get(singular);
  return long !== undefined && analyse(long).every((term) => text.stems.has(term));
}

function compact(text: string): string {
  return words(text).join('');
}
