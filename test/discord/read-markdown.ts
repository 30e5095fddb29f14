// What Discord's clients make of text, read by rules of its own: nothing here is shared with what is
// tested. Where two readings are possible, the livelier one counts.

const ALLOWED_HOST =
  /^https:\/\/(?:huggingface\.co|(?:www\.)?arxiv\.org|(?:www\.)?alphaxiv\.org)\//;

/** Unseen signs: what they part in the text may stand together on a screen or in a copy. */
const UNSEEN = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/g;

interface Link {
  readonly label: string;
  readonly url: string;
}

/** What would be alive on a screen: a mention, a foreign link, markup that nobody of us wrote. */
export function problemsOfMarkdown(text: string): readonly string[] {
  const { plain, links } = takeLinks(hideEscaped(text));
  return [
    ...links
      .filter(({ url }) => !ALLOWED_HOST.test(url))
      .map(({ url }) => `a foreign link: ${url}`),
    ...links.flatMap(({ label }) => live(label)),
    ...live(plain),
    ...(/@(?:everyone|here)\b/.test(text) ? [`a broadcast by its name: ${cut(text)}`] : []),
    ...(/[\u202a-\u202e\u2066-\u2069]/.test(text) ? [`it turns the writing: ${cut(text)}`] : []),
  ];
}

/** An escaped sign stands for itself: it opens and ends nothing. */
function hideEscaped(text: string): string {
  return text.replace(/\\[^0-9A-Za-z\s]/g, '\u0001');
}

/** `[label](<url>)`, `[label](url)`, with a title or without. */
function takeLinks(text: string): { readonly plain: string; readonly links: readonly Link[] } {
  const links: Link[] = [];
  const plain = text.replace(
    /\[((?:[^[\]]|\[[^\]]*\])*)\]\(\s*<?([^\s<>)]*)>?[^)]*\)/g,
    (_, label: string, url: string) => {
      links.push({ label, url });
      return '\u0002';
    },
  );
  return { plain, links };
}

const LIVE: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a mention of a person', /<@!?\d+>/],
  ['a mention of a role', /<@&\d+>/],
  ['a channel', /<#\d+>/],
  ['a command', /<\/[^>]+:\d+>/],
  ['an emoji', /<a?:\w+:\d+>/],
  ['a time', /<t:-?\d+(?::\w)?>/],
  ['a guide', /<id:\w+>/],
  ['a tag', /<[@#!/a-z][^\s>]*>/i],
  ['a bare address', /\b[a-z][a-z0-9+.-]*:\/\/\S/i],
  ['a mail address', /\bmailto:\S/i],
  ['an invitation', /\bdiscord(?:app)?\.(?:gg|com\/invite)\/\w/i],
  ['a broken link', /\]\(/],
  ['code', /`/],
  ['a spoiler', /\|\|/],
  ['struck text', /~~/],
  ['underlined text', /__/],
  ['a heading', /^#{1,3}\s/m],
];

function live(text: string): readonly string[] {
  return LIVE.filter(
    ([, pattern]) => pattern.test(text) || pattern.test(text.replace(UNSEEN, ' ')),
  ).map(([what]) => `${what} is alive: ${cut(text)}`);
}

function cut(text: string): string {
  return JSON.stringify(text.slice(0, 120));
}
