import { toTerm, words } from '../../retrieval/analyzer.ts';

// Words that go into the same place of a sentence and say different things. Each member names its
// spellings; behind ">" stands what else answers for them. A set's own line is one choice.
const SETS: readonly string[] = [
  'train training trained > pretrain pretraining pretrained finetune finetuning finetuned | pretrain pretraining pretrained | finetune finetuning finetuned > adapt adapted | inference infer inferring > serving test forward | serving serve served > inference deploy | test testing > inference evaluation evaluate',
  'supervised | selfsupervised selfsupervision > unsupervised unlabeled | unsupervised > selfsupervised unlabeled | semisupervised | reinforcement',
  'labeled labelled label > labels supervised | unlabeled unlabelled > unsupervised',
  'hard | soft',
  'exponentially exponential | linearly linear | quadratically quadratic | logarithmically logarithmic | polynomially polynomial | cubically cubic | sublinear | superlinear',
  'accuracy accurate accurately > efficacy correct top1 top5 precision effectiveness performance classification precise | error errors mistake mistakes > loss | latency > time delay speed faster fast runtime | energy power > watt joule | memory ram > footprint storage gb | throughput > tokens fps rate speed | cost costs cheap cheaper expensive costly > price overhead compute computational computation resource resources budget consumption complexity pay spending money | privacy private | robustness | fairness | quality > performance accuracy better | bandwidth > mb gb network | speed fast faster fastest quick quicker speedup > time latency throughput efficient efficiency accelerate accelerated acceleration speedups sped | interpretability interpretable > explainable explain',
  'comparable similar same close equal equally > match matches matching competitive par equivalent maintain maintaining identical like without | better superior higher > improve improves improved improvement improvements outperform outperforms surpass surpasses beat exceed exceeds best advantage gain gains more enhance enhanced greater increase increases state-of-the-art sota | worse inferior lower > degrade degrades reduce reduces reduced reduction decrease less fewer below drop loss minimal minimize low',
  'same equal equally > identical match | fewer less > lower reduced reduces reduce reducing cut drop save saves down cheaper efficient efficiency slower faster small smaller low minimal',
  'fixed | learnable trainable | learned',
  'univariate | multivariate | bivariate',
  'encoder | decoder',
  'teacher teachers | student students',
  'input inputs | output outputs',
  'node nodes vertex vertices | edge edges > link links | graph graphs hypergraph hypergraphs > node edge nodes edges | subgraph subgraphs | layer layers > layered mlp | expert experts | token tokens | block blocks',
  'row rows | column columns',
  'token tokens | sentence sentences > text | word words > text | document documents',
  'image images imagery > visual vision pixel picture | video videos > frame frames | audio > speech sound acoustic | text texts > language textual document sentence word | speech > audio spoken voice speaker',
  'online | offline',
  'forward | backward backpropagation > backprop',
  'left | right',
  'first | last final',
  'minimum min minimal | maximum max maximal',
  'mean average > averaged on | median',
  'local locally | global globally',
  'static statically > constant frozen predefined | dynamic dynamically adaptive adaptively > varying changing evolving adapt | learnable > learn learned learning trainable trained',
  'discrete > quantized binary | continuous',
  'sparse sparsely sparsity | dense densely',
  'open opensource | closed proprietary',
  'cpu cpus > processor processors | gpu gpus > hardware accelerator cuda h100 a100 rtx4090 t4 v100 | tpu tpus | fpga fpgas',
  'mobile > phone smartphone edge | desktop | server servers > cloud',
  'classification classify > recognition | regression | detection detect | segmentation segment | generation generate generating > generative | translation | retrieval retrieve',
  'synthetic synthetical > generated simulated artificial | real realworld | human > people',
  'temporary temporarily | permanent permanently',
  'random randomized randomly > stochastic | deterministic deterministically',
  'centralized centralised | decentralized decentralised distributed > federated',
  'modular | monolithic',
  'onchip | onpackage | offpackage | offchip',
  'theoretically theoretical theory theorem > prove proves proof provably bound guarantee guarantees optimal optimality | empirically empirical experiments experimental experiment > evaluate evaluation demonstrate results show benchmark',
  'challenge challenges challenging drawback drawbacks disadvantage disadvantages limitation limitations problem problems > issue issues suffer suffers difficult difficulty | advantage advantages benefit benefits > improve better',
  'significant significantly greatly considerably substantially dramatically > much large largely far notable outperform superior remarkable | slight slightly marginal marginally limited > small little minor',
  'abundant plentiful > large commonly | scarce scant > few limited little rare',
  'simple simplicity > easy simplify | complex complexity > difficult cost intricate',
  'nodebased nodelevel | edgebased edgelevel | graphlevel | layerlevel layerbased layerwise | tokenlevel',
  'simulation simulated simulations | realworld > real',
  'oversmoothing | overfitting | underfitting',
  'homogeneous | heterogeneous',
  'labeled | noisy > noise | clean',
  'balanced balance | skewed imbalanced unbalanced',
  'parameters parameter > param params weights size | flops gflops > computation compute',
  'symmetric | asymmetric',
  'convex | nonconvex',
  'convolutional convolution conv cnn cnns | linear > fully dense | attention attentional transformer',
  'known > knowing knowledge | unknown > without unseen',
  'absolute | relative',
  'jointly joint together simultaneously > unified | separately separate independently > each individually',
  'temporal temporally | spatial spatially',
  'quantization quantized quantize | pruning pruned prune | distillation distilled distill distills | augmentation augmented augment',
  'early | late',
  'explicit explicitly | implicit implicitly',
  'short shorter | long longer',
  'vertical vertically | horizontal horizontally',
  'positive | negative',
  'coarse coarsegrained | fine finegrained',
  'source | target',
  'true | false',
  'single singlestage | multiple multistage many > several various multi',
];

