import { toTerm } from '../../retrieval/analyzer.ts';

// What models write for the words of an abstract; each line is one sense.
const SENSES: readonly string[] = [
  'significant significantly substantial substantially considerable considerably great greatly dramatic dramatically notable notably marked markedly strong strongly much large largely',
  'many various several multiple numerous diverse different',
  'important crucial key critical essential vital',
  'comprehensive extensive thorough',
  'effective effectively efficient efficiently',
  'reduce lower cut decrease shrink drop fall save lessen bring',
  'increase raise rise grow lift boost up gain',
  'improve enhance gain better boost increase improvement',
  'outperform surpass beat exceed better superior ahead',
  'fast quick speed speedup accelerate sped faster rapid',
  'large big great huge larger far',
  'small little tiny smaller low',
  'choose select pick decide choice',
  'router routing route select',
  'build create construct make develop establish design',
  'use employ utilize leverage apply harness via',
  'size scale parameter large',
  'scale scalable scalability',
  'poor poorly bad',
  'target tune tuned optimize design',
  'swap change exchange',
  'lower fewer less reduce efficient small cheap cheaper',
  'network bandwidth',
  'theoretical theory analysis',
  'disk storage ssd',
  'memory ram',
  'cheap cost price expensive costly expense',
  'keep maintain retain preserve hold store stay held live',
  'time runtime latency inference fast faster',
  'close comparable similar match equal same near near-identical competitive level',
  'tackle address solve mitigate overcome deal handle',
  'hinder held limit slow hamper hold back',
  'transfer distill pass learn',
  'replace swap exchange substitute change place instead',
  'compute computation computational resource flops',
  'data dataset corpus',
  'model network architecture llm structure',
  'neural network',
  'method approach algorithm technique framework',
  'score accuracy result reach achieve get obtain attain',
  'weight parameter',
  'study experiment evaluation empirical test',
  'theory theoretical provably prove proof',
  'need require want take demand',
  'separate own independent individual alone each',
  'previous earlier prior former',
  'sentence text',
  'human people person',
  'communication traffic network',
  'failure fail break',
  'alternative option',
  'goal aim objective target',
  'meant targeted intended designed',
  'combine integrate join unite merge fuse',
  'advantage benefit',
  'drawback challenge issue problem limitation',
  'balance trade tradeoff',
  'train learn pretrain',
  'mean average',
  'robust resist resistance resistant',
  'strong powerful',
  'suffice enough require need',
  'respond response answer',
  'see view regard consider',
  'estimate predict',
  'parcel package',
  'public open available release',
  'variant version model',
  'whole total overall',
  'about approximate around nearly almost roughly',
  'sevenfold tenfold twofold threefold fold times',
  'half halve twice',
  'equal same',
  'task problem',
  'vertex node',
  'picture image',
  'confine within only',
  'inside within in',
  'handle analyze process manage',
  'cast formulate frame model',
  'unknown unknow know',
  'plentiful abundant',
  'modern today current',
  'offer provide give',
  'describe present introduce propose',
  'good well better perform performance',
  'understand understood known know',
];

const ALIKE: ReadonlyMap<string, ReadonlySet<string>> = toAlike();

/** The stems of words that may stand for a word with this stem. */
export function alikeTo(stem: string): ReadonlySet<string> {
  return ALIKE.get(stem) ?? NONE;
}

const NONE: ReadonlySet<string> = new Set();

function toAlike(): ReadonlyMap<string, ReadonlySet<string>> {
  const alike = new Map<string, Set<string>>();
  for (const sense of SENSES) {
    const stems = sense.split(' ').map(toTerm);
    for (const stem of stems) alike.set(stem, new Set([...(alike.get(stem) ?? []), ...stems]));
  }
  return alike;
}
