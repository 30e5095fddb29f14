import { analyse } from '../../retrieval/analyzer.ts';

// Words that stand for one another in questions about papers and in papers: ordinary English and the
// field's everyday terms, no names.
const GROUPS: readonly string[] = [
  'dataset datasets data corpus corpora benchmark benchmarks',
  'production deployed deployment deploy industrial industry commercial',
  'evaluate evaluated evaluation test tested experiment experiments validate validated benchmarked',
  'fast faster speed speedup sped quick quicker acceleration accelerate accelerated latency throughput',
  'slow slower overhead latency',
  'cheap cheaper cost costs price expense expensive economical cost-effective',
  'accuracy accurate acc top1 error errors',
  'memory ram vram footprint',
  'energy power electricity watts',
  'small smaller tiny compact lightweight',
  'big bigger large larger huge',
  'code implementation repository repo github codebase source',
  'beat beats outperform outperforms surpass surpasses exceed better superior win wins',
  'problem problems issue issues challenge challenges limitation limitations drawback weakness failure',
  'phone phones mobile smartphone smartphones iphone',
  'gpu gpus cuda accelerator accelerators',
  'device devices hardware machine machines platform',
  'picture pictures photo photos image images',
  'video videos clip clips',
  'drone drones quadrotor quadrotors uav uavs',
  'parameter parameters params weights',
  'graph graphs network networks',
  'node nodes vertex vertices',
  'train trained training learn learned pretrain pretrained',
  'people humans human users user persons',
  'help helps improve improves improvement mitigate alleviate reduce reduces',
  'fix fixes solve solves solution overcome overcomes address addresses prevent prevents avoid avoids mitigate mitigates alleviate alleviates cure tackle tackles',
  'use uses used using utilize utilises employ employs leverage leverages adopt adopts apply applied',
  'router routers routing route routes routed',
  'select selects selection pick picks choose chooses choice',
  'bf16 bfloat16',
  'fp16 float16',
  'multilingual language languages',
];

const SENSES: ReadonlyMap<string, ReadonlySet<string>> = readGroups();

/** Index terms that may say the same as this one, itself among them. */
export function sameSense(term: string): ReadonlySet<string> {
  return SENSES.get(term) ?? new Set([term]);
}

function readGroups(): ReadonlyMap<string, ReadonlySet<string>> {
  const senses = new Map<string, Set<string>>();
  for (const group of GROUPS) {
    const terms = analyse(group);
    for (const term of terms) {
      const known = senses.get(term) ?? new Set([term]);
      for (const other of terms) known.add(other);
      senses.set(term, known);
    }
  }
  return senses;
}
