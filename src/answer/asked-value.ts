const NUMBER_QUESTION =
  /\bhow (?:many|much|fast|slow|big|small|large|long|far|often|accurate|close)\b|\bwhat(?:'?s| is| was| are| were)?\b[^?]{0,60}\b(?:score|accuracy|acc|error|rate|bleu|wer|eer|fid|map|f1|auc|size|latency|speed-?up|throughput|percentage|percent|fraction|number|cost|price|params|parameters|flops|frame rate|fps|perplexity|gain|reduction|improvement|top-?1)\b|\b(?:top-?1|latency|accuracy|error rate|speed-?up)\b[^?]{0,30}\?|\bby how\b|\bhow (?:much )?(?:better|worse|faster|smaller|fewer|larger)\b/i;
const BARE_MEASURE =
  /\b(?:bleu|rouge|wer|eer|cer|mmlu|fid|psnr|map|f1|auc|acc(?:uracy)?|top-?1|params|gflops|flops|latency|throughput|perplexity|mrr|footprint|wattage|(?:in )?(?:gb|mb|ms|gigabytes|gpu[- ]hours))\b/i;
const NUMBER = /\d/;
const SPELLED =
  /\b(?:two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?|thousands?|millions?|billions?|twice|half|third|quarter|double|triple)\b/i;

/** Whether the question wants a quantity. */
export function asksForNumber(question: string): boolean {
  return NUMBER_QUESTION.test(question) || BARE_MEASURE.test(question);
}

/** Whether a text carries a quantity, in figures or words. */
export function carriesNumber(text: string): boolean {
  return NUMBER.test(text) || SPELLED.test(text);
}
