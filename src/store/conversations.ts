import { type Kysely, sql } from 'kysely';
import type { ConversationStore } from '../answer/conversation.ts';
import type { Tables } from './tables.ts';
import { rowToTurn, turnToRow } from './turn-record.ts';

/** Conversations in the table `turns`; `file` is named in errors about rows that cannot be read. */
export function createConversationStore(db: Kysely<Tables>, file: string): ConversationStore {
  return {
    async append(turn) {
      const row = turnToRow(turn);
      // One statement finds the next place and takes it: nobody can come in between.
      await db
        .insertInto('turns')
        .values({ ...row, sequence: nextInConversation(db, row.conversation_id) })
        .onConflict((conflict) => conflict.column('answer_id').doNothing())
        .execute();
    },
    async turns(id) {
      const rows = await db
        .selectFrom('turns')
        .selectAll()
        .where('conversation_id', '=', id)
        .orderBy('sequence')
        .execute();
      return rows.map((row) => rowToTurn(row, file));
    },
    async turnByAnswer(answerId) {
      const row = await db
        .selectFrom('turns')
        .selectAll()
        .where('answer_id', '=', answerId)
        .executeTakeFirst();
      return row && rowToTurn(row, file);
    },
  };
}

function nextInConversation(db: Kysely<Tables>, conversationId: string) {
  return db
    .selectFrom('turns')
    .where('conversation_id', '=', conversationId)
    .select(sql<number>`coalesce(max(sequence), 0) + 1`.as('next'));
}
