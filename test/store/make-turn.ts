import type { ConversationId, Turn } from '../../src/answer/conversation.ts';
import type { PaperId } from '../../src/papers/paper.ts';

const id = 'arxiv:2401.00001' as PaperId;
const abstract = 'We drop “half” of the tokens.\nAccuracy falls by 0.3 points — 精度. 🙂';

/** A turn with every field filled, made up. */
export function makeTurn({
  answerId,
  conversation = 'thread-1',
}: {
  answerId: string;
  conversation?: string;
}): Turn {
  const evidence = [{ quote: 'Accuracy falls by 0.3 points', start: 30, end: 58 }];
  const ranked = { paperId: id, title: 'Dropping Tokens', score: 0.8125 };
  return {
    conversationId: conversation as ConversationId,
    askedAt: '2026-01-02T03:04:05.678Z',
    question: `What does ${answerId} cost? '); drop table turns; --`,
    answer: {
      kind: 'answered',
      intent: 'ask',
      text: 'It costs 0.3 points [1].',
      sentences: [{ text: 'It costs 0.3 points.', citations: [1] }],
      citations: [
        {
          n: 1,
          paperId: id,
          title: 'Dropping Tokens',
          url: 'https://arxiv.org/abs/2401.00001',
          date: '2024-01-01',
          evidence,
        },
      ],
      passages: [ranked],
      nearest: [ranked],
      trace: {
        answerId,
        ms: { retrieve: 12.5, total: 40 },
        modelCalls: 1,
        promptTokens: 700,
        completionTokens: 30,
        mode: 'extractive, hybrid',
        notes: ['one sentence dropped'],
      },
    },
    papers: [
      {
        id,
        title: 'Dropping Tokens',
        abstract,
        url: 'https://arxiv.org/abs/2401.00001',
        arxivId: '2401.00001',
        date: '2024-01-01',
        dateInferred: true,
        authors: ['A. Author', 'B. Öther'],
        authorCount: 2,
        organization: 'Lab',
        commentCount: 3,
        sources: [{ page: '2024-01.md', line: 7 }],
      },
    ],
  };
}
