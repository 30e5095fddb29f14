import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/answer/answer.ts';
import type { Turn } from '../../src/answer/conversation.ts';
import { createWebApp } from '../../src/web/app.ts';
import { FIRST, makeClaim, makeComparison, SECOND } from '../answer/made-up-beside.ts';
import { FakeWebParts } from './fake-web-parts.ts';
import { cite, makePaper, makeTurn, rank } from './turns.ts';

const hostile = (place: string) => `${place}"'><script>alert(1)</script><img src=x onerror=y>`;

async function show({ answer, papers }: Pick<Turn, 'answer' | 'papers'>): Promise<string> {
  const parts = new FakeWebParts().keep({ ...makeTurn(), answer, papers });
  const reply = await createWebApp(parts).request(`/a/${answer.trace.answerId}`);
  return reply.text();
}

const withTrace = (mode: string, changes: Partial<Answer> = {}) => {
  const { answer } = makeTurn();
  const trace = { ...answer.trace, mode, model: 'openai:gpt-5-mini', usd: 0.0012 };
  return { papers: [], answer: { ...answer, ...changes, trace } };
};

describe('a comparison', () => {
  it('is a table with a caption, a header for each paper and one for each aspect', async () => {
    const page = await show(makeComparison());
    expect(page).toContain('<caption id="a1b2c3-compared">');
    expect(page).toMatch(/role="region" aria-labelledby="a1b2c3-compared" tabindex="0"/);
    expect(page.match(/<th scope="col">[^<]+/g)).toEqual([
      '<th scope="col">Alpha',
      '<th scope="col">Beta',
    ]);
    expect(page).toContain('<th scope="row">training data</th>');
    expect(page).toContain('<td class="unstated">not stated in the abstract</td>');
  });

  it('leads from each cell to its own words in the abstract', async () => {
    const page = await show(makeComparison());
    expect(page).toMatch(
      /<q>Alpha halves the cost\.<\/q><sup><a class="marker" href="#a1b2c3-1-quote"/,
    );
    expect(page).toMatch(
      /<q>It is trained on chats\.<\/q><sup><a class="marker" href="#a1b2c3-1-quote-2"/,
    );
    expect(page).toContain('<mark id="a1b2c3-1-quote-2" tabindex="-1">It is trained on chats.');
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(ids).toEqual(expect.arrayContaining(targets));
  });

  it('says nothing twice', async () => {
    const page = await show(makeComparison());
    expect(page).not.toContain('Told of');
    expect(page).not.toContain('<blockquote>');
  });

  it('names a paper in full that is not among the sources', async () => {
    const { answer, papers } = makeComparison();
    const citations = answer.citations.slice(0, 1);
    expect(await show({ answer: { ...answer, citations }, papers })).toContain(
      '<th scope="col">Beta: A Careful Router</th>',
    );
  });
});

describe('a claim', () => {
  it('lists papers under words for where they stand', async () => {
    const page = await show(makeClaim());
    expect(page.match(/<h3 id="[^"]+">[^<]+/g)).toEqual([
      '<h3 id="a1b2c3-supports">Supports the claim',
      '<h3 id="a1b2c3-contradicts">Contradicts the claim',
    ]);
    expect(page).toMatch(/<q>Beta doubles[^<]+<\/q><sup><a class="marker" href="#a1b2c3-2-quote"/);
    expect(page).toContain('<cite>Beta: A Careful Router</cite>');
  });
});

describe('the remarks above an answer', () => {
  const before = { question: 'A plain question', at: '2026-11-24T08:00:00.000Z', newPapers: [] };

  it('say that it was asked before, and what is new', async () => {
    const askedBefore = { ...before, newPapers: [rank(makePaper({ title: 'Fresh & new' }))] };
    expect(await show(withTrace('cached', { askedBefore: before }))).toContain(
      'Asked before on 24 Nov 2026; nothing new since.',
    );
    expect(await show(withTrace('model', { askedBefore }))).toContain(
      'new since: <cite>Fresh &amp; new</cite>',
    );
  });

  it('say that the model could not be used, and not why', async () => {
    const page = await show(withTrace('extractive-fallback'));
    expect(page).toContain('The language model could not be used just now; these are the papers');
    expect(page).not.toContain('extractive-fallback');
  });
});

it('reads as prose where a model wrote it, with its name and cost', async () => {
  const papers = [FIRST, SECOND];
  const sentences = [1, 2].map((n) => ({ text: `On ${n}.`, citations: [n] }));
  const citations = [cite(1, FIRST, FIRST.abstract), cite(2, SECOND, SECOND.abstract)];
  const page = await show({ ...withTrace('model', { sentences, citations }), papers });
  expect(page).not.toContain('class="about"');
  expect(page.match(/<p class="said">/g)).toHaveLength(1);
  expect(page).toMatch(/On 1\.<sup>.*<\/sup> On 2\./);
  expect(page).toContain('<span>written by openai:gpt-5-mini</span>');
  expect(page).toContain('<span>$0.0012</span>');
});

describe('hostile text', () => {
  const paper = { ...SECOND, title: hostile('title'), abstract: hostile('quote') };

  it('is plain text in a table', async () => {
    const page = await show(makeComparison(FIRST, paper, hostile('aspect')));
    expectHarmless(page, 'title', 'quote', 'aspect');
  });

  it('is plain text beside a stance', async () => {
    expectHarmless(await show(makeClaim(FIRST, paper)), 'title', 'quote');
  });

  it('is plain text in the remarks and the footer', async () => {
    const newPapers = [rank(makePaper({ title: hostile('new') }))];
    const at = '2026-11-24T08:00:00.000Z';
    const askedBefore = { question: hostile('earlier'), at, newPapers };
    const shown = withTrace('cached', { askedBefore });
    const trace = { ...shown.answer.trace, model: hostile('model') };
    const page = await show({ ...shown, answer: { ...shown.answer, trace } });
    expectHarmless(page, 'new', 'earlier', 'model');
  });
});

function expectHarmless(page: string, ...places: readonly string[]): void {
  expect(page).not.toContain('<script>');
  expect(page).not.toContain('<img');
  expect(page).not.toMatch(/<[^>]*"'>/);
  for (const place of places) expect(page).toContain(`${place}&quot;&#39;&gt;&lt;script&gt;`);
}
