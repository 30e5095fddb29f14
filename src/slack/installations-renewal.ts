import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { InstallationStore } from '../bot/installations.ts';
import { persist } from '../bot/persist.ts';
import type { Log } from '../log.ts';
import type { Installations, Installed } from './installations.ts';
import { type SlackApi, SlackApiError } from './slack-api.ts';

/** What renewing tokens works with. */
export interface RenewalParts {
  readonly installations: Installations;
  readonly store: Pick<InstallationStore, 'claim' | 'release'>;
  /** Needs no token. */
  readonly api: Pick<SlackApi, 'call'>;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly newId: () => string;
  readonly now: () => Date;
  readonly log: Log;
}

/** Gives tokens that are good; where they rotate, renews them before they run out. */
export interface Renewal {
  /**
   * The installation with a token that is good for a while yet, or undefined where it is gone. Waits
   * only where the token has run out. Throws SlackApiError where Slack gives no new one then.
   */
  current(id: string): Promise<Installed | undefined>;
  /** Ends when no renewal is under way. */
  settled(): Promise<void>;
}

/** Tokens last twelve hours. */
const RENEW_BEFORE_MS = 2 * 3_600_000;
/** A token that ends sooner could do so within a call. */
const NEEDED_MS = 60_000;
/** Longer than a call may take, so that nobody renews beside a slow one. */
const CLAIM_MS = 40_000;
const LOOK_AGAIN_MS = 200;
const PATIENCE_MS = 20_000;
/** After a failure a token that is still good is left in peace for so long. */
const PAUSE_MS = 60_000;

/** Renews tokens, one process at a time for each installation. */
export function createRenewal(parts: RenewalParts): Renewal {
  const { installations, now, log } = parts;
  const underWay = new Map<string, Promise<Installed | undefined>>();
  const failedAt = new Map<string, number>();
  const once = (key: string) => {
    const running = underWay.get(key);
    if (running !== undefined) return running;
    const work = renewInTurn(key, parts).finally(() => underWay.delete(key));
    underWay.set(key, work);
    return work;
  };
  const inBackground = (key: string) => {
    const pausedUntil = (failedAt.get(key) ?? Number.NEGATIVE_INFINITY) + PAUSE_MS;
    if (underWay.has(key) || now().getTime() < pausedUntil) return;
    once(key).then(
      () => failedAt.delete(key),
      (error: unknown) => {
        failedAt.set(key, now().getTime());
        const reason = error instanceof SlackApiError ? error.reason : 'unknown';
        log.warn('slack.token-not-renewed', { workspace: key, reason });
      },
    );
  };
  return {
    async current(id) {
      const installed = await installations.find(id);
      if (installed === undefined) return undefined;
      const left = timeLeft(installed, now());
      if (left < NEEDED_MS) return once(installed.key);
      if (left < RENEW_BEFORE_MS) inBackground(installed.key);
      return installed;
    },
    settled: async () => void (await Promise.allSettled(underWay.values())),
  };
}

function timeLeft({ record: { expiresAt, refreshToken } }: Installed, now: Date): number {
  return expiresAt === undefined || refreshToken === undefined
    ? Number.POSITIVE_INFINITY
    : expiresAt - now.getTime();
}

/** Asks for a new token, or waits for the process that does. */
async function renewInTurn(key: string, parts: RenewalParts): Promise<Installed | undefined> {
  const { installations, store, newId, now } = parts;
  const id = { platform: 'slack', key } as const;
  const worker = newId();
  for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_AGAIN_MS) {
    const at = now().getTime();
    const claim = { worker, now: isoOf(at), until: isoOf(at + CLAIM_MS) };
    const isMine = await store.claim(id, claim);
    try {
      // Read within the claim: whoever had it before may have renewed.
      const installed = await installations.look(key);
      if (installed === undefined || timeLeft(installed, now()) >= RENEW_BEFORE_MS)
        return installed;
      if (isMine) return await renewNow(installed, parts);
    } finally {
      if (isMine) await store.release(id, worker);
    }
    await sleep(LOOK_AGAIN_MS);
  }
  throw new SlackApiError({ method: METHOD, reason: 'unreachable' });
}

const METHOD = 'oauth.v2.access';
const Granted = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.number().positive(),
});
/** Slack will not give a token for this any more, however often it is asked. */
const FOR_GOOD: ReadonlySet<string> = new Set(['invalid_refresh_token', 'token_revoked']);

async function renewNow(installed: Installed, parts: RenewalParts): Promise<Installed | undefined> {
  const { record, key } = installed;
  const { installations, now, log } = parts;
  const granted = await askForToken(installed, parts);
  const renewed = {
    ...record,
    token: granted.access_token,
    refreshToken: granted.refresh_token,
    expiresAt: now().getTime() + granted.expires_in * 1_000,
  };
  // The old refresh token is void by now: what came for it must not be lost to a busy store.
  const kept = await persist(() => installations.renew(installed, renewed));
  log('slack.token-renewed', { workspace: key });
  // Installed again or uninstalled meanwhile: what there is now counts.
  return kept ?? installations.look(key);
}

async function askForToken(
  { key, record }: Installed,
  { api, clientId, clientSecret, log }: RenewalParts,
): Promise<z.infer<typeof Granted>> {
  const client = { client_id: clientId, client_secret: clientSecret };
  const asked = { grant_type: 'refresh_token', refresh_token: record.refreshToken };
  try {
    return Granted.parse(await api.call(METHOD, { ...client, ...asked }));
  } catch (error) {
    if (!(error instanceof SlackApiError && FOR_GOOD.has(error.reason))) throw error;
    log.warn('slack.install-again', { workspace: key, name: record.name, why: error.reason });
    throw new SlackApiError({ method: METHOD, reason: 'invalid_auth' });
  }
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
