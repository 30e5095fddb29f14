import type { Kysely } from 'kysely';
import type { Installation, InstallationId, InstallationStore } from '../bot/installations.ts';
import type { InstallationRow, Tables } from './tables.ts';

/** Installations in the table `installations`, and their workspaces in `installation_links`. */
export function createInstallationStore(db: Kysely<Tables>): InstallationStore {
  return {
    get: async (id) => (await byKey(id, db)) ?? (await byLink(id, db)),
    async list(platform) {
      const rows = db.selectFrom('installations').select(COLUMNS).where('platform', '=', platform);
      return (await rows.orderBy('key').execute()).map(toInstallation);
    },
    async put({ platform, key, sealed, installedAt: installed_at }) {
      const row = { sealed, installed_at, renewing_worker: null, renewing_until: null };
      await db
        .insertInto('installations')
        .values({ platform, key, ...row })
        .onConflict((conflict) => conflict.columns(['platform', 'key']).doUpdateSet(row))
        .execute();
    },
    delete: (id, at) => db.transaction().execute((within) => remove(id, at, within)),
    async link({ platform, key: workspace }, { key }) {
      await db
        .insertInto('installation_links')
        .values({ platform, workspace, key })
        .onConflict((conflict) => conflict.columns(['platform', 'workspace']).doUpdateSet({ key }))
        .execute();
    },
    ...renewals(db),
  };
}

type Renewals = Pick<InstallationStore, 'reseal' | 'claim' | 'release'>;

function renewals(db: Kysely<Tables>): Renewals {
  return {
    async reseal({ platform, key }, { from, to }) {
      const { numUpdatedRows } = await db
        .updateTable('installations')
        .set({ sealed: to })
        .where((row) => row.and({ platform, key, sealed: from }))
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async claim({ platform, key }, { worker, now, until }) {
      const { numUpdatedRows } = await db
        .updateTable('installations')
        .set({ renewing_worker: worker, renewing_until: until })
        .where((row) => row.and({ platform, key }))
        .where((row) =>
          row.or([row('renewing_until', 'is', null), row('renewing_until', '<', now)]),
        )
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async release({ platform, key }, worker) {
      await db
        .updateTable('installations')
        .set({ renewing_worker: null, renewing_until: null })
        .where((row) => row.and({ platform, key, renewing_worker: worker }))
        .execute();
    },
  };
}

const COLUMNS = ['platform', 'key', 'sealed', 'installed_at'] as const;

async function byKey({ platform, key }: InstallationId, db: Kysely<Tables>) {
  const row = await db
    .selectFrom('installations')
    .select(COLUMNS)
    .where((of) => of.and({ platform, key }))
    .executeTakeFirst();
  return row && toInstallation(row);
}

async function byLink({ platform, key: workspace }: InstallationId, db: Kysely<Tables>) {
  const link = await db
    .selectFrom('installation_links')
    .select('key')
    .where((of) => of.and({ platform, workspace }))
    .executeTakeFirst();
  return link && byKey({ platform, key: link.key }, db);
}

async function remove(
  { platform, key }: InstallationId,
  at: string,
  db: Kysely<Tables>,
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('installations')
    .where((row) => row.and({ platform, key }))
    .where('installed_at', '<=', at)
    .executeTakeFirst();
  if (numDeletedRows === 0n) return false;
  const links = db.deleteFrom('installation_links').where((row) => row.and({ platform, key }));
  await links.execute();
  return true;
}

function toInstallation({
  platform,
  key,
  sealed,
  installed_at: installedAt,
}: Pick<InstallationRow, (typeof COLUMNS)[number]>): Installation {
  return { platform, key, sealed, installedAt };
}
