/** Fenced and inline code, where Discord reads no markup. */
const CODE = /```[\s\S]*?```|(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g;

const LIVE: readonly (readonly [name: string, sign: RegExp])[] = [
  ['a mention of everyone', /@(?:everyone|here)\b/g],
  ['a mention of a person', /<@!?\d+>/g],
  ['a mention of a role', /<@&\d+>/g],
  ['a channel', /<#\d+>/g],
  ['a page of the server', /<id:\w+>/g],
  ['an emoji of a server', /<a?:\w+:\d+>/g],
];
const COMMAND = /<\/[^:<>\n]+:(\d+)>/g;
const URLS = /\b(?:https?|discord|ftp):\/\/[^\s<>"'`)\]|]+/gi;

export interface MarkupRules {
  /** Hosts that links may lead to. */
  readonly hosts: ReadonlySet<string>;
  /** Ids of the app's own commands, which a text may name. */
  readonly commandIds: ReadonlySet<string>;
}

/** What in a text would reach or name somebody, or lead where no link should. */
export function liveMarkup(text: string, { hosts, commandIds }: MarkupRules): readonly string[] {
  const read = text.replaceAll(CODE, ' ');
  const mentions = LIVE.flatMap(([name, sign]) =>
    [...read.matchAll(sign)].map(([found]) => `${name}: ${found}`),
  );
  const commands = [...read.matchAll(COMMAND)]
    .filter(([, id = '']) => !commandIds.has(id))
    .map(([found]) => `a command that is not ours: ${found}`);
  const links = [...read.matchAll(URLS)]
    .filter(([url]) => !isAllowed(url, hosts))
    .map(([url]) => `a foreign link: ${url}`);
  return [...mentions, ...commands, ...links];
}

export function isAllowed(url: string, hosts: ReadonlySet<string>): boolean {
  const parsed = URL.parse(url);
  return parsed?.protocol === 'https:' && hosts.has(parsed.hostname);
}
