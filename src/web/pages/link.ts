import { html } from 'hono/html';
import type { Html } from './layout.ts';

/** A link out, named by its site; anything but http and https stays plain text. */
export function renderLink(url: string): Html {
  const parsed = URL.parse(url);
  if (parsed === null || !['http:', 'https:'].includes(parsed.protocol)) {
    return html`<span class="plain">${url}</span>`;
  }
  const site = parsed.hostname.replace(/^www\./, '');
  return html`<a class="out" href="${parsed.href}" target="_blank" rel="noopener noreferrer">${site}<span aria-hidden="true"> ↗</span><span class="unseen"> (opens in a new tab)</span></a>`;
}
