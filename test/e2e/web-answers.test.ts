import { once } from 'node:events';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Turn } from '../../src/answer/conversation.ts';
import { FootnoteError } from '../../src/errors.ts';
import { makeClaim, makeComparison } from '../answer/made-up-beside.ts';
import { FAINT_TEXT, isMarkInView } from '../web/in-browser.ts';
import { eventsOf, StreamingParts } from '../web/streaming-parts.ts';
import { makeTurn, rank } from '../web/turns.ts';
import { CHROMIUM, launch, Site } from './browser.ts';

const HOSTILE = '<img src=x onerror=alert(1)>';

function turnOf(made: Pick<Turn, 'answer' | 'papers'>, answerId: string, question: string): Turn {
  const { conversationId, askedAt } = makeTurn();
  const trace = { ...made.answer.trace, answerId };
  return { conversationId, askedAt, question, ...made, answer: { ...made.answer, trace } };
}

function proseOf({ answer }: Pick<Turn, 'answer'>): Turn['answer'] {
  const { stances: _, ...rest } = answer;
  return { ...rest, intent: 'ask' };
}

const claim = makeClaim();
const PROSE = turnOf({ ...claim, answer: proseOf(claim) }, 'prose', 'which is cheaper?');
const TABLE = turnOf(makeComparison(), 'table', 'alpha vs beta?');
const STANCES = turnOf(makeClaim(), 'stances', 'is it true that alpha is cheap?');

