import { raw } from 'hono/html';
import type { Html } from './pages/layout.ts';

// Controls but newline and tab; characters that turn the direction of all that follows. Papers and
// questions may hold them, our own markup never does.
const UNSHOWN = /[[\p{Cc}--[\t\n]]\u202a-\u202e\u2066-\u2069]/gv;

/** The page without characters that are not shown and change how the text around them is. */
export function neutralPage(page: Html): Html {
  return page instanceof Promise
    ? page.then((text) => raw(text.replace(UNSHOWN, '')))
    : raw(page.replace(UNSHOWN, ''));
}