interface Member {
  readonly said: ReadonlySet<string>;
  readonly held: ReadonlySet<string>;
}

const CHOICES: ReadonlyMap<string, readonly { member: Member; rivals: ReadonlySet<string> }[]> =
  toChoices();

function toChoices() {
  const choices = new Map<string, { member: Member; rivals: ReadonlySet<string> }[]>();
  for (const set of SETS) {
    const members = set.split('|').map(toMember);
    for (const member of members) {
      const rivals = new Set(
        members.filter((one) => one !== member).flatMap((one) => [...one.said]),
      ).difference(member.held);
      for (const word of member.said) {
        choices.set(word, [...(choices.get(word) ?? []), { member, rivals }]);
      }
    }
  }
  return choices;
}

function toMember(text: string): Member {
  const [said = '', more = ''] = text.split('>').map((part) => part.trim());
  const list = (part: string) => part.split(' ').filter((word) => word !== '');
  return { said: new Set(list(said)), held: new Set([...list(said), ...list(more)].map(toTerm)) };
}

const PREFIX =
  /(?<![\p{L}\p{N}])(pre|self|semi|fine|multi|uni|un|non|on|off|sub|over|under|real|open|co)[-‐–\s](?=(?:train|tun|supervis|stage|grain|variate|label|chip|package|smooth|fit|graph|world|source|convex|level))/giu;
const SUFFIX = /(?<=\p{L})[-‐–](?=(?:level|based|wise|supervis|grained)\b)/giu;

/**
 * Why a sentence has a word for which its evidence has a sibling ("inference" for "training",
 * "hard labels" for "soft labels"), or undefined.
 */
export function findSibling(sentence: string, evidence: string): string | undefined {
  const held = new Set(wordsOf(evidence));
  const stems = new Set([...held].map(toTerm));
  for (const word of new Set(wordsOf(sentence))) {
    if (held.has(word)) continue;
    for (const { member, rivals } of CHOICES.get(word) ?? []) {
      if (!member.held.isDisjointFrom(stems)) continue;
      const rival = [...rivals].find((one) => held.has(one));
      if (rival !== undefined) return `the evidence says "${rival}", not "${word}"`;
    }
  }
  return undefined;
}

/** "Pre-training" and "self-supervised" as one word. */
export function asOneWord(text: string): string {
  return text.replace(PREFIX, '$1').replace(SUFFIX, '');
}

/** The siblings of a word. */
export function rivalsOf(word: string): readonly string[] {
  return (CHOICES.get(word) ?? []).flatMap(({ rivals }) => [...rivals]);
}

function wordsOf(text: string): readonly string[] {
  return words(asOneWord(text));
}
