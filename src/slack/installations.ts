import type { InstallationId, InstallationStore } from '../bot/installations.ts';
import { FootnoteError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Cipher } from './installations-cipher.ts';
import { type InstallationRecord, readRecord, writeRecord } from './installations-record.ts';

/** An installation as it stands in the store. */
export interface Installed {
  readonly key: string;
  readonly record: InstallationRecord;
  /** As it is stored. */
  readonly sealed: string;
  /** ISO 8601, UTC. */
  readonly installedAt: string;
}

/** What reading and keeping installations works with. */
export interface InstallationParts {
  readonly store: InstallationStore;
  readonly cipher: Cipher;
  readonly now: () => Date;
  readonly log: Log;
}

/** The installations of the app, decrypted; those that are used a lot are kept at hand. */
export interface Installations {
  /** By the id of a workspace or an organisation; undefined where the app is not installed. */
  find(id: string): Promise<Installed | undefined>;
  /** The same past what is at hand: another process may have changed it. */
  look(id: string): Promise<Installed | undefined>;
  /** Keeps a new one, instead of an earlier one of the same workspace. */
  keep(key: string, record: InstallationRecord): Promise<void>;
  /**
   * Puts renewed tokens in place, which is for whoever holds the claim; undefined where the
   * installation is another or gone by now.
   */
  renew(installed: Installed, record: InstallationRecord): Promise<Installed | undefined>;
  /** Deletes what was installed until then; false where there is nothing such. */
  remove(key: string, at: Date): Promise<boolean>;
  /** Has a workspace found by its own id, too. */
  link(teamId: string, key: string): Promise<void>;
}

/** How long another process may go on with what was deleted or renewed here. */
const AT_HAND_MS = 30_000;
const MOST_AT_HAND = 2_000;

/** Reads and keeps the installations of the store. */
export function createInstallations(parts: InstallationParts): Installations {
  const { store, cipher, now, log } = parts;
  const atHand = createAtHand(now);
  const linked = new Set<string>();
  const drop = (key: string) => {
    atHand.drop(key);
    for (const pair of linked) if (pair.endsWith(` ${key}`)) linked.delete(pair);
  };
  const look = async (id: string) => {
    const row = await store.get(idOf(id));
    const record = row && readRecord(cipher.open(row.sealed, row.key));
    const installed = row && record && { ...row, record };
    atHand.hold(id, installed);
    return installed;
  };
  return {
    look,
    find: async (id) => atHand.get(id) ?? look(id),
    async keep(key, record) {
      const sealed = cipher.seal(writeRecord(record), key);
      await store.put({ ...idOf(key), sealed, installedAt: now().toISOString() });
      drop(key);
      log('slack.installed', { workspace: key, name: record.name });
    },
    async renew(installed, record) {
      const renewed = await putInPlace(installed, record, parts);
      if (renewed !== undefined) drop(installed.key);
      return renewed;
    },
    async remove(key, at) {
      const isGone = await store.delete(idOf(key), at.toISOString());
      if (isGone) drop(key);
      return isGone;
    },
    async link(teamId, key) {
      const pair = `${teamId} ${key}`;
      if (teamId === key || linked.has(pair)) return;
      await store.link(idOf(teamId), idOf(key));
      linked.add(pair);
    },
  };
}

/** What was read lately, by the id it was asked for with. */
function createAtHand(now: () => Date) {
  const held = new Map<string, { readonly installed: Installed; readonly readAt: number }>();
  return {
    get(id: string): Installed | undefined {
      const found = held.get(id);
      const isFresh = found !== undefined && now().getTime() - found.readAt < AT_HAND_MS;
      return isFresh ? found.installed : undefined;
    },
    hold(id: string, installed: Installed | undefined): void {
      held.delete(id);
      if (installed !== undefined) held.set(id, { installed, readAt: now().getTime() });
      const [oldest] = held.keys();
      if (held.size > MOST_AT_HAND && oldest !== undefined) held.delete(oldest);
    },
    drop(key: string): void {
      for (const [id, { installed }] of held) if (installed.key === key) held.delete(id);
    },
  };
}

async function putInPlace(
  installed: Installed,
  record: InstallationRecord,
  { store, cipher }: InstallationParts,
): Promise<Installed | undefined> {
  const { key, installedAt } = installed;
  const to = cipher.seal(writeRecord(record), key);
  let from: string | undefined = installed.sealed;
  while (from !== undefined) {
    if (await store.reseal(idOf(key), { from, to })) return { ...installed, record, sealed: to };
    // Another process may have sealed the same tokens with another key; they are void by now.
    const row = await store.get(idOf(key));
    from = row?.installedAt === installedAt ? row.sealed : undefined;
  }
  return undefined;
}

/** What the keys can and cannot open. */
export interface Readable {
  readonly installed: readonly Installed[];
  /** Each says which one and what to do. */
  readonly unreadable: readonly FootnoteError[];
}

/** Opens all there are. */
export async function openAll({
  store,
  cipher,
}: Pick<InstallationParts, 'store' | 'cipher'>): Promise<Readable> {
  const installed: Installed[] = [];
  const unreadable: FootnoteError[] = [];
  for (const row of await store.list('slack')) {
    try {
      installed.push({ ...row, record: readRecord(cipher.open(row.sealed, row.key)) });
    } catch (error) {
      if (!(error instanceof FootnoteError)) throw error;
      unreadable.push(error);
    }
  }
  return { installed, unreadable };
}

/** Seals with the first key what an older one sealed, so that the older one can go. */
export async function sealWithFirstKey(
  installed: readonly Installed[],
  { store, cipher }: Pick<InstallationParts, 'store' | 'cipher'>,
): Promise<void> {
  for (const { key, record, sealed } of installed) {
    if (cipher.isCurrent(sealed)) continue;
    const to = cipher.seal(writeRecord(record), key);
    await store.reseal(idOf(key), { from: sealed, to });
  }
}

function idOf(key: string): InstallationId {
  return { platform: 'slack', key };
}
