import { describe, expect, it } from 'vitest';
import type { Answer, Citation } from '../../src/answer/answer.ts';
import type { Turn } from '../../src/answer/conversation.ts';
import type { Paper, PaperId } from '../../src/papers/paper.ts';
import { renderEvidence } from '../../src/slack/evidence-view.ts';
import { renderAnswer, toMessage } from '../../src/slack/render-answer.ts';
import { makeTurn } from '../store/make-turn.ts';
import { linksIn, problemsOfMessage, problemsOfView } from './check-blocks.ts';
import { HOSTILE } from './hostile.ts';
import { hostileTurn, longTurn } from './turns.ts';

const turn = makeTurn({ answerId: 'a1' });

function withAnswer(change: Partial<Answer>, from: Turn = turn): Turn {
  return { ...from, answer: { ...from.answer, ...change } };
}

function shown(each: Turn, isPrivate = false) {
  const message = toMessage(renderAnswer(each, { isPrivate }));
  expect(problemsOfMessage(message)).toEqual([]);
  return message;
}

describe('an answer', () => {
  it('has its sentences under the title of their paper, each marker linked to the paper', () => {
    const { body } = renderAnswer(turn, { isPrivate: false });
    expect(body).toBe(
      '**Dropping Tokens**\nIt costs 0.3 points.\u00a0[[1](https://arxiv.org/abs/2401.00001)]',
    );
  });

  it('links to nothing but the cited papers', () => {
    const links = new Set(linksIn(shown(turn).blocks));
    expect([...links]).toEqual(['https://arxiv.org/abs/2401.00001']);
  });

  it('folds its sources away, with their quotes', () => {
    const sources = shown(turn).blocks.find(({ type }) => type === 'container');
    expect(sources).toMatchObject({ is_collapsible: true, default_collapsed: true });
    expect(JSON.stringify(sources)).toContain('“Accuracy falls by 0.3 points”');
  });

  it('can be judged, looked into, exported and followed', () => {
    const { blocks } = shown(turn);
    const actions = JSON.stringify(blocks.filter(({ type }) => type === 'actions'));
    for (const label of ['Show evidence', 'Similar papers', 'Export BibTeX']) {
      expect(actions).toContain(label);
    }
    expect(actions).not.toContain('Share to channel');
    expect(JSON.stringify(blocks)).toContain('"value":"up a1"');
  });

  it('can be shared when only its asker sees it', () => {
    expect(JSON.stringify(shown(turn, true).blocks)).toContain('Share to channel');
  });

  it('says first that the model failed', () => {
    const trace = { ...turn.answer.trace, mode: 'extractive-fallback' };
    const [first] = shown(withAnswer({ trace })).blocks;
    expect(JSON.stringify(first)).toContain('language model could not be used');
  });

  it('says that only some papers were searched', () => {
    const narrowed = 'Only papers of the pages <!here> were searched, as the settings here say.';
    const text = JSON.stringify(shown(withAnswer({ narrowed })).blocks);
    expect(text).toContain('Only papers of the pages <\u2060!here> were searched');
  });

  it('says that it was asked before and what came since', () => {
    const newPapers = [{ paperId: 'p' as PaperId, title: 'New <!here>', score: 1 }];
    const askedBefore = { question: 'old <!channel>', at: '2026-01-01T00:00:00Z', newPapers };
    const text = JSON.stringify(shown(withAnswer({ askedBefore })).blocks);
    expect(text).toContain('Asked before on 1 Jan 2026');
    expect(text).toContain('New <\u2060!here>');
  });

  it('marks a citation without a link where the record leads elsewhere', () => {
    const citations = turn.answer.citations.map((each) => ({
      ...each,
      url: 'https://evil.example',
    }));
    const { body } = renderAnswer(withAnswer({ citations }), { isPrivate: false });
    expect(body).toContain('points.\u00a0[1]');
    expect(linksIn(shown(withAnswer({ citations })).blocks)).toEqual([]);
  });
});

