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

/** What people press under papers of a digest, and beside the digests of a channel. */
export const DIGEST_ACTIONS = {
  more: 'digest_more',
  less: 'digest_less',
  mute: 'digest_mute',
  evidence: 'digest_evidence',
  create: 'digest_create',
  change: 'digest_change',
  preview: 'digest_preview',
  pause: 'digest_pause',
  resume: 'digest_resume',
  remove: 'digest_remove',
} as const;

/** Forms that people send. */
export const VIEWS = { settings: 'settings_form', ask: 'ask_form', digest: 'digest_form' } as const;

/** By the type that the manifest gives them. */
export const SHORTCUTS = { message: 'ask_about_message', global: 'ask_papers' } as const;

/** Slash commands. */
export const SLASH = { ask: '/ask', papers: '/papers' } as const;
