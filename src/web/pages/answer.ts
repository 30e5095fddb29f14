import { html } from 'hono/html';
import type { Answer, AnswerSentence, RankedPaper } from '../../answer/answer.ts';
import type { Turn } from '../../answer/conversation.ts';
import { type Paragraph, toParagraphs } from '../../answer/paragraphs.ts';
import { foldText } from '../../papers/fold.ts';
import type { Paper } from '../../papers/paper.ts';
import { countOf, type Html } from './layout.ts';
import { renderLink } from './link.ts';
import { renderSource, type SourceOptions, sourceAnchor } from './source.ts';

/** A question with its answer: the sentences, then their sources as footnotes. */
export function renderTurn(turn: Turn): Html {
  const { answer, question } = turn;
  const id = answer.trace.answerId;
  return html`<article class="turn ${answer.kind}" id="${id}" aria-labelledby="${id}-question">
    <h2 class="question" id="${id}-question">${question}</h2>
    ${answer.kind === 'answered' ? renderSentences(turn) : renderInsufficient(turn)}
    ${answer.citations.length > 0 && renderSources(turn)}
    ${renderTrace(turn)}
  </article>`;
}

function renderInsufficient(turn: Turn): Html {
  const nearest = turn.answer.nearest ?? [];
  return html`<div class="insufficient">
      <h3>The papers here do not say</h3>
      ${renderSentences(turn)}
      ${nearest.length > 0 && renderNearest(nearest, turn.papers)}
    </div>`;
}

function renderNearest(nearest: readonly RankedPaper[], papers: readonly Paper[]): Html {
  const items = nearest.map(({ paperId, title }) => {
    const paper = papers.find(({ id }) => id === paperId);
    return html`<li><cite>${foldText(title)}</cite>${paper && html` ${renderLink(paper.url)}`}</li>`;
  });
  return html`<h4>What comes nearest</h4><ul class="nearest">${items}</ul>`;
}

function renderSentences(turn: Turn): Html {
  const { sentences, text } = turn.answer;
  if (sentences.length === 0) return html`<p class="said">${text}</p>`;
  const seen = new Set<number>();
  return html`${toParagraphs(turn.answer).map((paragraph) => renderParagraph(paragraph, turn, seen))}`;
}

function renderParagraph({ about, sentences }: Paragraph, turn: Turn, seen: Set<number>): Html {
  const shown = sentences.map((sentence) => renderSentence(sentence, turn, seen));
  const lead = about && html`<cite class="about">${foldText(about.title)}</cite>`;
  return html`<p class="said">${lead}${shown.map((sentence, index) => [index > 0 && ' ', sentence])}</p>`;
}

/** `seen` holds the markers shown so far: the first of each number is where its source leads back. */
function renderSentence({ text, citations }: AnswerSentence, turn: Turn, seen: Set<number>): Html {
  const sources = citations.flatMap((n) => sourceOptions(turn, n) ?? []);
  const markers = sources.map((source) => {
    const { n, title } = source.citation;
    const id = !seen.has(n) && html` id="${source.answerId}-at-${n}"`;
    seen.add(n);
    return html`<a class="marker" href="#${sourceAnchor(source)}"${id} data-marker aria-label="[${n}] ${foldText(title)}">[${n}]</a>`;
  });
  return html`${foldText(text)}${markers.length > 0 && html`<sup>${markers}</sup>`}`;
}

function renderSources(turn: Turn): Html {
  const sources = turn.answer.citations.flatMap(({ n }) => sourceOptions(turn, n) ?? []);
  return html`<section class="sources" aria-labelledby="${turn.answer.trace.answerId}-sources">
      <h3 class="unseen" id="${turn.answer.trace.answerId}-sources">Sources</h3>
      <ol>${sources.map(renderSource)}</ol>
    </section>`;
}

function sourceOptions({ answer, papers }: Turn, n: number): SourceOptions | undefined {
  const citation = answer.citations.find((each) => each.n === n);
  if (citation === undefined) return undefined;
  const paper = papers.find(({ id }) => id === citation.paperId);
  return { answerId: answer.trace.answerId, citation, paper };
}

function renderTrace({ answer }: Turn): Html {
  const { answerId, mode } = answer.trace;
  const link = `/a/${encodeURIComponent(answerId)}`;
  const cited = `${countOf(answer.citations.length, 'paper')} cited`;
  const facts = [mode, formatDuration(totalMs(answer)), cited];
  return html`<p class="trace">${facts.map((fact) => html`<span>${fact}</span>`)}<a href="${link}">Permanent link</a><button type="button" data-copy="${link}" aria-live="polite" hidden>Copy link</button></p>`;
}

function totalMs({ trace }: Answer): number {
  return trace.ms.total ?? Object.values(trace.ms).reduce((sum, ms) => sum + ms, 0);
}

function formatDuration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
