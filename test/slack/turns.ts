import type { Turn } from '../../src/answer/conversation.ts';
import type { PaperId } from '../../src/papers/paper.ts';
import { makeTurn } from '../store/make-turn.ts';

/** The record of the paper that is cited. */
export const RECORD = 'https://huggingface.co/papers/2401.00001';

/** A turn in which every text that somebody else wrote is this one. */
export function hostileTurn(text: string): Turn {
  const turn = makeTurn({ answerId: 'a1' });
  const id = 'arxiv:2401.00001' as PaperId;
  const evidence = { quote: text, start: 0, end: text.length };
  const ranked = [{ paperId: id, title: text, score: 1 }];
  const stances = [{ n: 1, stance: 'supports' as const, evidence }];
  const cells = [{ n: 1, ...evidence }, null];
  const columns = [
    { paperId: id, title: text },
    { paperId: 'x' as PaperId, title: text },
  ];
  return {
    ...turn,
    question: text,
    answer: {
      ...turn.answer,
      text,
      sentences: [
        { text, citations: [1] },
        { text: `${text} ${text}`, citations: [1, 2] },
      ],
      citations: [
        { n: 1, paperId: id, title: text, url: RECORD, date: text, evidence: [evidence] },
        { n: 2, paperId: id, title: text, url: text, evidence: [evidence] },
      ],
      passages: ranked,
      nearest: ranked,
      table: { columns, rows: [{ aspect: text, cells }] },
      stances,
      narrowed: text,
      askedBefore: { question: text, at: '2026-01-01T00:00:00Z', newPapers: ranked },
      trace: { ...turn.answer.trace, mode: 'model', model: text },
    },
    papers: turn.papers.map((paper) => ({
      ...paper,
      title: text,
      abstract: text,
      authors: [text],
    })),
  };
}

/** A turn with so many sources, columns and words in each sentence. */
export function longTurn({
  sources,
  columns,
  words,
}: {
  readonly sources: number;
  readonly columns: number;
  readonly words: number;
}): Turn {
  const turn = makeTurn({ answerId: 'a1' });
  const numbers = Array.from({ length: sources }, (_, i) => i + 1);
  const idOf = (n: number) => `arxiv:${n}` as PaperId;
  const said = `${'some <words> & '.repeat(words)}end.`;
  const evidence = { quote: said, start: 0, end: said.length };
  const [paper] = turn.papers;
  return {
    ...turn,
    answer: {
      ...turn.answer,
      text: said.repeat(sources),
      sentences: numbers.map((n) => ({ text: said, citations: [n] })),
      citations: numbers.map((n) => ({
        n,
        paperId: idOf(n),
        title: `Paper ${n} ${said}`,
        url: `${RECORD}?n=${n}`,
        evidence: [evidence, evidence],
      })),
      ...(columns > 0 && {
        table: {
          columns: numbers.slice(0, columns).map((n) => ({ paperId: idOf(n), title: said })),
          rows: Array.from({ length: 15 }, (_, i) => ({
            aspect: `aspect ${i}`,
            cells: numbers.slice(0, columns).map((n) => ({ n, ...evidence })),
          })),
        },
      }),
    },
    papers:
      paper === undefined ? [] : numbers.map((n) => ({ ...paper, id: idOf(n), abstract: said })),
  };
}