describe.skipIf(CHROMIUM === undefined)('an answer of a model in Chromium', () => {
  let browser: Browser;
  let site: Site;
  let parts: StreamingParts;

  beforeAll(async () => {
    browser = await launch();
  });
  beforeEach(async () => {
    parts = new StreamingParts().tell(...eventsOf(PROSE));
    for (const turn of [PROSE, TABLE, STANCES]) parts.reply(turn.question, turn);
    site = await Site.serve(browser, parts);
  });
  afterEach(async () => {
    await site.close();
    expect(site.complaints).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
  });

  async function ask(page: Page, question: string): Promise<void> {
    await page.getByRole('textbox').fill(question);
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
  }

  function next(steps: number): void {
    for (let step = 0; step < steps; step += 1) parts.next();
  }

  it('shows each sentence as it comes, then its own page', async () => {
    const page = await site.open();
    await ask(page, PROSE.question);
    next(2);
    await page.getByText('Writing; each sentence').waitFor();
    next(1);
    await page.getByText('Told of the first.').waitFor();
    expect(await page.getByRole('heading', { level: 2 }).textContent()).toBe(PROSE.question);
    expect(await page.locator('[aria-live=polite] .said').count()).toBe(1);
    expect(await page.getByText('Told of the second.').count()).toBe(0);
    expect(await page.getByRole('textbox').isVisible()).toBe(false);
    next(1);
    await page.getByText('Told of the second.').waitFor();
    expect(await page.locator('[data-turn] .said').count()).toBe(1);
    expect(await page.getByText('Beta: A Careful Router').isVisible()).toBe(true);
    next(1);
    await page.waitForURL('**/c/conversation-1#prose');
    await page.getByRole('link', { name: 'Permanent link' }).waitFor();
    expect(parts.asked).toHaveLength(1);
  });

  it('shows a follow-up under the turns before it, and ends there', async () => {
    parts.keep(TABLE).tell(...eventsOf(STANCES));
    const page = await site.open('/c/conversation-1', { viewport: { width: 800, height: 400 } });
    await ask(page, STANCES.question);
    next(4);
    await page.getByText('Told of the second.').waitFor();
    expect(await page.locator('[data-turn] .said').count()).toBe(2);
    expect(await page.getByRole('heading', { level: 2 }).count()).toBe(2);
    next(1);
    await page.getByRole('heading', { name: 'Supports the claim' }).waitFor();
    expect(new URL(page.url()).hash).toBe('#stances');
    const { y = -1 } =
      (await page.getByRole('heading', { name: STANCES.question }).boundingBox()) ?? {};
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y).toBeLessThan(150);
  });

  it('shows sentences as text, whatever they hold', async () => {
    const sentence = { text: HOSTILE, citations: [1] };
    const [first] = PROSE.answer.citations;
    const citations = first === undefined ? [] : [{ ...first, title: HOSTILE }];
    parts.tell({ kind: 'sentence', sentence, citations });
    const page = await site.open();
    await ask(page, PROSE.question);
    next(1);
    await page.getByText(HOSTILE).first().waitFor();
    expect(await page.getByText(HOSTILE).count()).toBe(2);
    expect(await page.locator('img').count()).toBe(0);
  });

  it('is not written on for a reader who leaves', async () => {
    const page = await site.open();
    await ask(page, PROSE.question);
    next(3);
    await page.getByText('Told of the first.').waitFor();
    const signal = parts.asked[0]?.signal;
    if (signal === undefined) throw new Error('It was asked without a signal.');
    const aborted = once(signal, 'abort');
    await page.goto(`${site.url}/`);
    await aborted;
    expect(parts.logged).toEqual([]);
  });

  it('says so when it breaks off, and keeps the question in its box', async () => {
    parts.reply(PROSE.question, new TypeError('x is undefined'));
    const page = await site.open();
    await ask(page, PROSE.question);
    next(5);
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toMatch(/^Something .+ reference \w{8}\.$/);
    expect(await page.getByRole('textbox').inputValue()).toBe(PROSE.question);
    expect(await page.getByText('Told of the first.').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Ask', exact: true }).isEnabled()).toBe(true);
  });

  it('leads to the page that asks again by itself when it is too early', async () => {
    const facts = { retryAfter: 60 };
    parts.tell().reply('why?', new FootnoteError('busy', 'Still reading.', { facts }));
    const page = await site.open();
    await ask(page, 'why?');
    await page.getByText('Still reading.').waitFor();
    expect(await page.getByRole('button', { name: 'Ask it again' }).isVisible()).toBe(true);
    // The browser itself notes each reply of 503.
    expect(site.complaints.splice(0)).toHaveLength(2);
  });

  it.each([true, false])(
    'leads from a cell to its words, JavaScript %s',
    async (javaScriptEnabled) => {
      parts.keep(TABLE);
      const page = await site.open('/a/table', { javaScriptEnabled });
      const row = page.getByRole('row', { name: 'training data' });
      expect(await row.getByRole('cell').last().textContent()).toBe('not stated in the abstract');
      await row.getByRole('link', { name: '[1]' }).click();
      await page.locator('#table-1-quote-2').waitFor();
      expect(new URL(page.url()).hash).toBe('#table-1-quote-2');
      if (javaScriptEnabled) expect(await isMarkInView(page)).toBe(true);
    },
  );

  it('scrolls a table by itself on a phone, its aspects in sight', async () => {
    parts.keep(TABLE);
    const page = await site.open('/a/table', { viewport: { width: 360, height: 740 } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    const scroller = page.getByRole('region', { name: 'What the abstracts state' });
    await scroller.focus();
    await page.keyboard.press('End');
    await page.evaluate("document.querySelector('.comparison').scrollLeft = 999");
    const aspect = await page.getByRole('rowheader', { name: 'training data' }).boundingBox();
    expect(aspect?.x).toBeGreaterThanOrEqual(20);
    expect(await page.getByText('Beta', { exact: true }).boundingBox()).toMatchObject({
      x: expect.closeTo(180, -2),
    });
  });

  it.each(['light', 'dark'] as const)('can be read in the %s', async (colorScheme) => {
    const newPapers = [rank(TABLE.papers[0] ?? never())];
    const askedBefore = { question: 'before?', at: '2026-11-24T08:00:00Z', newPapers };
    const trace = { ...TABLE.answer.trace, mode: 'extractive-fallback' };
    parts.keep({ ...TABLE, answer: { ...TABLE.answer, askedBefore, trace } }, STANCES);
    const page = await site.open('/c/conversation-1', { colorScheme });
    await page.getByText('Asked before on 24 Nov 2026').waitFor();
    await page.getByText('The language model could not be used').waitFor();
    expect(await page.evaluate(FAINT_TEXT)).toEqual([]);
  });
});

function never(): never {
  throw new Error('A comparison has papers.');
}
