/** What a person wrote, without Slack's markup. */
export interface ReadText {
  readonly text: string;
  readonly isToBot: boolean;
  /** Somebody else is mentioned and the bot is not. */
  readonly isToOthers: boolean;
}

// Slack writes every emoji by its name. In a question they are no words: "smile" is a paper's name.
const EMOJI = /(?<![\w:/])(?::(?=[^:\s]*[a-z]|[+-]1:|100:)[a-z0-9_+'-]+:)+(?![\w:])/g;
const MENTION = /<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/g;

/** Reads message text: our mention and emoji go, other tags become words, entities become signs. */
export function readText(written: string, botUserId: string): ReadText {
  const mentioned = [...written.matchAll(MENTION)].map(([, id]) => id);
  const isToBot = mentioned.includes(botUserId);
  const text = written
    .replace(MENTION, (_, id: string) => (id === botUserId ? ' ' : '@someone'))
    .replace(/<#[A-Z0-9]+(?:\|([^>]*))?>/g, (_, name?: string) => (name ? `#${name}` : '#channel'))
    .replace(/<!(?:[^>|]*)\|([^>]*)>/g, '$1')
    .replace(/<!(\w+)[^>]*>/g, '@$1')
    .replace(/<(?:https?|mailto|tel):[^>|]*\|([^>]*)>/g, '$1')
    .replace(/<((?:https?|mailto|tel):[^>]*)>/g, '$1')
    .replace(EMOJI, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    // The last: what was written as "&lt;" came as "&amp;lt;".
    .replace(/&amp;/g, '&')
    .replace(/[^\S\n]+/g, ' ')
    .trim();
  return { text, isToBot, isToOthers: !isToBot && mentioned.length > 0 };
}
