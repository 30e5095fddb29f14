import { html } from 'hono/html';
import { type Html, renderPage } from './layout.ts';

interface WaitingOptions {
  readonly question: string;
  readonly conversation?: string | undefined;
  /** Why there is no answer yet. */
  readonly message: string;
  /** Seconds until the question is asked again by itself. */
  readonly retryAfter: number;
}

/** A question that came too early: it is kept, and asked again after a while or by a press. */
export function renderWaiting(options: WaitingOptions): Html {
  const { question, conversation, message, retryAfter } = options;
  const main = html`<div class="notice">
      <h1>Not quite ready yet</h1>
      <p role="status">${message}</p>
      <p>Your question is kept: <q>${question}</q></p>
      <form class="waiting" method="post" action="/ask#ask" data-again="${retryAfter}">
        <input type="hidden" name="question" value="${question}">
        ${conversation && html`<input type="hidden" name="conversation" value="${conversation}">`}
        <button type="submit">Ask it again</button>
        <span data-hint hidden>This page asks it again by itself.</span>
      </form>
    </div>`;
  return renderPage({ title: 'Not quite ready yet · Footnote', main });
}
