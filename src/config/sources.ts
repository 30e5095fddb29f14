import { Cron } from 'croner';
import { z } from 'zod';
import { optional } from './optional.ts';

/** Where papers are fetched from, and when. */
export interface SourcesChoice {
  readonly hub: {
    /** Without a slash at its end. */
    readonly url: string;
    readonly token?: string;
  };
  readonly arxiv: { readonly api: string; readonly oai: string; readonly feeds: string };
  /** An e-mail or web address that arXiv may write to. */
  readonly contact?: string;
  /** Names such as `hf` and `arxiv:cs.LG`; empty unless set. */
  readonly names: readonly string[];
  /** When `start` reads them; empty unless set. */
  readonly times: readonly SyncTime[];
}

/** Five fields of cron, and the time zone they are meant in. */
export interface SyncTime {
  readonly pattern: string;
  readonly zone: string;
}

export const SOURCE_NAME = /^(?:hf|arxiv:[A-Za-z-]+(?:\.[A-Za-z-]+)?)$/;
const NAMES_WANTED = 'must be hf or arxiv:CATEGORY, several with commas, such as hf,arxiv:cs.LG';
const TIMES_WANTED =
  'must be five fields of cron and a time zone, several with semicolons, such as "0 6 * * 1-5 Europe/Berlin"';
const url = (example: string) => optional(z.url(`must be a URL, such as ${example}`));

/** As the environment has them, in the order of `.env.example`. */
export const SOURCE_SETTINGS = {
  SYNC_SOURCES: optional(
    z
      .string()
      .refine((value) => namesIn(value).every((name) => SOURCE_NAME.test(name)), NAMES_WANTED),
  ),
  SYNC_TIMES: optional(z.string().refine((value) => timesIn(value).every(isTime), TIMES_WANTED)),
  SYNC_CONTACT: optional(
    z.string().regex(/^[\x21-\x7e]{3,200}$/, 'must be an e-mail or web address, without spaces'),
  ),
  HF_TOKEN: optional(z.string().regex(/^[\x21-\x7e]+$/, 'must be a token, without spaces')),
  HF_URL: url('https://huggingface.co'),
  ARXIV_API_URL: url('https://export.arxiv.org/api/query'),
  ARXIV_OAI_URL: url('https://oaipmh.arxiv.org/oai'),
  ARXIV_FEED_URL: url('https://rss.arxiv.org'),
};

const Settings = z.object(SOURCE_SETTINGS);
type Settings = z.infer<typeof Settings>;

export function sourcesChoice(settings: Settings): SourcesChoice {
  const { HF_TOKEN: token, SYNC_CONTACT: contact } = settings;
  const whole = (address: string) => address.replace(/\/+$/, '');
  return {
    hub: {
      url: whole(settings.HF_URL ?? 'https://huggingface.co'),
      ...(token !== undefined && { token }),
    },
    arxiv: {
      api: whole(settings.ARXIV_API_URL ?? 'https://export.arxiv.org/api/query'),
      oai: whole(settings.ARXIV_OAI_URL ?? 'https://oaipmh.arxiv.org/oai'),
      feeds: whole(settings.ARXIV_FEED_URL ?? 'https://rss.arxiv.org'),
    },
    ...(contact !== undefined && { contact }),
    names: namesIn(settings.SYNC_SOURCES ?? ''),
    times: timesIn(settings.SYNC_TIMES ?? ''),
  };
}

function namesIn(text: string): readonly string[] {
  return [...new Set(text.split(',').map((name) => name.trim()))].filter(Boolean);
}

function timesIn(text: string): readonly SyncTime[] {
  return text
    .split(';')
    .map((time) => time.trim().split(/\s+/))
    .filter(([first]) => first !== '')
    .map((fields) => ({ pattern: fields.slice(0, 5).join(' '), zone: fields.slice(5).join(' ') }));
}

/** Whether croner finds a time that it means. */
function isTime({ pattern, zone }: SyncTime): boolean {
  try {
    const cron = new Cron(pattern, { paused: true, timezone: zone, mode: '5-part' });
    return zone !== '' && cron.nextRun() !== null;
  } catch {
    return false;
  }
}
