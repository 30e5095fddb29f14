import { describe, expect, it } from 'vitest';
import type { Turn } from '../../src/answer/conversation.ts';
import { renderEvidence } from '../../src/discord/evidence-cards.ts';
import { type Outgoing, toBody, withMark } from '../../src/discord/outgoing.ts';
import { type AnswerView, renderAnswer } from '../../src/discord/render-answer.ts';
import { HOSTILE } from '../slack/hostile.ts';
import { hostileTurn, longTurn } from '../slack/turns.ts';
import { makeTurn } from '../store/make-turn.ts';
import { problemsOfMessage } from './judge.ts';

const turn = makeTurn({ answerId: 'a1' });
const EVERYTHING: AnswerView = { isQuestionShown: true, mayShare: true, mayOpenThread: true };

function problemsOf(messages: readonly Outgoing[]): readonly string[] {
  return messages.flatMap((message, i) => problemsOfMessage(toBody(withMark(message, `key ${i}`))));
}

function textOf(messages: readonly Outgoing[]): string {
  return JSON.stringify(messages.map(({ components }) => components));
}

describe('an answer', () => {
  it('is a card of answer, numbered sources and buttons', () => {
    const [card, ...more] = renderAnswer(turn, {});
    expect(more).toEqual([]);
    expect(card?.components).toEqual([
      {
        type: 17,
        accent_color: 3900064,
        components: [
          {
            type: 10,
            content:
              '**Dropping Tokens**\nIt costs 0.3 points.\u00a0\\[[1](<https://arxiv.org/abs/2401.00001>)\\]',
          },
          { type: 14, divider: true },
          {
            type: 10,
            content:
              '\\[1\\] **[Dropping Tokens](<https://arxiv.org/abs/2401.00001>)** · arxiv.org · 2024-01-01',
          },
          { type: 10, content: '-# quoted from the abstracts, found hybrid · 40 ms' },
          {
            type: 1,
            components: [
              { type: 2, style: 2, label: 'Show evidence', custom_id: 'evidence:a1' },
              { type: 2, style: 2, label: 'Similar papers', custom_id: 'similar:arxiv:2401.00001' },
              { type: 2, style: 2, label: 'BibTeX', custom_id: 'bibtex:a1' },
              { type: 2, style: 2, label: '👍', custom_id: 'good:a1' },
              { type: 2, style: 2, label: '👎', custom_id: 'bad:a1' },
            ],
          },
        ],
      },
    ]);
  });

  it('has what may be done with it', () => {
    expect(textOf(renderAnswer(turn, {}))).not.toMatch(/share:|thread:|Asked:/);
    const all = textOf(renderAnswer(turn, EVERYTHING));
    for (const part of ['share:a1', 'thread:a1', 'Asked: What does a1 cost']) {
      expect(all).toContain(part);
    }
  });

  it('that is a refusal says so at the top, with the nearest papers', () => {
    const refused = refusalOf(turn, 'I hold nothing on that.');
    const [card] = renderAnswer(refused, {});
    expect(textOf([card ?? { components: [] }])).toMatch(
      /"content":"I hold nothing on that\."\},.*Nearest papers\\n- \*\*\[Dropping Tokens\]/,
    );
    expect(textOf(renderAnswer(refused, {}))).not.toContain('custom_id');
  });

  it('tells a comparison aspect by aspect', () => {
    const compared = longTurn({ sources: 2, columns: 2, words: 1 });
    const text = textOf(renderAnswer(compared, {}));
    expect(text).toMatch(/\*\*Aspect 0\*\*\\n- some \\\\<words\\\\> & end\. \\\\\[\[1\]/);
    expect(problemsOf(renderAnswer(compared, {}))).toEqual([]);
  });

  it.each([
    { sources: 1, columns: 0, words: 1 },
    { sources: 1, columns: 0, words: 2_000 },
    { sources: 8, columns: 0, words: 40 },
    { sources: 20, columns: 0, words: 100 },
    { sources: 60, columns: 0, words: 3 },
    { sources: 8, columns: 6, words: 60 },
    { sources: 20, columns: 20, words: 200 },
  ])('keeps every limit of Discord with %o', (size) => {
    const messages = renderAnswer(longTurn(size), EVERYTHING);
    expect(problemsOf(messages)).toEqual([]);
    expect(messages.length).toBeLessThanOrEqual(4);
    const evidence = renderEvidence(longTurn(size));
    expect(problemsOf(evidence)).toEqual([]);
    expect(evidence.length).toBeLessThanOrEqual(5);
  });

  it('that is long is cut between sentences, with sources and buttons on the last card', () => {
    const messages = renderAnswer(longTurn({ sources: 8, columns: 0, words: 30 }), {});
    expect(messages.length).toBeGreaterThan(1);
    const [last, ...before] = [...messages].reverse();
    for (const message of before) expect(textOf([message])).not.toMatch(/custom_id/);
    expect(textOf([last ?? { components: [] }])).toContain('evidence:');
    for (const message of before) expect(textOf([message])).toMatch(/\)\\\\\]"/);
  });

  it('says when there is more than may be shown', () => {
    const messages = renderAnswer(longTurn({ sources: 20, columns: 0, words: 300 }), {});
    expect(textOf(messages)).toContain('longer than I may show');
  });

  it.each(HOSTILE)('keeps a hostile text dead: %s', (_, text) => {
    const hostile = hostileTurn(text);
    expect(problemsOf(renderAnswer(hostile, EVERYTHING))).toEqual([]);
    expect(problemsOf(renderAnswer(refusalOf(hostile, text), EVERYTHING))).toEqual([]);
    expect(problemsOf(renderEvidence(hostile))).toEqual([]);
  });
});

describe('evidence', () => {
  it('is the abstract with the quotes in bold', () => {
    const text = textOf(renderEvidence(turn));
    expect(text).toContain(
      '> We drop “half” of the tokens. **Accuracy falls by 0.3 points** — 精度. 🙂',
    );
  });
});

function refusalOf(from: Turn, text: string): Turn {
  const { nearest = [], trace, intent, passages } = from.answer;
  const sentences = [{ text, citations: [] }];
  const kind = 'insufficient-evidence' as const;
  return {
    ...from,
    answer: { kind, intent, text, sentences, citations: [], passages, nearest, trace },
  };
}
