import { raw } from 'hono/html';
import type { Html } from './pages/layout.ts';

// Controls but newline and tab; characters that turn the direction of all that follows. Papers and
// questions may hold them, our own markup never does.
const UNSHOWN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** The page without characters that are not shown and change how the text around them is. */
export function neutralPage(page: Html): Html {
  return page instanceof Promise
    ? page.then((text) => raw(text.replace(UNSHOWN, '')))
    : raw(page.replace(UNSHOWN, ''));
}
