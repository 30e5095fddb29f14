import { beforeAll, describe, expect, it } from 'vitest';
import type { Paper } from '../../src/papers/paper.ts';
import {
  findMention,
  type Mention,
  namesOf,
  readSpokenNames,
} from '../../src/retrieval/mentions.ts';
import type { TermStatistics } from '../../src/retrieval/term-statistics.ts';
import { indexed, makePaper, statisticsOf } from './indexed-paper.ts';

const routeLlm = makePaper('RouteLLM: Learning to Route LLMs', 'We route queries between models.');
const darts = makePaper('DARTS: Differentiable Architecture Search', 'We relax the search space.');
const pcDarts = makePaper(
  'PC-DARTS: Partial Channel Connections',
  'We sample channels. PC-DARTS uses less memory than DARTS.',
);
const hot = makePaper('HOT: Higher-Order Transformers', 'We encode labels as one-hot vectors.');
const agora = makePaper('Agents that trade', 'We introduce Agora, a market for agents.');
const carrot = makePaper('Carrot: Routing by cost', 'We route by cost.');
const fillers = Array.from({ length: 40 }, (_, n) =>
  makePaper(`Training a CNN on task ${n}`, 'A CNN is trained.'),
);
const corpus = [routeLlm, darts, pcDarts, hot, agora, carrot, ...fillers];

describe('findMention', () => {
  let statistics: TermStatistics;
  beforeAll(async () => {
    statistics = await statisticsOf(corpus);
  });

  function mention(question: string, paper: Paper): Mention | undefined {
    return findMention(readSpokenNames(question), indexed(paper), statistics);
  }

  it.each([
    ['How does RouteLLM save money?', true],
    ['how does routellm save money', false],
    ['how does route llm save money', false],
    ['how does route-LLM save money', true],
    ['What did ROUTELLM, in short, do?', true],
  ])('finds the coined name in "%s"', (question, isTyped) => {
    const found = mention(question, routeLlm);
    expect(found?.names).toEqual(['routellm']);
    expect(found?.isTyped).toBe(isTyped);
    expect(mention(question, darts)).toBeUndefined();
  });

  it('knows a name that is no ordinary word in small letters too', () => {
    expect(mention('how does routellm save money', routeLlm)?.isCoined).toBe(true);
    expect(mention('what is carrot?', carrot)?.isCoined).toBeUndefined();
    const squashing = makePaper('On Over-Squashing in Networks', 'Over-squashing is studied.');
    expect(mention('how to fix over-squashing?', squashing)?.isCoined).toBeUndefined();
  });

  it('takes a capital in the midst of a question for a name as typed', () => {
    expect(mention('explain Agora to me', agora)?.isTyped).toBe(true);
    expect(mention('Agora explained', agora)?.isTyped).toBe(false);
  });

  it('does not let a hyphenated name own its parts', () => {
    const [own, other] = [mention('Is DARTS fast?', darts), mention('Is DARTS fast?', pcDarts)];
    expect(own?.strength).toBeGreaterThan(2 * (other?.strength ?? 0));
    const whole = mention('Is PC-DARTS fast?', pcDarts);
    expect(whole?.names).toContain('pcdarts');
    expect(whole?.strength).toBeGreaterThan(mention('Is PC-DARTS fast?', hot)?.strength ?? 0);
  });

  it('does not take "one-hot" for a paper named "HOT"', () => {
    expect(mention('Why are one-hot vectors bad?', hot)).toBeUndefined();
    expect(mention('Is HOT fast?', hot)?.isTyped).toBe(true);
  });

  it('takes a whole title, whatever its case and punctuation, for the surest mention', () => {
    const found = mention('explain "agents THAT trade" to me', agora);
    expect(found).toEqual({ names: ['agents', 'that', 'trade'], strength: 1, isTyped: true });
  });

  it('takes no short title for a mention', () => {
    const paper = makePaper('Deep learning');
    expect(mention('why is deep learning slow?', makePaper('Deep nets'))).toBeUndefined();
    expect(mention('why is deep learning slow?', paper)?.strength).toBe(1);
  });

  it('knows a name like any other word where the abstract introduces it or the title begins so', () => {
    expect(mention('what is agora?', agora)?.names).toEqual(['agora']);
    expect(mention('what is carrot?', carrot)?.strength).toBeGreaterThan(0.5);
  });

  it('takes a name that many papers use for a term of the field', () => {
    const [filler = carrot] = fillers;
    expect(mention('Which CNN is best?', filler)).toBeUndefined();
  });

  it('finds nothing in a question that names nothing, or of stop words alone', () => {
    for (const paper of corpus) {
      expect(mention('Which methods save memory?', paper)).toBeUndefined();
      expect(mention('what is it?', paper)).toBeUndefined();
      expect(mention('', paper)).toBeUndefined();
    }
  });

  it('takes no stop word for a name', () => {
    expect(mention('Can it do that?', makePaper('CAN: Creative Networks'))).toBeUndefined();
  });

  it('keeps strengths between 0 and 1, the higher the rarer', () => {
    for (const paper of [routeLlm, darts, hot, agora]) {
      const strength = mention('RouteLLM, DARTS, HOT or Agora?', paper)?.strength ?? -1;
      expect(strength).toBeGreaterThan(0);
      expect(strength).toBeLessThanOrEqual(1);
    }
  });
});

