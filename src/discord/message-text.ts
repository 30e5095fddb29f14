/** What a person wrote, without Discord's markup. */
export interface ReadText {
  readonly text: string;
  readonly isToBot: boolean;
  /** Somebody else is mentioned and the bot is not. */
  readonly isToOthers: boolean;
}

const MENTION = /<@!?(\d+)>/g;

/** Reads message text: our mention goes, and what else Discord draws becomes words. */
export function readText(written: string, botUserId: string): ReadText {
  const mentioned = [...written.matchAll(MENTION)].map(([, id]) => id);
  const isToBot = mentioned.includes(botUserId);
  const text = written
    .replace(MENTION, (_, id: string) => (id === botUserId ? ' ' : '@someone'))
    .replace(/<@&\d+>/g, '@role')
    .replace(/<#\d+>/g, '#channel')
    .replace(/<\/([^:>]+):\d+>/g, '/$1')
    .replace(/<a?:(\w+):\d+>/g, ':$1:')
    .replace(/<(https?:\/\/[^\s>]+)>/g, '$1')
    .replace(/[^\S\n]+/g, ' ')
    .trim();
  return { text, isToBot, isToOthers: !isToBot && mentioned.length > 0 };
}
