import type { Turn } from '../../src/answer/conversation.ts';
import { EXAMPLES } from '../../src/web/pages/playground.ts';
import { FakeWebParts } from './fake-web-parts.ts';
import { CARROT, ROUTELLM, SN40L, VOXELKP } from './papers.ts';
import { cite, makeTurn, rank } from './turns.ts';

const [skeleton = '', experts = '', , compare = ''] = EXAMPLES;

/** What the browser tests ask, and a follow-up that the papers do not support. */
export const ASKED = { skeleton, experts, compare, unsupported: 'does it run on a phone?' };

const conversationId = 'demo-conversation';

const skeletonTurn = makeTurn({
  question: ASKED.skeleton,
  conversationId,
  answerId: 'answer-skeleton',
  papers: [VOXELKP],
  answer: {
    sentences: [
      {
        text: 'VoxelKP is a novel fully sparse network architecture tailored for human keypoint estimation in LiDAR data.',
        citations: [1],
      },
      {
        text: 'To its authors’ knowledge it is the first single-staged, fully sparse network designed for 3D keypoint estimation from LiDAR data.',
        citations: [1],
      },
    ],
    citations: [
      cite(
        1,
        VOXELKP,
        'a novel fully sparse network architecture tailored for human keypoint estimation in LiDAR data',
        'VoxelKP is the first single-staged, fully sparse network that is specifically designed for addressing the challenging task of 3D keypoint estimation from LiDAR data',
      ),
    ],
  },
});

const expertsTurn = makeTurn({
  question: ASKED.experts,
  conversationId,
  answerId: 'answer-experts',
  papers: [SN40L],
  answer: {
    sentences: [
      {
        text: 'Samba-CoE is a Composition of Experts system with 150 experts and a trillion total parameters.',
        citations: [1],
      },
    ],
    citations: [
      cite(1, SN40L, 'Samba-CoE, a CoE system with 150 experts and a trillion total parameters'),
    ],
  },
});

const compareTurn = makeTurn({
  question: ASKED.compare,
  conversationId,
  answerId: 'answer-compare',
  papers: [CARROT, ROUTELLM],
  answer: {
    intent: 'compare',
    sentences: [
      {
        text: 'CARROT comes with SPROUT, a dataset for routing a wide spectrum of queries with the latest LLMs, and is also tested on Routerbench and open-LLM-leaderboard-v2.',
        citations: [1],
      },
      {
        text: 'RouteLLM brings no dataset of its own: it trains its routers on human preference data and augments that data.',
        citations: [2],
      },
    ],
    citations: [
      cite(
        1,
        CARROT,
        'we also introduce the Smart Price-aware Routing (SPROUT) dataset',
        'prior benchmarks such as Routerbench and open-LLM-leaderboard-v2',
      ),
      cite(
        2,
        ROUTELLM,
        'leveraging human preference data and data augmentation techniques to enhance performance',
      ),
    ],
  },
});

const unsupportedTurn = makeTurn({
  question: ASKED.unsupported,
  conversationId,
  answerId: 'answer-unsupported',
  papers: [VOXELKP, SN40L],
  answer: {
    kind: 'insufficient-evidence',
    sentences: [
      {
        text: 'None of the 1,203 abstracts speaks of running VoxelKP on a phone. Nothing matched “phone” next to keypoint estimation.',
        citations: [],
      },
    ],
    nearest: [rank(VOXELKP, 0.41), rank(SN40L, 0.22)],
  },
});

/** Parts that answer the questions of `ASKED`. */
export class DemoParts extends FakeWebParts {
  constructor() {
    super();
    const turns: readonly Turn[] = [skeletonTurn, expertsTurn, compareTurn, unsupportedTurn];
    for (const turn of turns) this.reply(turn.question, turn);
  }
}
