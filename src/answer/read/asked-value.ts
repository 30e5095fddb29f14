import { analyse } from '../../retrieval/analyzer.ts';
import { sameSense } from './same-sense.ts';
import { VALUE_KINDS } from './value-kinds.ts';

const NUMBER_QUESTION =
  /\bhow (?:many|much|fast|slow|big|small|large|long|far|often|accurate|close)\b|\bwhat(?:'?s| is| was| are| were)?\b[^?]{0,60}\b(?:score|accuracy|acc|error|rate|bleu|wer|eer|fid|map|f1|auc|size|latency|speed-?up|throughput|percentage|percent|fraction|number|cost|price|params|parameters|flops|frame rate|fps|perplexity|gain|reduction|improvement|top-?1)\b|\b(?:top-?1|latency|accuracy|error rate|speed-?up)\b[^?]{0,30}\?|\bby how\b|\bhow (?:much )?(?:better|worse|faster|smaller|fewer|larger)\b/i;
const BARE_MEASURE =
  /\b(?:bleu|rouge|wer|eer|cer|mmlu|fid|psnr|map|f1|auc|acc(?:uracy)?|top-?1|params|gflops|flops|latency|throughput|perplexity|mrr|footprint|wattage|(?:in )?(?:gb|mb|ms|gigabytes|gpu[- ]hours))\b/i;
// A figure, not the digit of a name: neither "Mamba2" nor "CIFAR-10".
const NUMBER = /(?<![\p{L}\p{N}–-])\d/u;
const SPELLED =
  /\b(?:two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?|thousands?|millions?|billions?|twice|half|third|quarter|double|triple)\b/i;
// "Is A more accurate than B?", "does it beat B in accuracy?": yes or no, without a figure.
const COMPARES =
  /^\W*(?:is|are|do|does|did|can|was|were|has|have)\b(?!.*\bhow\b).*\b(?:than|better|worse|beats?|outperforms?|surpass(?:es)?|improves?|vs|versus|compared)\b/i;

/** Whether the question wants a quantity. */
export function asksForNumber(question: string): boolean {
  if (COMPARES.test(question)) return false;
  return NUMBER_QUESTION.test(question) || BARE_MEASURE.test(question);
}

/** Whether a text carries a quantity, in figures or words. */
export function carriesNumber(text: string): boolean {
  return NUMBER.test(text) || SPELLED.test(text);
}

/** A value that a question wants. */
export interface AskedValue {
  /** Of what kind, as a reader would call it. */
  readonly kind: string;
  /** Whether a sentence must have something else in common with the question. */
  readonly isLoose: boolean;
  isCarriedBy(sentence: string): boolean;
}

/** The values that a question wants, none for a question about what is done and why. */
export function readAskedValues(question: string): readonly AskedValue[] {
  if (COMPARES.test(question)) return [];
  const kinds = VALUE_KINDS.filter(({ asks }) => asks.test(question)).map(
    ({ name, shows, isLoose = false }): AskedValue => ({
      kind: name,
      isLoose,
      isCarriedBy: (sentence) => shows.every((pattern) => pattern.test(sentence)),
    }),
  );
  const definite = kinds.filter(({ kind }) => kind !== 'improvement');
  if (definite.some(({ isLoose }) => !isLoose)) return definite;
  const others = [...settings(question), ...measured(question)];
  return [...(others.length > 0 ? definite : kinds), ...counted(question), ...others];
}

const COUNT =
  /\bhow many\s+((?:[\p{L}\d-]+\s*){1,4})|\bnumber of\s+((?:[\p{L}\d-]+\s*){1,4})|([\p{L}-]+) count\b/iu;
const PHRASE_END =
  /^(?:does|do|did|is|are|was|were|has|have|had|can|could|will|would|should|in|on|of|for|with|to|from|used|needed|per|and|or|by|at|it|its|they|the|there|this|that)$/i;
const NOT_COUNTED = /^(?:times|papers?|abstracts?|works|points|db)$/i;
const BEFORE_NOUN = 7;
const AFTER_NOUN = 4;

/** "How many experts": a number near that noun, in figures or words. */
function counted(question: string): readonly AskedValue[] {
  const [, many, number, counts] = COUNT.exec(question) ?? [];
  const phrase = (many ?? number ?? counts ?? '').trim().split(/\s+/);
  const end = phrase.findIndex((word) => PHRASE_END.test(word));
  const nouns = phrase.slice(0, end === -1 ? undefined : end);
  const noun = nouns.find((word) => /s$|^people$/i.test(word)) ?? nouns.at(-1) ?? '';
  const [term] = analyse(noun).slice(-1);
  if (term === undefined || NOT_COUNTED.test(noun)) return [];
  const same = sameSense(term);
  const isCarriedBy = (sentence: string) => hasNumberNear(sentence, (word) => same.has(word));
  return [{ kind: `number of ${noun}`, isLoose: false, isCarriedBy }];
}

function hasNumberNear(sentence: string, isNoun: (term: string) => boolean): boolean {
  const tokens = sentence.match(/[\p{L}\p{N}][\p{L}\p{N}.,]*/gu) ?? [];
  const numbers = tokens.flatMap((token, i) => (carriesNumber(token) ? [i] : []));
  return tokens.some(
    (token, i) =>
      analyse(token).some(isNoun) &&
      numbers.some((at) => (at <= i ? i - at <= BEFORE_NOUN : at - i <= AFTER_NOUN)),
  );
}

// What experiments are set to: the setting's whole name beside a figure.
const SETTING =
  /\b((?:learning|dropout|sampling|decay|compression|mutation|masking|sparsity|activation|pruning|bit|refresh) ?rate|(?:batch|vocab(?:ulary)?|context|window|patch|kernel|hidden|embedding|cache|step|population|buffer|sample) (?:size|length|dimension)|(?:sequence|context|prompt|episode) length|weight decay|random seed|seed|temperature|warm-?up|beam width|top-?[kp])\b/gi;

function settings(question: string): readonly AskedValue[] {
  return [...question.matchAll(SETTING)].map(([name]) => {
    const terms = analyse(name);
    return {
      kind: name,
      isLoose: false,
      isCarriedBy: (sentence) => {
        const held = new Set(analyse(sentence));
        return terms.every((term) => held.has(term)) && carriesNumber(sentence);
      },
    };
  });
}

// Measures of how well something does; the sentence must speak of the same one and have a figure.
const MEASURES: readonly (readonly [asks: RegExp, shows: RegExp])[] = [
  [/\b(?:accuracy|acc|accuracies|top-?1|top-?5)\b/i, /\baccura\w+|\bacc\b|\btop-?[15]\b|\berror/i],
  [/\berrors?\b/i, /\berrors?\b|\baccura\w+|\b(?:rmse|mae|mape|mse|wer|eer)s?\b/i],
];

// Measures known by one name: the sentence must have that very one.
const METRIC =
  /\b(?:bleu|rouge|meteor|wer|eer|cer|fid|psnr|ssim|lpips|miou|iou|f1|auc|auroc|mrr|ndcg|perplexity|g?flops|recall|precision|rmse|mae|mape)\b/gi;

function measured(question: string): readonly AskedValue[] {
  if (/\bhow accurate\b/i.test(question)) return [];
  const wanted = [
    ...MEASURES.filter(([asks]) => asks.test(question)).map(([, shows]) => shows),
    ...[...question.matchAll(METRIC)].map(([name]) => new RegExp(bareName(name), 'i')),
  ];
  return wanted.map((shows) => ({
    kind: 'measure',
    isLoose: false,
    isCarriedBy: (sentence) => NUMBER.test(sentence) && shows.test(sentence),
  }));
}

/** "GFLOPs" as "FLOP": papers write "FLOP(G)" and "FLOPs" alike. */
function bareName(name: string): string {
  return name.toLowerCase().replace(/^g(?=flop)|s$/g, '');
}
