import type { Kysely } from 'kysely';

/** Where the bot was installed, and which workspaces belong to an organisation that installed it. */
export async function createInstallations(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('installations')
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('sealed', 'text', (column) => column.notNull())
    .addColumn('installed_at', 'text', (column) => column.notNull())
    .addColumn('renewing_worker', 'text')
    .addColumn('renewing_until', 'text')
    .addPrimaryKeyConstraint('installed_once', ['platform', 'key'])
    .execute();
  await db.schema
    .createTable('installation_links')
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('workspace', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('linked_once', ['platform', 'workspace'])
    .execute();
}
