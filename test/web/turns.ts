import type { Answer, Citation, RankedPaper } from '../../src/answer/answer.ts';
import type { ConversationId, Turn } from '../../src/answer/conversation.ts';
import type { Paper, PaperId } from '../../src/papers/paper.ts';

/** A paper for a test; what is not given is plain. */
export function makePaper(given: Partial<Omit<Paper, 'id'>> & { id?: string } = {}): Paper {
  return {
    title: 'A plain title',
    abstract: 'A plain abstract. It says little.',
    url: 'https://arxiv.org/abs/2401.00001',
    sources: [{ page: 'page.txt', line: 1 }],
    ...given,
    // The brand's one builder is another room's; a test may name any paper.
    id: (given.id ?? 'arxiv:2401.00001') as PaperId,
  };
}

/** A citation of the paper with quotes that stand in its abstract. */
export function cite(n: number, paper: Paper, ...quotes: readonly string[]): Citation {
  const evidence = quotes.map((quote) => {
    const start = paper.abstract.indexOf(quote);
    if (start < 0) throw new Error(`Not in the abstract: ${quote}`);
    return { quote, start, end: start + quote.length };
  });
  const { id, title, url, date } = paper;
  return { n, paperId: id, title, url, ...(date && { date }), evidence };
}

export function rank(paper: Paper, score = 0.5): RankedPaper {
  return { paperId: paper.id, title: paper.title, score };
}

interface TurnGiven {
  readonly question?: string;
  readonly conversationId?: string;
  readonly answerId?: string;
  readonly papers?: readonly Paper[];
  readonly answer?: Partial<Omit<Answer, 'trace'>>;
}

/** A turn for a test; without citations its answer is one plain sentence. */
export function makeTurn(given: TurnGiven = {}): Turn {
  const answer: Answer = {
    kind: 'answered',
    intent: 'ask',
    text: 'A plain sentence.',
    sentences: [{ text: 'A plain sentence.', citations: [] }],
    citations: [],
    passages: [],
    ...given.answer,
    trace: {
      answerId: given.answerId ?? 'answer-1',
      ms: { retrieve: 30, total: 42 },
      modelCalls: 0,
      promptTokens: 0,
      completionTokens: 0,
      mode: 'extractive',
    },
  };
  return {
    conversationId: (given.conversationId ?? 'conversation-1') as ConversationId,
    askedAt: '2026-03-12T14:03:00.000Z',
    question: given.question ?? 'a plain question?',
    answer,
    papers: given.papers ?? [],
  };
}
