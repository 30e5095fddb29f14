import { parseDigestCommand } from '../../digest/parse-digest-command.ts';
import type { IncomingMessage } from '../message.ts';
import type { Command } from './command.ts';

/** A comparison is answered like any other question. */
export interface AskedComparison {
  readonly kind: 'question';
  readonly text: string;
}

const SIMPLE: Readonly<Record<string, Command>> = {
  help: { kind: 'help' },
  status: { kind: 'status' },
  settings: { kind: 'settings' },
  mute: { kind: 'mute' },
  unmute: { kind: 'unmute' },
  export: { kind: 'export' },
  bibtex: { kind: 'export' },
  'export bibtex': { kind: 'export' },
  forget: { kind: 'forget' },
  'forget my questions': { kind: 'forget' },
  recent: { kind: 'recent' },
  'my questions': { kind: 'recent' },
  'my recent questions': { kind: 'recent' },
};

const WITH_WORDS = /^(search|find|similar|show|compare)\s+(?:to\s+|for\s+)?(\S[\s\S]*)$/i;
// What a question may begin with as well, such as "digest of new papers", is left to slash commands.
const DIGEST = /^digests?(?:\s+([\s\S]*))?$/i;
const DIGEST_IN_MESSAGE =
  /^digests?\s+(?:list|help|preview|unmute|watch|(?:change|pause|resume|remove)\s+\d)/i;
const TWO_PAPERS = /^([\s\S]+?)\s+(?:vs\.?|versus|with|and|to|against)\s+([\s\S]+)$/i;

/**
 * The command that the words after a slash command spell, or the question they are; undefined for
 * words that are neither.
 */
export function parseCommand(text: string): Command | AskedComparison | undefined {
  const simple = simpleCommand(text);
  if (simple !== undefined) return simple;
  const digest = DIGEST.exec(text.trim());
  if (digest !== null) return { kind: 'digest', command: parseDigestCommand(digest[1] ?? '') };
  const [, verb = '', words = ''] = WITH_WORDS.exec(text.trim()) ?? [];
  switch (verb.toLowerCase()) {
    case 'search':
    case 'find':
      return { kind: 'search', words };
    case 'similar':
    case 'show':
      return { kind: verb.toLowerCase() === 'show' ? 'show' : 'similar', paper: words };
    case 'compare': {
      const [, one, other] = TWO_PAPERS.exec(words) ?? [];
      return one && other ? comparison(one, other) : undefined;
    }
    default:
      return undefined;
  }
}

/** The question that compares two papers or methods. */
export function comparison(one: string, other: string): AskedComparison {
  return { kind: 'question', text: `Compare ${one.trim()} with ${other.trim()}` };
}

/** The command that a whole message is; a question asked by a slash command is never one. */
export function commandInMessage({ kind, text }: IncomingMessage): Command | undefined {
  if (kind === 'command') return undefined;
  const isCalled = kind === 'mention' || kind === 'direct';
  if (text.trim() === '' && isCalled) return { kind: 'help' };
  const digest = isCalled && DIGEST_IN_MESSAGE.test(text.trim()) ? parseCommand(text) : undefined;
  return digest?.kind === 'digest' ? digest : simpleCommand(text);
}

function simpleCommand(text: string): Command | undefined {
  const words = text
    .trim()
    .toLowerCase()
    .replace(/[.!]+$/, '')
    .replace(/\s+/g, ' ');
  return Object.hasOwn(SIMPLE, words) ? SIMPLE[words] : undefined;
}
