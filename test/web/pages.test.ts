import { describe, expect, it } from 'vitest';
import { createWebApp } from '../../src/web/app.ts';
import type { WebStatus } from '../../src/web/parts.ts';
import { FakeWebParts } from './fake-web-parts.ts';
import { cite, makePaper, makeTurn, rank } from './turns.ts';

const open = async (parts: FakeWebParts, path: string) => {
  const reply = await createWebApp(parts).request(path);
  return { status: reply.status, page: await reply.text() };
};

const paper = makePaper({
  abstract: 'We train a router. It halves the cost. We release the data.',
  date: '2024-05-13',
});
const turn = makeTurn({
  question: 'what halves the cost?',
  papers: [paper],
  answer: {
    sentences: [
      { text: 'A router halves the cost.', citations: [1] },
      { text: 'Its data is released.', citations: [1] },
    ],
    citations: [cite(1, paper, 'It halves the cost.', 'We release the data.')],
  },
});

describe('an answer', () => {
  it('marks each sentence and leads the marker to the marked words', async () => {
    const { page } = await open(new FakeWebParts().keep(turn), '/c/conversation-1');
    expect(page).toContain(
      'A router halves the cost.<sup><a class="marker" href="#answer-1-1-quote"',
    );
    expect(page).toContain('<mark id="answer-1-1-quote" tabindex="-1">It halves the cost.</mark>');
    expect(page).toContain('We train a router. <mark');
    expect(page).toContain('</mark> <mark id="answer-1-1-quote-2" tabindex="-1">We release');
  });

  it('gives each place one id, so that the way back is plain', async () => {
    const { page } = await open(new FakeWebParts().keep(turn), '/c/conversation-1');
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(ids).toEqual(expect.arrayContaining(targets));
  });

  it('names source, date, time taken and permanent page', async () => {
    const { page } = await open(new FakeWebParts().keep(turn), '/c/conversation-1');
    for (const text of [
      '13 May 2024',
      'quoted from the abstracts',
      '42 ms',
      '1 paper cited<',
      '/a/answer-1',
    ]) {
      expect(page).toContain(text);
    }
  });

  it('says that a year is inferred', async () => {
    const dated = { ...paper, date: '2025-02-05', dateInferred: true };
    const { page } = await open(
      new FakeWebParts().keep({ ...turn, papers: [dated] }),
      '/a/answer-1',
    );
    expect(page).toContain('2025 (year inferred)');
    expect(page).not.toContain('February');
  });

  it('shows what a new version changed in the abstract it cites', async () => {
    const change = {
      fromVersion: 1,
      toVersion: 3,
      added: ['It is <b>new</b>.'],
      removed: ['Old.'],
    };
    const papers = [{ ...paper, version: 3, change }];
    const { page } = await open(new FakeWebParts().keep({ ...turn, papers }), '/a/answer-1');
    expect(page).toContain('What version 3 changed in the abstract of version 1');
    expect(page).toContain('<ins>It is &lt;b&gt;new&lt;/b&gt;.</ins>');
    expect(page).toContain('<del>Old.</del>');
  });

  it('stays readable when the paper was not kept', async () => {
    const { page } = await open(new FakeWebParts().keep({ ...turn, papers: [] }), '/a/answer-1');
    expect(page).toContain('href="#answer-1-1"');
    expect(page).toContain('<blockquote>It halves the cost.</blockquote>');
    expect(page).not.toContain('<details>');
  });

  it('shows the nearest papers when the evidence is too thin', async () => {
    const thin = makeTurn({
      papers: [paper],
      answer: { kind: 'insufficient-evidence', nearest: [rank(paper)] },
    });
    const { status, page } = await open(new FakeWebParts().keep(thin), '/a/answer-1');
    expect(status).toBe(200);
    expect(page).toContain('The papers here do not say');
    expect(page).toContain('<cite>A plain title</cite> <a class="out"');
    expect(page).not.toContain('role="alert"');
  });

  it('leads from its own page to its conversation', async () => {
    const { page } = await open(new FakeWebParts().keep(turn), '/a/answer-1');
    expect(page).toContain('href="/c/conversation-1#answer-1"');
  });

  it('from a chat platform has no conversation to continue here', async () => {
    const chat = makeTurn({ conversationId: 'slack:C1:1700000000.1' });
    const { page } = await open(new FakeWebParts().keep(chat), '/a/answer-1');
    expect(page).not.toContain('Continue this conversation');
  });
});

describe('a conversation', () => {
  it('shows its turns in order, and a box that continues it', async () => {
    const parts = new FakeWebParts().keep(turn, makeTurn({ question: 'and?', answerId: 'a2' }));
    const { page } = await open(parts, '/c/conversation-1');
    expect(page.indexOf('what halves')).toBeLessThan(page.indexOf('and?'));
    expect(page).toContain('<input type="hidden" name="conversation" value="conversation-1">');
  });

  it.each(['/c/unknown-one', '/c/short', '/c/a%20b%20c%20d%20e', '/a/unknown', '/a/%2e%2e%2fx'])(
    'is a friendly 404 at %s',
    async (path) => {
      const { status, page } = await open(new FakeWebParts(), path);
      expect(status).toBe(404);
      expect(page).toContain('There is nothing under this address.');
    },
  );
});

describe('the state of the index', () => {
  const withStatus = (status: WebStatus | Error) => {
    const parts = new FakeWebParts();
    parts.current = status;
    return parts;
  };

  it.each([
    ['reading', 'Still reading the papers.', 503],
    ['words-only', 'Answering from words alone', 200],
    ['ready', undefined, 200],
    ['failed', 'could not be made ready', 503],
  ] as const)('%s shows its banner and readiness', async (phase, banner, ready) => {
    const parts = withStatus({ papers: 1203, embedded: 17, phase });
    const { page } = await open(parts, '/');
    if (banner) expect(page).toContain(banner);
    else expect(page).not.toContain('class="banner"');
    expect((await open(parts, '/readyz')).status).toBe(ready);
    expect((await open(parts, '/healthz')).status).toBe(200);
  });

  it('counts what is embedded', async () => {
    const parts = withStatus({ papers: 1203, embedded: 17, phase: 'words-only' });
    expect((await open(parts, '/')).page).toContain('(17 of 1,203 papers)');
  });

  it('is not ready with no papers', async () => {
    const parts = withStatus({ papers: 0, embedded: 0, phase: 'words-only' });
    expect((await open(parts, '/readyz')).status).toBe(503);
  });

  it('is not ready while its state is unknown, though the server is up', async () => {
    const parts = withStatus(new Error('store is gone'));
    expect(await open(parts, '/readyz')).toMatchObject({ status: 503 });
    expect(await open(parts, '/healthz')).toMatchObject({ status: 200 });
    const { status, page } = await open(parts, '/');
    expect(status).toBe(500);
    expect(page).not.toContain('store is gone');
  });
});
