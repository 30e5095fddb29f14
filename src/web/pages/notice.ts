import { html } from 'hono/html';
import { type Html, renderPage } from './layout.ts';

/** A page that says one thing: that something was not found, refused, or went wrong. */
export function renderNotice({
  heading,
  message,
}: {
  readonly heading: string;
  readonly message: string;
}): Html {
  const main = html`<div class="notice">
      <h1>${heading}</h1>
      <p>${message}</p>
      <p><a href="/">Ask a question</a></p>
    </div>`;
  return renderPage({ title: `${heading} · Footnote`, main });
}
