import { html } from 'hono/html';
import type { ConversationId } from '../../answer/conversation.ts';
import { formatCount, type Html } from './layout.ts';

/** What a refused question leaves behind: the words typed, and why they were refused. */
export interface Refused {
  readonly typed: string;
  readonly problem: string;
}

/** A box to ask in. */
export interface AskFormOptions {
  readonly label: string;
  /** How many papers are looked through, for the words shown while waiting. */
  readonly papers: number;
  readonly conversationId?: ConversationId;
  readonly refused?: Refused | undefined;
  readonly autofocus?: boolean;
}

/** The question box; after a refusal it keeps what was typed and says what was wrong. */
export function renderAskForm(options: AskFormOptions): Html {
  const { label, papers, conversationId, refused } = options;
  return html`<form class="ask" method="post" action="/ask#ask" id="ask" data-ask data-papers="${formatCount(papers)}">
    <label for="question">${label}</label>
    ${renderProblem(refused)}
    <div class="ask-box">
      <textarea id="question" name="question" dir="auto" rows="2" required autocomplete="off"${describedBy(refused)}${options.autofocus === true && html` autofocus`}>${protectNewline(refused?.typed)}</textarea>
      <button type="submit">Ask</button>
    </div>
    ${conversationId && html`<input type="hidden" name="conversation" value="${conversationId}">`}
    <p class="hint" data-hint hidden><kbd>Enter</kbd> asks, <kbd>Shift</kbd> + <kbd>Enter</kbd> starts a new line.</p>
    <p class="asking" role="status" data-status></p>
  </form>`;
}

/** A question that is asked with one press, with or without JavaScript. */
export function renderExample(question: string, papers: number): Html {
  return html`<form method="post" action="/ask" data-ask data-papers="${formatCount(papers)}">
    <input type="hidden" name="question" value="${question}">
    <button type="submit">${question}</button>
  </form>`;
}

function renderProblem(refused: Refused | undefined): Html | undefined {
  return refused && html`<p class="problem" id="problem" role="alert">${refused.problem}</p>`;
}

function describedBy(refused: Refused | undefined): Html | undefined {
  return refused && html` aria-invalid="true" aria-describedby="problem"`;
}

/** Browsers drop one newline right after `<textarea>`, so a typed first newline needs another. */
function protectNewline(typed = ''): string {
  return /^\r?\n/.test(typed) ? `\n${typed}` : typed;
}
