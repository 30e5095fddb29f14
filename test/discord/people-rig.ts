import { expect } from 'vitest';
import { createRetriever } from '../../src/retrieval/retriever.ts';
import { makePaper } from '../answer/made-up-library.ts';
import { until } from '../bot/open-bot.ts';
import { FaultDiscord } from '../fakes/fault-discord/fault-discord.ts';
import { isThinking } from '../fakes/fault-discord/journal.ts';
import {
  type Channel,
  FLAG,
  type Person,
  type StoredInteraction,
  type StoredMessage,
} from '../fakes/fault-discord/model.ts';
import { MemoryIndex } from '../fakes/memory-index.ts';
import { WordCountEmbedder } from '../fakes/word-count-embedder.ts';
import { type OpenedRoom, openRoom } from './fault-room.ts';

export const PAPERS = [
  makePaper('kettle', { title: 'Kettlenet: Boiling Water', sources: [{ page: 'a.txt', line: 1 }] }),
  makePaper('sauna', { title: 'Heating Saunas', date: '2024-01-02' }),
];
export const QUESTION = 'What does dropping tokens cost?';

/** Somebody in a channel of a made-up Discord, with our bot. */
export interface PeopleRig {
  readonly discord: FaultDiscord;
  readonly room: OpenedRoom;
  readonly ada: Person;
  readonly general: Channel;
  /** The reply of an interaction, once it is more than "thinking". */
  replyTo(asked: StoredInteraction): Promise<StoredMessage>;
  /** The card of an answer to Ada. */
  answered(options?: { readonly private?: boolean }): Promise<StoredMessage>;
  press(person: Person, message: StoredMessage, button: string): Promise<StoredMessage>;
  close(): Promise<void>;
}

export async function openPeopleRig(): Promise<PeopleRig> {
  const discord = await FaultDiscord.start();
  const ada = discord.person('Ada');
  const general = discord.channel('general');
  const index = new MemoryIndex();
  await index.savePapers(PAPERS);
  const retriever = createRetriever({ index, embedder: new WordCountEmbedder() });
  const room = await openRoom(discord, { parts: { index, retriever }, messageContent: false });
  const replyTo = async (asked: StoredInteraction) => {
    const found = () => {
      const message = discord.answerTo(asked);
      return message === undefined || isThinking(message) ? undefined : message;
    };
    await until(() => found() !== undefined, 'a reply');
    return found() ?? expect.unreachable();
  };
  return {
    ...{ discord, room, ada, general, replyTo },
    async answered(options = {}) {
      const asked = discord.people.slash(ada, general, 'ask', { question: QUESTION, ...options });
      const reply = await replyTo(asked);
      await until(() => /Show evidence/.test(JSON.stringify(reply.components)), 'the card');
      return reply;
    },
    press: (person, message, button) => replyTo(discord.people.press(person, message, button)),
    async close() {
      await room.close();
      await discord.close();
    },
  };
}

export function isPrivate({ flags }: StoredMessage): boolean {
  return (flags & FLAG.ephemeral) !== 0;
}
