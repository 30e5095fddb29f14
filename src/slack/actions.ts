/** Names of what people press, submit and call; the manifest and the listeners share them. */
export const ACTIONS = {
  evidence: 'evidence',
  similar: 'similar',
  bibtex: 'bibtex',
  share: 'share',
  feedback: 'feedback',
  settings: 'settings',
  /** A question on the Home tab; more of them in one block are told apart by a number behind it. */
  ask: 'ask',
} as const;

/** Forms that people send. */
export const VIEWS = { settings: 'settings_form', ask: 'ask_form' } as const;

/** By the type that the manifest gives them. */
export const SHORTCUTS = { message: 'ask_about_message', global: 'ask_papers' } as const;

/** Slash commands. */
export const SLASH = { ask: '/ask', papers: '/papers' } as const;
