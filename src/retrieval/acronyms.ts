import { isStopWord } from './analyzer.ts';

/** Short forms (lower case) and what they stand for. */
export type Acronyms = ReadonlyMap<string, string>;

// Chat shorthand that papers never define because they never use it.
const SHORTHAND: Readonly<Record<string, string>> = {
  acc: 'accuracy',
  arch: 'architecture',
  attn: 'attention',
  automl: 'automated machine learning, neural architecture search',
  chatgpt: 'large language model',
  convnet: 'convolutional neural network',
  convnets: 'convolutional neural networks',
  convs: 'convolutions',
  gpt: 'large language model',
  hw: 'hardware',
  hyperparams: 'hyperparameters',
  imgs: 'images',
  mem: 'memory',
  net: 'neural network',
  nets: 'neural networks',
  params: 'parameters',
  perf: 'performance',
  pretrain: 'pre-training',
  quant: 'quantization',
  recsys: 'recommender system',
  segm: 'segmentation',
  unet: 'U-Net',
  vertex: 'node',
  vertices: 'nodes',
  vlm: 'vision-language model',
};

const SHORT_FORM = /\(([A-Z][A-Za-z]{1,7}?)s?\)/g;
// Seven words at most; reading back from the bracket keeps the time linear in the text.
const BEFORE = /(?:[\p{L}\d]+[\s-]+){1,7}$/u;
const LONGEST_BEFORE = 200;

/**
 * Collects short forms that texts define in brackets, as in "neural architecture search (NAS)",
 * by matching letters to initials (after Schwartz and Hearst, 2003).
 */
export class AcronymCollector {
  readonly #counts = new Map<string, Map<string, number>>();

  read(text: string): void {
    for (const { 1: short = '', index } of text.matchAll(SHORT_FORM)) {
      if (isStopWord(short)) continue;
      const [before = ''] =
        BEFORE.exec(text.slice(Math.max(0, index - LONGEST_BEFORE), index)) ?? [];
      const long = longForm(before.trim().split(/\s+/), short);
      if (long === undefined) continue;
      const forms = this.#counts.get(short.toLowerCase()) ?? new Map<string, number>();
      forms.set(long, (forms.get(long) ?? 0) + 1);
      this.#counts.set(short.toLowerCase(), forms);
    }
  }

  /** The most frequent long form of each; ambiguous ones (no form in the majority) are left out. */
  result(): Acronyms {
    const acronyms = new Map(Object.entries(SHORTHAND));
    for (const [short, forms] of this.#counts) {
      const ranked = [...forms].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
      const total = ranked.reduce((sum, [, count]) => sum + count, 0);
      const [long, count] = ranked[0] ?? ['', 0];
      if (count * 2 > total || ranked.length === 1) acronyms.set(short, long);
    }
    return acronyms;
  }
}

/** The last words whose initials spell the short form; hyphenated words give several initials. */
function longForm(before: readonly string[], short: string): string | undefined {
  const letters = short.toLowerCase();
  for (let size = 1; size <= before.length; size++) {
    const words = before.slice(-size);
    const initials = words.flatMap((word) => word.split('-')).map((word) => word.charAt(0));
    if (initials.join('').toLowerCase() === letters) return words.join(' ').toLowerCase();
  }
  return undefined;
}

/** The text with every known short form written out; the same text when there is none. */
export function writeOut(text: string, acronyms: Acronyms): string {
  return text.replace(/[\p{L}\d]+/gu, (word) => {
    const lower = word.toLowerCase();
    const long = acronyms.get(lower) ?? acronyms.get(lower.replace(/s$/, ''));
    return long ?? word;
  });
}
