import { html } from 'hono/html';
import type { Turn } from '../../answer/conversation.ts';
import { askedBeforeNote, fallbackNote } from '../../answer/show/reader-notes.ts';
import { foldText } from '../../papers/fold.ts';
import type { Html } from './layout.ts';

/** What is to be known before the answer: that the model failed, or that it was asked before. */
export function renderRemarks({ answer, question }: Turn): Html {
  const fallback = fallbackNote(answer);
  const { askedBefore } = answer;
  const before = askedBefore && askedBeforeNote(askedBefore, question);
  return html`${fallback && html`<p class="remark">${fallback}</p>`}${before && html`<p class="remark">${before.text}${renderTitles(before.titles)}</p>`}`;
}

function renderTitles(titles: readonly string[]): Html {
  const named = titles.map((title, i) => html`${i > 0 && ';'} <cite>${foldText(title)}</cite>`);
  return html`${named}`;
}
