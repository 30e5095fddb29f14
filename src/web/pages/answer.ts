import { html } from 'hono/html';
import type { RankedPaper } from '../../answer/answer.ts';
import type { Turn } from '../../answer/conversation.ts';
import { type Paragraph, toParagraphs } from '../../answer/show/paragraphs.ts';
import { describeCost, describeMaker, describeTime } from '../../answer/show/reader-notes.ts';
import { foldText } from '../../papers/fold.ts';
import type { Paper } from '../../papers/paper.ts';
import { renderComparison } from './comparison.ts';
import { countOf, type Html } from './layout.ts';
import { renderLink } from './link.ts';
import { type Marking, renderMarkers, sourceOf } from './markers.ts';
import { renderRemarks } from './remarks.ts';
import { renderSource } from './source.ts';
import { renderStances } from './stances.ts';

/** A question with its answer: the sentences, then their sources as footnotes. */
export function renderTurn(turn: Turn): Html {
  const { answer, question } = turn;
  const id = answer.trace.answerId;
  return html`<article class="turn ${answer.kind}" id="${id}" aria-labelledby="${id}-question">
    <h2 class="question" id="${id}-question" dir="auto">${question}</h2>
    ${renderRemarks(turn)}
    ${answer.kind === 'answered' ? renderAnswered(turn) : renderInsufficient(turn)}
    ${answer.citations.length > 0 && renderSources(turn)}
    ${renderTrace(turn)}
  </article>`;
}

function renderAnswered(turn: Turn): Html {
  const { table, stances = [] } = turn.answer;
  const marking = { turn, seen: new Set<number>() };
  return html`${renderSentences(marking)}${table && renderComparison(table, marking)}${renderStances(stances, marking)}`;
}

function renderInsufficient(turn: Turn): Html {
  const nearest = turn.answer.nearest ?? [];
  return html`<div class="insufficient">
      <h3>The papers here do not say</h3>
      ${renderSentences({ turn, seen: new Set() })}
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

function renderSentences({ turn, seen }: Marking): Html {
  const { sentences, text } = turn.answer;
  if (sentences.length === 0) return html`<p class="said">${text}</p>`;
  const paragraphs = toParagraphs(turn.answer);
  return html`${paragraphs.map((paragraph) => renderParagraph(paragraph, { turn, seen }))}`;
}

function renderParagraph({ about, sentences }: Paragraph, marking: Marking): Html {
  const shown = sentences.map(({ text, citations }, index) => {
    const markers = renderMarkers(citations, marking);
    return html`${index > 0 && ' '}${foldText(text)}${markers}`;
  });
  const lead = about && html`<cite class="about">${foldText(about.title)}</cite>`;
  return html`<p class="said">${lead}${shown}</p>`;
}

function renderSources(turn: Turn): Html {
  const sources = turn.answer.citations.flatMap(({ n }) => sourceOf(turn, n) ?? []);
  return html`<section class="sources" aria-labelledby="${turn.answer.trace.answerId}-sources">
      <h3 class="unseen" id="${turn.answer.trace.answerId}-sources">Sources</h3>
      <ol>${sources.map(renderSource)}</ol>
    </section>`;
}

function renderTrace({ answer }: Turn): Html {
  const { answerId } = answer.trace;
  const link = `/a/${encodeURIComponent(answerId)}`;
  const cited = `${countOf(answer.citations.length, 'paper')} cited`;
  const made = [describeMaker(answer.trace), describeTime(answer.trace)];
  const facts = [...made, describeCost(answer.trace) ?? [], cited].flat();
  return html`<p class="trace">${facts.map((fact) => html`<span>${fact}</span>`)}<a href="${link}">Permanent link</a><button type="button" data-copy="${link}" aria-live="polite" hidden>Copy link</button></p>`;
}
