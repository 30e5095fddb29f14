import { cleanLine, escapeWithin as escapeFor } from '../answer/show/clean-text.ts';

/** Unseen, breaks no word and no line: it only keeps Slack from taking signs together. */
const JOINER = '\u2060';

/**
 * Foreign text for mrkdwn fields and plain message text: nothing in it mentions, broadcasts, links
 * or formats. Slack turns the entities back into signs there, and only there.
 */
export function escapeMrkdwn(text: string): string {
  return defuse(cleanLine(text)).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/**
 * The same for markdown blocks and streamed text, which know Markdown's links as well. An ampersand
 * stays: Slack does not read it again there.
 */
export function escapeMarkdown(text: string): string {
  return (
    defuse(cleanLine(text))
      .replace(/&(?=#?\w+;)/g, `&${JOINER}`)
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/\\/g, '∖')
      .replace(/\|/g, '∣')
      // A list or a heading, or the rest of a link whose label is the marker before.
      .replace(/^(?=[#+=([:-]|\d+[.)])/, JOINER)
  );
}

/**
 * Foreign text for plain_text and rich_text, which read no markup. What would be a mention or a link
 * elsewhere is broken all the same: Slack copies such texts into notifications, and apps link what
 * looks like an address.
 */
export function escapePlain(text: string): string {
  return withoutAddresses(text).replace(/<(?=[!@#a-z/])/gi, `<${JOINER}`);
}

/** The longest beginning of the text whose escaped form keeps within so many characters. */
export function escapeWithin(
  text: string,
  most: number,
  escaper: (text: string) => string = escapeMrkdwn,
): string {
  return escapeFor(text, most, escaper);
}

/** Addresses, hosts and mail addresses become words. */
function withoutAddresses(text: string): string {
  return text
    .replace(/:(?=\/\/)/g, `:${JOINER}`)
    .replace(/\b(mailto|tel|sms|slack|javascript|data|file|vscode|zoommtg):/gi, `$1${JOINER}:`)
    .replace(/(?<=[\p{L}\p{N}-])\.(?=\p{L}{2})/gu, `${JOINER}.${JOINER}`)
    .replace(/\bwww\./gi, `www${JOINER}.`)
    .replace(/(?<=\S)@(?=\S)/g, `@${JOINER}`);
}

/** Addresses and the names of emoji become words; signs of emphasis become their look-alikes. */
function defuse(line: string): string {
  return withoutAddresses(line)
    .replace(/:(?=[a-z0-9_+'-]{1,100}:)/gi, `:${JOINER}`)
    .replace(/\](?=\s*[([:]|$)/g, `]${JOINER}`)
    .replace(/!(?=\[)/g, `!${JOINER}`)
    .replace(/@/g, `@${JOINER}`)
    .replace(/\*/g, '∗')
    .replace(/`/g, 'ˋ')
    .replace(/~/g, '∼')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, `${JOINER}_${JOINER}`);
}
