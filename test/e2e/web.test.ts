import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FootnoteError } from '../../src/errors.ts';
import { createWebApp } from '../../src/web/app.ts';
import { listen, type WebServer } from '../../src/web/server.ts';
import { ASKED, DemoParts } from '../web/demo.ts';
import { FAINT_TEXT, isMarkInView, PRESS_ENTER_TWICE, pressUntil } from '../web/in-browser.ts';

const LAUNCH =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const CHROMIUM = [process.env.CHROMIUM, '/usr/bin/chromium'].find(
  (path) => path !== undefined && existsSync(path),
);
if (CHROMIUM === undefined) {
  console.log(
    'Browser tests of the web pages are skipped: no Chromium at /usr/bin/chromium. Install it or set CHROMIUM.',
  );
}

describe.skipIf(CHROMIUM === undefined)('the pages in Chromium', () => {
  let browser: Browser;
  let server: WebServer;
  let parts: DemoParts;
  let complaints: string[];
  const pages: Page[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM ?? '', args: LAUNCH.split(' ') });
  });
  beforeEach(async () => {
    complaints = [];
    parts = new DemoParts();
    server = await listen({ app: createWebApp(parts), host: '127.0.0.1', port: 0 });
  });
  afterEach(async () => {
    await Promise.all(pages.splice(0).map((page) => page.context().close()));
    await server.close();
    // Violations of the content security policy arrive here as console errors.
    expect(complaints).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
  });

  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
    const page = await context.newPage();
    pages.push(page);
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    await page.goto(server.url);
    return page;
  }

  async function ask(page: Page, question: string): Promise<void> {
    await page.getByRole('textbox').fill(question);
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    await page.getByRole('heading', { name: question }).waitFor();
  }

  const marks = (page: Page) => page.locator('mark:visible');

  it('shows the quote in its abstract when a marker is clicked', async () => {
    const page = await open();
    await ask(page, ASKED.compare);
    expect(new URL(page.url()).hash).toBe('#answer-compare');
    expect(await marks(page).count()).toBe(0);

    await page.getByRole('link', { name: '[1]' }).click();
    await marks(page).first().waitFor();
    expect(await marks(page).allTextContents()).toEqual([
      'we also introduce the Smart Price-aware Routing (SPROUT) dataset',
      'prior benchmarks such as Routerbench and open-LLM-leaderboard-v2',
    ]);
    expect(await isMarkInView(page)).toBe(true);
    expect(new URL(page.url()).hash).toBe('#answer-compare-1-quote');
  });

  it('says that it is looking while it looks, and asks only once', async () => {
    const page = await open();
    await page.getByRole('textbox').fill(ASKED.experts);
    await page.evaluate(PRESS_ENTER_TWICE);
    await page.getByRole('heading', { name: ASKED.experts }).waitFor();
    expect(await page.evaluate('sessionStorage.said')).toBe('Looking through 1,203 papers…, true');
    expect(parts.asked).toHaveLength(1);
  });

  it.each([
    ['by itself', true],
    ['by a press, without JavaScript', false],
  ])('asks a question that came too early again %s', async (_, javaScriptEnabled) => {
    const answered = parts.ask.bind(parts);
    const facts = { retryAfter: 0 };
    const early = new FootnoteError('busy', 'Still reading the papers, 249 so far.', { facts });
    let isTold = false;
    parts.ask = (request) => (isTold ? answered(request) : Promise.reject(early));
    const page = await open({ javaScriptEnabled });
    page.on('response', (reply) => {
      isTold ||= reply.status() === 503 && new URL(reply.url()).pathname === '/ask';
    });
    await page.getByRole('textbox').fill(ASKED.experts);
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    if (!javaScriptEnabled) {
      await page.getByText(early.message).waitFor();
      await page.getByRole('button', { name: 'Ask it again' }).click();
    }
    await page.getByRole('heading', { name: ASKED.experts }).waitFor();
    expect(new URL(page.url()).hash).toBe('#answer-experts');
    // Chromium notes the status of the pages before.
    complaints = complaints.filter((text) => !text.includes('503'));
  });

  it('is ready to ask again after Back', async () => {
    const page = await open();
    await ask(page, ASKED.experts);
    await page.goBack();
    expect(await page.getByRole('button', { name: 'Ask', exact: true }).isEnabled()).toBe(true);
    expect(await page.getByRole('status').textContent()).toBe('');
  });

  it('asks a follow-up under the answer before it', async () => {
    const page = await open();
    await page.getByRole('button', { name: ASKED.experts }).click();
    await page.getByRole('heading', { name: ASKED.experts }).waitFor();
    await ask(page, ASKED.unsupported);
    expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual([
      ASKED.experts,
      ASKED.unsupported,
    ]);
    expect(await page.getByText('The papers here do not say').isVisible()).toBe(true);
  });

  it('leads to the page of one answer and back to its conversation', async () => {
    const page = await open();
    await ask(page, ASKED.skeleton);
    await page.getByRole('link', { name: 'Permanent link' }).click();
    await page.waitForURL('**/a/answer-skeleton');
    await page.getByRole('link', { name: 'Continue this conversation' }).click();
    await page.waitForURL('**/c/demo-conversation#answer-skeleton');
  });

  it('copies the permanent link', async () => {
    const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
    await ask(page, ASKED.skeleton);
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      `${server.url}/a/answer-skeleton`,
    );
  });

  it('can be used with the keyboard alone', async () => {
    const page = await open();
    await page.locator('textarea:focus').waitFor();
    await page.keyboard.type('how many');
    await page.keyboard.press('Shift+Enter');
    expect(await page.getByRole('textbox').inputValue()).toBe('how many\n');
    await page.getByRole('textbox').fill('');
    await page.keyboard.type(ASKED.experts);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/c/demo-conversation#answer-experts');

    await pressUntil(page, 'Tab', 'a.marker[href="#answer-experts-1-quote"]');
    await page.keyboard.press('Enter');
    await page.locator('mark#answer-experts-1-quote:focus').waitFor();
    await pressUntil(page, 'Shift+Tab', 'summary');
    await page.keyboard.press('Enter');
    await page.locator('mark#answer-experts-1-quote').waitFor({ state: 'hidden' });
  });

  it('shows where the focus is, and skips to the answer first', async () => {
    const page = await open();
    await ask(page, ASKED.experts);
    await page.goto(`${server.url}/a/answer-experts`);
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: 'Skip to the answer' });
    expect((await skip.boundingBox())?.y).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Tab');
    const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
    expect(outline).toBe('solid');
  });

  it('works without JavaScript', async () => {
    const page = await open({ javaScriptEnabled: false });
    await ask(page, ASKED.skeleton);
    expect(await page.getByRole('button', { name: 'Copy link' }).count()).toBe(0);
    await page.locator('#answer-skeleton-at-1').click();
    await page.locator('#answer-skeleton-1-quote').waitFor();
    expect(await marks(page).count()).toBe(2);
    await page.locator('#answer-skeleton summary').click();
    expect(await marks(page).count()).toBe(0);
    await ask(page, ASKED.experts);
  });

  it.each(['light', 'dark'] as const)('can be read in the %s', async (colorScheme) => {
    const page = await open({ colorScheme });
    await ask(page, ASKED.skeleton);
    await ask(page, ASKED.unsupported);
    for (const path of ['/', '/a/answer-skeleton', '/a/answer-unsupported']) {
      await page.goto(server.url + path);
      for (const summary of await page.locator('summary').all()) await summary.click();
      expect(await page.evaluate(FAINT_TEXT)).toEqual([]);
    }
  });

  it('fits a screen 360 pixels wide', async () => {
    const page = await open({ viewport: { width: 360, height: 740 } });
    await ask(page, ASKED.compare);
    for (const path of ['/', '/c/demo-conversation', '/a/answer-compare']) {
      await page.goto(server.url + path);
      for (const summary of await page.locator('summary').all()) await summary.click();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    }
  });
});