describe('namesOf', () => {
  it('gives a paper its own names in full and those it only mentions in part', () => {
    const names = namesOf({
      title: 'Fast search with StarNet',
      abstract: 'We present StarNet, which beats ResNet50 and YOLOv8 on ImageNet.',
    });
    expect(names.get('starnet')).toBe(1);
    expect(names.get('fast')).toBeUndefined();
    expect(namesOf({ title: 'Stars', abstract: 'ResNet50 is slow.' }).get('resnet50')).toBe(0.4);
  });

  it('finds none in plain words', () => {
    expect([...namesOf({ title: 'Deep networks learn', abstract: 'They do.' })]).toEqual([]);
  });
});

describe('names in titles', () => {
  const searching = makePaper('Searching for MobileNetV3', 'We present the next MobileNets.');
  const later = makePaper('MobileNetV4 -- Universal Models', 'We present MobileNetV4.');
  const users = Array.from({ length: 6 }, (_, n) =>
    makePaper(`Pruning on task ${n}`, 'We prune MobileNetV3.'),
  );
  const zero = makePaper('MoE++: Zero Experts', 'We add experts that do nothing.');
  const plainMoe = Array.from({ length: 9 }, (_, n) => makePaper(`Routing ${n}`, 'An MoE routes.'));
  const smore = makePaper("S'MoRE: Residual Experts", 'We mix residual experts.');
  const airTag = makePaper("AirTag, You're It: Reverse Logistics", 'We track parcels.');
  const all = [searching, later, ...users, zero, ...plainMoe, smore, airTag];
  const more = Array.from({ length: 160 }, (_, n) => makePaper(`Other ${n}`, 'It is trained.'));

  async function named(question: string): Promise<readonly string[]> {
    const statistics = await statisticsOf([...all, ...more]);
    const spoken = readSpokenNames(question);
    const isNamed = (paper: Paper) =>
      (findMention(spoken, indexed(paper), statistics)?.strength ?? 0) >= 0.6;
    return all.filter(isNamed).map(({ title }) => title);
  }

  it('name a paper that others build on', async () => {
    expect(await named('how fast is MobileNetV3?')).toEqual(['Searching for MobileNetV3']);
  });

  it('are told apart by their marks', async () => {
    expect(await named('what is MoE++?')).toEqual(['MoE++: Zero Experts']);
    expect(await named("what does S'MoRE do?")).toEqual(["S'MoRE: Residual Experts"]);
    expect(await named('what is an MoE?')).toEqual([]);
  });

  it.each(['mobilenet v3 vs v4', 'MobileNetV3 and v4', 'mobilenetv3 vs mobilenetv4'])(
    'are read out of versions in %j',
    async (question) => {
      expect(await named(question)).toEqual([searching.title, later.title]);
    },
  );

  it('are known in the plural', async () => {
    expect(await named('which paper is about airtags?')).toEqual([airTag.title]);
  });
});
