import { describe, expect, it } from 'vitest';
import type { Citation } from '../../src/answer/answer.ts';
import { FootnoteError } from '../../src/errors.ts';
import { createWebApp } from '../../src/web/app.ts';
import { FakeWebParts } from './fake-web-parts.ts';
import { cite, makePaper, makeTurn, rank } from './turns.ts';

const hostile = (place: string) => `${place}"'><script>alert(1)</script><img src=x onerror=y>`;

const paper = makePaper({
  title: hostile('title'),
  abstract: `Before. ${hostile('quote')} After ${hostile('abstract')}`,
  url: `https://arxiv.org/${hostile('url')}`,
  date: hostile('date'),
  authors: [hostile('author')],
  organization: hostile('organization'),
});
const turn = makeTurn({
  question: hostile('question'),
  papers: [paper],
  answer: {
    sentences: [{ text: hostile('sentence'), citations: [1] }],
    citations: [cite(1, paper, hostile('quote'))],
  },
});
const thin = makeTurn({
  answerId: 'thin',
  papers: [paper],
  answer: {
    kind: 'insufficient-evidence',
    sentences: [],
    text: hostile('text'),
    nearest: [rank(paper)],
  },
});

describe('hostile text', () => {
  it.each(['/c/conversation-1', '/a/answer-1', '/a/thin'])('is plain text on %s', async (path) => {
    const page = await (
      await createWebApp(new FakeWebParts().keep(turn, thin)).request(path)
    ).text();
    expectHarmless(page);
  });

  it('reaches every place of the page as text', async () => {
    const app = createWebApp(new FakeWebParts().keep(turn, thin));
    const page = await (await app.request('/c/conversation-1')).text();
    for (const place of 'title quote abstract date author question sentence text'.split(' ')) {
      expect(page).toContain(`${place}&quot;&#39;&gt;&lt;script&gt;`);
    }
    expect(page).toMatch(/<mark[^>]*>quote&quot;/);
  });

  it('is plain text in messages, typed questions and the banner', async () => {
    const error = new FootnoteError('input', hostile('message'));
    const parts = new FakeWebParts().reply(hostile('typed'), error);
    parts.current = { papers: 1, embedded: 0, phase: 'failed', message: hostile('banner') };
    const reply = await createWebApp(parts).request('/ask', {
      method: 'POST',
      body: new URLSearchParams({ question: hostile('typed') }),
    });
    const page = await reply.text();
    expectHarmless(page);
    for (const place of ['message', 'typed', 'banner']) {
      expect(page).toContain(`${place}&quot;&#39;&gt;&lt;script&gt;`);
    }
  });

  // A title with an override turned the text of the page around it.
  it.each(['/c/conversation-1', '/a/answer-1', '/a/thin'])(
    'cannot turn or hide the text of %s',
    async (path) => {
      const odd = 'gnp\u202eexe\u2066\u0007\u001b[31m\u009b\u0000 שלום\tend\n';
      const page = await shownWith(odd, path);
      expect(page).not.toMatch(/(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u);
      expect(page).toContain('gnpexe[31m שלום');
    },
  );

  it('is plain text in the address', async () => {
    const reply = await createWebApp(new FakeWebParts()).request('/<script>alert(1)</script>');
    expectHarmless(await reply.text());
  });
});

describe('a link out', () => {
  it.each([
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    '//evil.example',
    'not a url',
    '',
  ])('is plain text for %j', async (url) => {
    const page = await show({ ...cite(1, paper), url });
    expect(page).not.toContain('class="out"');
    expect(page).not.toMatch(/href="(?!\/|#)/);
    expectHarmless(page);
  });

  it.each(['https://arxiv.org/abs/2401.00001', 'http://example.org/a?b=1&c="d"'])(
    'opens %s in a new tab and tells it nothing',
    async (url) => {
      const page = await show({ ...cite(1, paper), url });
      expect(page).toMatch(
        /<a class="out" href="http[^"]+" target="_blank" rel="noopener noreferrer">/,
      );
    },
  );
});

/** The page at a path with the text in every place that is not ours. */
async function shownWith(text: string, path: string): Promise<string> {
  const foreign = makePaper({ title: text, abstract: `A. ${text}`, authors: [text] });
  const sentences = [{ text, citations: [1] }];
  const citations = [cite(1, foreign, text)];
  const papers = [foreign];
  const told = makeTurn({ question: text, papers, answer: { sentences, citations } });
  const refused = makeTurn({
    question: text,
    answerId: 'thin',
    answer: { kind: 'insufficient-evidence', sentences: [], text, nearest: [rank(foreign)] },
  });
  return (await createWebApp(new FakeWebParts().keep(told, refused)).request(path)).text();
}

async function show(citation: Citation): Promise<string> {
  const shown = makeTurn({ answer: { citations: [citation] } });
  return (await createWebApp(new FakeWebParts().keep(shown)).request('/a/answer-1')).text();
}

function expectHarmless(page: string): void {
  expect(page).not.toContain('<script>');
  expect(page).not.toContain('<img');
  expect(page).not.toMatch(/<[^>]*"'>/);
}
