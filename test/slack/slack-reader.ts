/**
 * What comes alive in a text, as Slack and its apps read it. Written from Slack's rules, not from our
 * escaping, and stricter than Slack where those are not certain: code protects nothing, an address
 * needs no scheme, and a break between a label and its target is none.
 */
export type Markup = 'mrkdwn' | 'markdown' | 'plain';

/** Everything alive in a text but links to these records; empty when it is only text. */
export function aliveIn(
  text: string,
  markup: Markup,
  records: ReadonlySet<string>,
): readonly string[] {
  // Where no markup is read, only what a notification that is made of it could take for a tag.
  const tags = markup === 'plain' ? /<[!@#a-z/][^<>]*>?/gi : /<[^<>]*>?/g;
  const found = [...text.matchAll(tags)].map(([tag]) => `a tag ${tag.slice(0, 40)}`);
  const rest = markup === 'markdown' ? withoutOurLinks(text, records) : text;
  return [
    ...found,
    ...hiddenIn(text),
    ...addressesIn(rest),
    ...(markup === 'plain' ? [] : emojiIn(rest)),
    ...(markup === 'markdown' ? [...linksIn(rest), ...structureIn(text)] : []),
    ...(markup === 'mrkdwn' ? [...brokenEntities(text), ...formatIn(text)] : []),
  ];
}

/** A number as the label, a record as the target, nothing between them. */
function withoutOurLinks(text: string, records: ReadonlySet<string>): string {
  return text.replace(/\[(\d{1,3})\]\(([^()\s]+)\)/g, (whole, n: string, url: string) =>
    records.has(url) ? n : whole,
  );
}

/** Signs that turn, hide or break a line; U+2060 hides nothing, and emoji and Persian need joiners. */
function hiddenIn(text: string): readonly string[] {
  const seen = text.replace(/[\n\u2060\u200c\u200d]/g, '');
  const [sign] = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.exec(seen) ?? [];
  return sign === undefined ? [] : [`a hidden U+${sign.charCodeAt(0).toString(16)}`];
}

const ADDRESSES: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['an address', /\b[a-z][a-z0-9+.-]*:\/\/\S/i],
  ['an address', /\bwww\.\S/i],
  ['a deep link', /\b(?:mailto|tel|sms|slack|javascript|data|file|vscode|zoommtg):\S/i],
  ['a host', /[\p{L}\p{N}-]\.\p{L}{2,}/u],
  ['a mail address', /[\w.+-]@[\w-]/],
];

function addressesIn(text: string): readonly string[] {
  return ADDRESSES.flatMap(([what, pattern]) => {
    const { index } = pattern.exec(text) ?? {};
    return index === undefined ? [] : [`${what}: ${text.slice(index, index + 40)}`];
  });
}

function emojiIn(text: string): readonly string[] {
  const [emoji] = /:[a-z0-9_+'-]{1,100}:/i.exec(text) ?? [];
  return emoji === undefined ? [] : [`an emoji ${emoji}`];
}

function linksIn(text: string): readonly string[] {
  return [
    ...(/\]\s*\(/.test(text) ? ['a link in Markdown'] : []),
    ...(/\]\s*\[/.test(text.replace(/\[\d{1,3}\](?=\s*\[\d)/g, '')) ? ['a link by reference'] : []),
    ...(/\]:/.test(text) ? ['a definition of a link'] : []),
    ...(/!\[/.test(text) ? ['an image'] : []),
  ];
}

/** We begin lines with bold titles and with the bullets of stances, and end with one line in italics. */
function structureIn(text: string): readonly string[] {
  return text
    .split('\n')
    .flatMap((line) => [
      ...(/^\s{0,3}(?:#{1,6}(?:\s|$)|>|[=-]+\s*$|\d+[.)]\s|[+*]\s|\||```|~~~)/.test(line)
        ? [`a line of structure: ${line.slice(0, 30)}`]
        : []),
      ...(/[`|~]/.test(line) ? [`code, a table or a strike: ${line.slice(0, 30)}`] : []),
      ...(/\*/.test(line.replace(/^\*\*[^*]+\*\*$/, '')) ? [`bold: ${line.slice(0, 30)}`] : []),
      ...(/(?<![\p{L}\p{N}])_[^_\s\u2060]/u.test(line.replace(/^_The answer is longer[^_]*_$/, ''))
        ? [`italics: ${line.slice(0, 30)}`]
        : []),
    ]);
}

function brokenEntities(text: string): readonly string[] {
  return /&(?!(?:amp|lt|gt);)/.test(text) ? ['an ampersand that is no entity'] : [];
}

/** `*bold*`, `~struck~`, `` `code` `` and `_italics_` as mrkdwn has them. */
function formatIn(text: string): readonly string[] {
  const [format] = /(?<![\p{L}\p{N}])([*~`_])[^\s\u2060](?:[^\n]*?\S)??\1/u.exec(text) ?? [];
  return format === undefined ? [] : [`formatting ${format.slice(0, 30)}`];
}
