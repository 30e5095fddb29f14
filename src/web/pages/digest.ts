import { html } from 'hono/html';
import type { Digest, DigestItem } from '../../digest/digest.ts';
import { itemByline } from '../../digest/digest-text.ts';
import { foldText } from '../../papers/fold.ts';
import type { PreviewedDigest, WebStatus } from '../parts.ts';
import { type Html, renderPage } from './layout.ts';
import { renderLink } from './link.ts';

export interface DigestPreview {
  /** As it was typed. */
  readonly asked: { readonly sentence: string; readonly day: string };
  readonly status: WebStatus;
  readonly previewed?: PreviewedDigest;
  readonly problem?: string;
}

/** A form for a wish and a day, and what a digest would say on it. */
export function renderDigestPreview({ asked, status, previewed, problem }: DigestPreview): Html {
  const main = html`<div class="opening">
      <h1>A digest, before it is sent.</h1>
      <p class="lead">Say what you want to hear of, as you would in a channel, and choose a day. Nothing is posted.</p>
    </div>
    ${renderForm(asked, problem)}
    ${previewed && renderDigest(previewed)}`;
  return renderPage({ title: 'Digest preview · Footnote', main, status });
}

function renderForm({ sentence, day }: DigestPreview['asked'], problem: string | undefined): Html {
  return html`<form class="ask digest-form" method="get" action="/digest/preview">
    ${problem && html`<p class="problem" id="problem" role="alert">${problem}</p>`}
    <label for="topics">Topics, and how many</label>
    <input id="topics" name="topics" type="text" required dir="auto" maxlength="2000" placeholder="agents and diffusion, at most 5" value="${sentence}"${problem && html` aria-invalid="true" aria-describedby="problem"`}>
    <label for="date">Day</label>
    <input id="date" name="date" type="date" value="${day}">
    <button type="submit">Preview</button>
  </form>`;
}

function renderDigest({ digest, picture }: PreviewedDigest): Html {
  return html`<article class="turn digest" aria-labelledby="headline">
    <h2 class="question" id="headline">${foldText(digest.headline)}</h2>
    ${picture && renderPicture(picture)}
    ${renderBody(digest)}
  </article>`;
}

function renderPicture({ png, alt }: NonNullable<PreviewedDigest['picture']>): Html {
  const source = `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
  return html`<p><img class="digest-picture" src="${source}" alt="${alt}" width="600" height="300"></p>`;
}

function renderBody(digest: Digest): Html | undefined {
  switch (digest.kind) {
    case 'papers':
      return html`<section class="sources" aria-label="Papers"><ol>${digest.items.map(renderItem)}</ol></section>`;
    case 'changed-answer':
      return html`<p class="said">${foldText(digest.after.text)}</p>`;
    case 'empty':
      return undefined;
  }
}

function renderItem(item: DigestItem): Html {
  const { n, title, url, summary, why, alike } = item;
  const byline = itemByline(item);
  const isQuote = summary.by === 'abstract';
  const sentences = summary.sentences.map(({ text }) =>
    isQuote
      ? html`<blockquote>${foldText(text)}</blockquote>`
      : html`<p class="said">${foldText(text)}</p>`,
  );
  return html`<li class="source">
    <span class="number" aria-hidden="true">${n}</span>
    <h4>${foldText(title)}</h4>
    <p class="facts">${byline !== '' && html`<span>${byline}</span>`}${renderLink(url)}</p>
    ${sentences}
    <p class="remark">${foldText(why)}</p>
    ${alike.map((other) => html`<p class="remark">Much the same: <cite>${foldText(other.title)}</cite> ${renderLink(other.url)}</p>`)}
  </li>`;
}
