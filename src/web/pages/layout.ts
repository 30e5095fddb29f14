import { html } from 'hono/html';
import { neutralPage } from '../neutral-page.ts';
import type { WebStatus } from '../parts.ts';

/** Markup from Hono's `html` tag, which escapes every value put into it. */
export type Html = ReturnType<typeof html>;

/** One page: what stands in its title, and what it holds. */
export interface PageOptions {
  readonly title: string;
  readonly main: Html;
  /** Left out where the state of the index does not matter, as on an error page. */
  readonly status?: WebStatus;
  /** The page where questions start needs no link to itself. */
  readonly isStart?: boolean;
}

/** The frame around every page: head, skip link, masthead, banner and footer. */
export function renderPage({ title, main, status, isStart }: PageOptions): Html {
  return neutralPage(html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title}</title>
    <link rel="icon" href="/static/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/static/app.css">
    <script src="/static/app.js" type="module"></script>
  </head>
  <body>
    <a class="skip" href="#main">Skip to the answer</a>
    <header class="masthead">
      <a class="wordmark" href="/">Footnote<sup aria-hidden="true">1</sup></a>
      ${isStart !== true && html`<nav aria-label="Site"><a class="masthead-link" href="/">New question</a></nav>`}
    </header>
    ${status && renderBanner(status)}
    <main id="main" tabindex="-1">${main}</main>
    <footer class="colophon">
      <p>Footnote says only what an abstract supports, and shows where.</p>
    </footer>
  </body>
</html>`);
}

/** A count as people write it: `1,203`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en');
}

/** A count with its noun: `1 paper`, `1,203 papers`. */
export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function renderBanner(status: WebStatus): Html | undefined {
  const notice = describePhase(status);
  if (notice === undefined) return undefined;
  const message = status.message === undefined ? '' : ` ${status.message}`;
  return html`<aside class="banner" aria-label="State of the index"><p>${notice}${message}</p></aside>`;
}

function describePhase({ phase, papers, embedded }: WebStatus): string | undefined {
  switch (phase) {
    case 'ready':
      return undefined;
    case 'reading':
      return 'Still reading the papers. Answers come as soon as that is done.';
    case 'words-only':
      return `Answering from words alone while the meanings are still being computed (${formatCount(embedded)} of ${countOf(papers, 'paper')}).`;
    case 'failed':
      return 'The papers could not be made ready, so answers may be missing.';
  }
}
