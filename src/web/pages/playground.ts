import { html } from 'hono/html';
import type { WebStatus } from '../parts.ts';
import { type Refused, renderAskForm, renderExample } from './ask-form.ts';
import { countOf, type Html, renderPage } from './layout.ts';

/** Questions that the shipped papers answer, one of each kind. */
export const EXAMPLES: readonly string[] = [
  'which network estimates skeleton joints from LiDAR in a single sparse stage?',
  'how many experts does Samba-CoE have?',
  'which papers turn a trained dense LLM into a mixture of experts?',
  'carrot vs routellm: what data does each bring?',
];

/** The first page: a box to ask in, a few questions to try, and what is indexed. */
export function renderPlayground({
  status,
  examples,
  refused,
}: {
  readonly status: WebStatus;
  readonly examples: readonly string[];
  readonly refused?: Refused | undefined;
}): Html {
  const main = html`<div class="opening">
      <h1>Ask the papers.</h1>
      <p class="lead">Every sentence of the answer carries a footnote, and the footnote’s quote stands word for word in the abstract.<sup><a href="#held" id="held-mark" aria-label="Note 1">1</a></sup></p>
    </div>
    ${renderAskForm({ label: 'Your question', papers: status.papers, refused, autofocus: true })}
    <section class="examples" aria-labelledby="examples">
      <h2 id="examples">Or try one of these</h2>
      <ul>${examples.map((question) => html`<li class="example">${renderExample(question, status.papers)}</li>`)}</ul>
    </section>
    <aside class="notes" aria-label="Notes">
      <p id="held"><sup>1</sup> ${describeHoldings(status)}&nbsp;<a class="back" href="#held-mark" aria-label="Back to the text">↩</a></p>
    </aside>`;
  return renderPage({ title: 'Footnote: ask the papers', main, status, isStart: true });
}

function describeHoldings({ papers, embedded, phase }: WebStatus): string {
  if (papers === 0) return 'No papers are indexed yet.';
  const abstracts = `The abstracts of ${countOf(papers, 'paper')} are indexed`;
  if (phase === 'ready' && embedded >= papers) {
    return `${abstracts}, by their words and by their meaning.`;
  }
  return `${abstracts} by their words, ${countOf(embedded, 'paper')} by meaning too.`;
}
