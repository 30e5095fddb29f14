import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { FakeAnswerer } from '../bot/fake-answerer.ts';
import { until } from '../bot/open-bot.ts';
import { FaultDiscord } from '../fakes/fault-discord/fault-discord.ts';
import { isThinking, textOf } from '../fakes/fault-discord/journal.ts';
import { openRoom } from './fault-room.ts';

const QUESTION = 'What takes long?';

let discord: FaultDiscord;
beforeEach(async () => {
  discord = await FaultDiscord.start();
});
afterEach(() => discord.close());

it('leaves no "thinking" behind when it is stopped, and answers in the same reply after it', async () => {
  const general = discord.channel('general');
  const store = await openStore({ file: ':memory:' });
  const answerer = new FakeAnswerer();
  const release = answerer.hold(QUESTION);
  const first = await openRoom(discord, { store, answerer });
  const asked = discord.people.slash(discord.person('Ada'), general, 'ask', { question: QUESTION });
  const reply = () => discord.answerTo(asked);
  await until(() => /Searching/.test(textOf(reply() ?? NOTHING)), 'the status');
  await first.close();
  const left = reply();
  expect(left && isThinking(left)).toBe(false);
  expect(textOf(left ?? NOTHING)).toContain('being restarted');
  release();
  const second = await openRoom(discord, { store });
  await until(() => /0\.3 points/.test(textOf(reply() ?? NOTHING)), 'the answer');
  expect(discord.shown(general)).toHaveLength(1);
  await second.close();
  await store.close();
});

const NOTHING = { content: '', embeds: [], components: [] };
