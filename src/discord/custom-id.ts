import { LIMITS } from './components.ts';

/** What people press and choose; the name stands before the id that it is about. */
export const ACTIONS = {
  evidence: 'evidence',
  similar: 'similar',
  bibtex: 'bibtex',
  good: 'good',
  bad: 'bad',
  share: 'share',
  thread: 'thread',
  setting: 'setting',
  years: 'years',
} as const;

/** Forms that people send. */
export const FORMS = { ask: 'ask_form', years: 'years_form' } as const;

/** An action or a form. */
export type ActionName = (typeof ACTIONS)[keyof typeof ACTIONS];

/** "evidence:4f…": people can read and forge it, so nothing in it is trusted when it comes back. */
export function customId(name: string, id: string): string | undefined {
  const joined = `${name}:${id}`;
  return joined.length <= LIMITS.customId ? joined : undefined;
}

/** The two parts again; an unknown name is for whoever reads it to pass over. */
export function readCustomId(customId: string): { readonly name: string; readonly id: string } {
  const at = customId.indexOf(':');
  if (at === -1) return { name: customId, id: '' };
  return { name: customId.slice(0, at), id: customId.slice(at + 1) };
}

/** Commands by the names that every language's name stands for. */
export const COMMANDS = {
  ask: 'ask',
  papers: 'papers',
  askAbout: 'Ask the papers about this',
} as const;
