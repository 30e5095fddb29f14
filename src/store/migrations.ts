import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { createTurns } from './migrations/001-turns.ts';
import { createExpenses } from './migrations/002-expenses.ts';
import { createAnswersKept } from './migrations/003-answers-kept.ts';
import { createQuestions } from './migrations/004-questions.ts';
import { createChannelSettings } from './migrations/005-channel-settings.ts';
import { createFeedback } from './migrations/006-feedback.ts';
import { createReservations } from './migrations/007-reservations.ts';
import { createInstallations } from './migrations/008-installations.ts';
import { createShownOnce } from './migrations/009-shown-once.ts';
import { createSources } from './migrations/010-sources.ts';
import { createSubscriptions } from './migrations/011-subscriptions.ts';
import { createDigests } from './migrations/012-digests.ts';
import { createDigestVotes } from './migrations/013-digest-votes.ts';
import type { Tables } from './tables.ts';

/** Run in the order of their names; a released one is never edited, a change is a new one. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '001-turns': { up: createTurns },
  '002-expenses': { up: createExpenses },
  '003-answers-kept': { up: createAnswersKept },
  '004-questions': { up: createQuestions },
  '005-channel-settings': { up: createChannelSettings },
  '006-feedback': { up: createFeedback },
  '007-reservations': { up: createReservations },
  '008-installations': { up: createInstallations },
  '009-shown-once': { up: createShownOnce },
  '010-sources': { up: createSources },
  '011-subscriptions': { up: createSubscriptions },
  '012-digests': { up: createDigests },
  '013-digest-votes': { up: createDigestVotes },
};

/** Brings the tables up to date, or throws what stopped it and leaves them as they were. */
export async function migrateToLatest(
  db: Kysely<Tables>,
  migrations: Readonly<Record<string, Migration>> = MIGRATIONS,
): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
