import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ChatMessage } from './chat-model.ts';

/** One task for a model: its messages with slots to fill. */
export interface Prompt {
  /** The names of the slots, `{{name}}` in the text. */
  readonly slots: readonly string[];
  /** The messages with their slots filled. Throws a plain Error for a slot too many or too few. */
  render(values: Readonly<Record<string, string>>): readonly ChatMessage[];
}

/** All prompts by name, and a hash that changes when any of them does. */
export interface Prompts {
  /** Throws a plain Error for a name that is no file. */
  prompt(name: string): Prompt;
  readonly names: readonly string[];
  readonly hash: string;
}

const FOLDER = fileURLToPath(new URL('../../prompts', import.meta.url));
const HASH_LENGTH = 12;
const SLOT = /\{\{([a-z]+)\}\}/g;

/** Reads the Markdown files of `prompts/`: a title, then a section for each message. */
export function loadPrompts(folder: string = FOLDER): Prompts {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.md'))
    .sort();
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8'));
  const prompts = new Map(files.map((file, i) => [file.slice(0, -3), parsePrompt(texts[i] ?? '')]));
  const hash = createHash('sha256').update(texts.join('\0')).digest('hex').slice(0, HASH_LENGTH);
  return {
    names: [...prompts.keys()],
    hash,
    prompt(name) {
      const prompt = prompts.get(name);
      if (prompt === undefined) throw new Error(`There is no prompt ${name}.`);
      return prompt;
    },
  };
}

/** The prompt of a Markdown text with sections `## system` and `## user`. */
export function parsePrompt(text: string): Prompt {
  const messages = text
    .split(/^## /m)
    .slice(1)
    .map((section): ChatMessage => {
      const [head = '', ...body] = section.split('\n');
      return { role: roleOf(head.trim()), text: body.join('\n').trim() };
    });
  const slots = [...new Set(messages.flatMap(({ text: body }) => slotsOf(body)))];
  return { slots, render: (values) => fill(messages, { slots, values }) };
}

function roleOf(head: string): ChatMessage['role'] {
  if (head === 'system' || head === 'user' || head === 'assistant') return head;
  throw new Error(`A prompt has a section "${head}"; it must be system, user or assistant.`);
}

function slotsOf(text: string): readonly string[] {
  return [...text.matchAll(SLOT)].map(([, name = '']) => name);
}

function fill(
  messages: readonly ChatMessage[],
  {
    slots,
    values,
  }: { readonly slots: readonly string[]; readonly values: Readonly<Record<string, string>> },
): readonly ChatMessage[] {
  const wrong = [
    ...slots.filter((slot) => !Object.hasOwn(values, slot)),
    ...Object.keys(values).filter((name) => !slots.includes(name)),
  ];
  if (wrong.length > 0) throw new Error(`These slots are missing or unknown: ${wrong.join(', ')}.`);
  // One pass: what is filled in is never read for slots again.
  return messages.map(({ role, text }) => ({
    role,
    text: text.replace(SLOT, (_, name: string) => values[name] ?? ''),
  }));
}
