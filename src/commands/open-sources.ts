import type { Config } from '../config.ts';
import { FootnoteError } from '../errors.ts';
import type { PaperSource } from '../papers/paper-source.ts';
import type { ArxivParts } from '../papers/sources/arxiv-query-client.ts';
import { createArxivSource } from '../papers/sources/arxiv-source.ts';
import { createHubSource, type HubSourceParts } from '../papers/sources/hub-source.ts';
import { createSite } from '../papers/sources/site.ts';
import type { Store } from '../store/open-store.ts';
import type { CommandContext } from './command.ts';

/** The sites that papers are fetched from. */
export interface Sources {
  readonly hub: HubSourceParts;
  /** Throws FootnoteError `config` without a contact: arXiv asks for one. */
  arxiv(): ArxivParts;
  /** By its name, such as `hf` or `arxiv:cs.LG`. */
  open(name: string, options?: { readonly since?: string | undefined }): PaperSource;
  close(): Promise<void>;
}

const PROGRAM = 'Footnote/0.1';

/** Opens them; nothing is asked yet. */
export function openSources(
  { sources }: Pick<Config, 'sources'>,
  {
    store,
    context,
  }: { readonly store: Pick<Store, 'arxivTurns'>; readonly context: CommandContext },
): Sources {
  const { contact } = sources;
  const now = () => new Date();
  const userAgent = contact === undefined ? PROGRAM : `${PROGRAM} (${addressOf(contact)})`;
  const about = (name: string) => ({
    name,
    userAgent,
    now: Date.now,
    onWait: (seconds: number) => {
      context.stderr.write(`${name} is asked again in ${seconds} seconds.\n`);
    },
  });
  const hub = {
    site: createSite({ ...about('Hugging Face'), token: sources.hub.token }),
    baseUrl: sources.hub.url,
    now,
  };
  const site = createSite({ ...about('arXiv'), turns: store.arxivTurns });
  const arxiv = () => {
    if (contact !== undefined) return { site, urls: sources.arxiv, now };
    throw new FootnoteError(
      'config',
      'arXiv asks programs to name somebody it can write to: set SYNC_CONTACT to your e-mail or web address (see .env.example).',
    );
  };
  return {
    hub,
    arxiv,
    open(name, { since } = {}) {
      const start = since === undefined ? {} : { since };
      if (name === 'hf') return createHubSource({ ...hub, ...start });
      return createArxivSource({ ...arxiv(), category: name.slice('arxiv:'.length), ...start });
    },
    async close() {
      await Promise.all([hub.site.close(), site.close()]);
    },
  };
}

function addressOf(contact: string): string {
  return contact.includes('@') && !contact.includes(':') ? `mailto:${contact}` : contact;
}
