import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { createWebApp } from '../../src/web/app.ts';
import type { WebParts } from '../../src/web/parts.ts';
import { listen, type WebServer } from '../../src/web/server.ts';

const LAUNCH =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

/** Where a Chromium is, if anywhere. */
export const CHROMIUM = [process.env.CHROMIUM, '/usr/bin/chromium'].find(
  (path) => path !== undefined && existsSync(path),
);

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM ?? '', args: LAUNCH.split(' ') });
}

/** The pages of some parts in a browser, with all that the browser complains of. */
export class Site {
  /** Violations of the content security policy arrive here as console errors. */
  readonly complaints: string[] = [];
  readonly #browser: Browser;
  readonly #server: WebServer;
  readonly #pages: Page[] = [];

  private constructor(browser: Browser, server: WebServer) {
    this.#browser = browser;
    this.#server = server;
  }

  static async serve(browser: Browser, parts: WebParts): Promise<Site> {
    return new Site(
      browser,
      await listen({ app: createWebApp(parts), host: '127.0.0.1', port: 0 }),
    );
  }

  get url(): string {
    return this.#server.url;
  }

  async open(path = '/', options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.#browser.newContext({ reducedMotion: 'reduce', ...options });
    const page = await context.newPage();
    this.#pages.push(page);
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.complaints.push(message.text());
    });
    await page.goto(this.url + path);
    return page;
  }

  async close(): Promise<void> {
    await Promise.all(this.#pages.map((page) => page.context().close()));
    await this.#server.close();
  }
}
