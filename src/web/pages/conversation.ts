import { html } from 'hono/html';
import type { ConversationId, Turn } from '../../answer/conversation.ts';
import { parseConversationId } from '../ids.ts';
import type { WebStatus } from '../parts.ts';
import { renderTurn } from './answer.ts';
import { type Refused, renderAskForm } from './ask-form.ts';
import { type Html, renderPage } from './layout.ts';
import { formatDate } from './source.ts';

/** A conversation with all its turns, and a box for the next question. */
export function renderConversation({
  id,
  turns,
  status,
  refused,
}: {
  readonly id: ConversationId;
  readonly turns: readonly Turn[];
  readonly status: WebStatus;
  readonly refused?: Refused | undefined;
}): Html {
  const main = html`<h1 class="unseen">Conversation</h1>
    ${turns.map(renderTurn)}
    <section class="follow-up" aria-label="Follow up">${renderAskForm({ label: 'Ask a follow-up', papers: status.papers, conversationId: id, refused })}</section>`;
  return renderPage({ title: pageTitle(turns[0]?.question ?? 'Conversation'), main, status });
}

/** The permanent page of one answer. Turns from chat platforms cannot be continued here. */
export function renderAnswerPage(turn: Turn, status: WebStatus): Html {
  const id = parseConversationId(turn.conversationId);
  const main = html`<h1 class="unseen">Answer</h1>
    ${renderTurn(turn)}
    <p class="onward"><span>Asked on <time datetime="${turn.askedAt}">${formatDate(turn.askedAt)}</time></span>${id && html`<a href="/c/${id}#${turn.answer.trace.answerId}">Continue this conversation</a>`}</p>`;
  return renderPage({ title: pageTitle(turn.question), main, status });
}

function pageTitle(question: string): string {
  const short = question.length > 70 ? `${question.slice(0, 69).trimEnd()}…` : question;
  return `${short} · Footnote`;
}