describe('a refusal', () => {
  const refusal = withAnswer({
    kind: 'insufficient-evidence',
    text: "I can't answer that from the 12 abstracts I hold. No abstract mentions “x”.",
    sentences: [
      { text: "I can't answer that from the 12 abstracts I hold.", citations: [] },
      { text: 'No abstract mentions “x”.', citations: [] },
    ],
    citations: [],
  });

  it('is short: an alert, what is wanting, and the nearest papers', () => {
    const { blocks } = shown(refusal);
    expect(blocks.map(({ type }) => type)).toEqual(['alert', 'markdown', 'rich_text']);
    expect(JSON.stringify(blocks[0])).toContain("I can't answer that");
    expect(JSON.stringify(blocks[1])).not.toContain("I can't answer that");
  });

  it('goes on below where its first sentence is too long for an alert', () => {
    const text = `${'I found nothing on “a rather long title” in any abstract. '.repeat(12)}End.`;
    const { blocks } = shown(withAnswer({ sentences: [{ text, citations: [] }] }, refusal));
    expect(JSON.stringify(blocks.slice(0, 2))).toContain('End.');
  });
});

describe('a comparison', () => {
  const citation: Citation = { ...turn.answer.citations[0], n: 1 } as Citation;
  const evidence = { quote: 'Accuracy falls by 0.3 points', start: 30, end: 58 };
  const table = {
    columns: [
      { paperId: citation.paperId, title: 'Dropping Tokens: Twice' },
      { paperId: 'q' as PaperId, title: '<!channel>' },
    ],
    rows: [{ aspect: 'results', cells: [{ n: 1, ...evidence }, null] }],
  };

  it('is a table whose empty cells say so', () => {
    const { blocks } = shown(withAnswer({ intent: 'compare', table }));
    const text = JSON.stringify(blocks.find(({ type }) => type === 'table'));
    expect(text).toContain('Dropping Tokens [1]');
    expect(text).toContain('“Accuracy falls by 0.3 points”');
    expect(text).toContain('not stated in the abstract');
  });

  it('names each stance with the paper and its words', () => {
    const stances = [{ n: 1, stance: 'contradicts' as const, evidence }];
    const { body } = renderAnswer(withAnswer({ intent: 'claim', stances }), { isPrivate: false });
    expect(body).toContain('**Contradicts the claim**\n- Dropping Tokens [[1](https://arxiv.org');
    shown(withAnswer({ intent: 'claim', stances }));
  });
});

describe('the evidence', () => {
  it('is the whole abstract with the quote in bold where it stands', () => {
    const view = renderEvidence(turn);
    expect(problemsOfView(view)).toEqual([]);
    const [block] = view.blocks as { elements: { elements: unknown[] }[] }[];
    expect(block?.elements[1]?.elements).toEqual([
      { type: 'text', text: 'We drop “half” of the tokens. ' },
      { type: 'text', text: 'Accuracy falls by 0.3 points', style: { bold: true } },
      { type: 'text', text: ' — 精度. 🙂' },
    ]);
  });

  it('is the quotes alone where the paper is gone', () => {
    expect(JSON.stringify(renderEvidence({ ...turn, papers: [] }))).toContain('“Accuracy falls');
  });

  it('joins quotes that overlap and passes over offsets beyond the abstract', () => {
    const [paper] = turn.papers;
    const evidence = [
      { quote: 'x', start: 3, end: 9 },
      { quote: 'y', start: 0, end: 5 },
      { quote: 'z', start: 10, end: 9_999 },
    ];
    const citations = turn.answer.citations.map((each) => ({ ...each, evidence }));
    const view = renderEvidence({ ...withAnswer({ citations }), papers: [paper as Paper] });
    const bold = JSON.stringify(view).match(/"text":"[^"]*","style"/g);
    expect(bold?.at(-1)).toBe('"text":"We drop “","style"');
    expect(problemsOfView(view)).toEqual([]);
  });
});

describe('what is very long', () => {
  it.each([1, 5, 20, 60])('keeps every limit with %i sources', (sources) => {
    const each = longTurn({ sources, columns: 8, words: 400 });
    shown(each);
    expect(problemsOfView(renderEvidence(each))).toEqual([]);
  });

  it('says that it was cut, and cuts between sentences', () => {
    const { body } = renderAnswer(longTurn({ sources: 30, columns: 0, words: 60 }), {
      isPrivate: false,
    });
    expect(body).toMatch(/[.\])]\n\n_The answer is longer than Slack shows/);
  });
});

describe('what is hostile', () => {
  it.each(HOSTILE)('stays text in an answer and its evidence: %s', (_, text) => {
    for (const kind of ['answered', 'insufficient-evidence'] as const) {
      const each = withAnswer({ kind }, hostileTurn(text));
      shown(each, true);
      expect(problemsOfView(renderEvidence(each))).toEqual([]);
    }
  });
});
