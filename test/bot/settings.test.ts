import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bothFilters } from '../../src/bot/channel-settings.ts';
import type { CommandRequest } from '../../src/bot/commands/command.ts';
import { makePaper } from '../answer/made-up-library.ts';
import { MemoryIndex } from '../fakes/memory-index.ts';
import { makeMessage } from './make-message.ts';
import { type OpenedBot, openBot } from './open-bot.ts';

let opened: OpenedBot;
beforeEach(async () => {
  const index = new MemoryIndex();
  const sources = [{ page: 'new.txt', line: 1 }];
  await index.savePapers([makePaper('a', { sources })]);
  opened = await openBot({ parts: { index } });
});
afterEach(() => opened.close());

const change = (given: object, changes: Partial<CommandRequest> = {}) =>
  opened.bot.run({
    ...makeMessage(),
    isAdmin: true,
    isPrivate: true,
    command: { kind: 'change-settings', change: given },
    ...changes,
  });

/** What each asker is told of papers that were left out. */
const narrowedOf = ({ platform }: OpenedBot) =>
  Object.fromEntries(
    platform.finals.map((final) =>
      final.kind === 'answer' ? [final.turn.question, final.turn.answer.narrowed] : [final.kind],
    ),
  );

describe('settings', () => {
  it('are changed by those who may, and shown to all', async () => {
    const refused = await change({ isMuted: true }, { isAdmin: false });
    expect(refused).toMatchObject({ kind: 'refused' });
    expect(await change({ answerMode: 'questions' })).toMatchObject({
      kind: 'settings',
      settings: { answerMode: 'questions', isMuted: false },
      sources: ['new.txt'],
    });
    const command = { kind: 'settings' } as const;
    const shown = await opened.bot.run({
      ...makeMessage(),
      command,
      isAdmin: false,
      isPrivate: true,
    });
    expect(shown).toMatchObject({ settings: { answerMode: 'questions' }, mayChange: false });
  });

  it.each([
    [{ answerMode: 'sometimes' }],
    [{ isMuted: 'yes' }],
    [{ unheardOf: true }],
    [{ papers: { sources: ['gone.txt'] } }],
    [{ papers: { sources: [] } }],
    [{ papers: { fromYear: 2024, toYear: 2020 } }],
    [{ papers: { fromYear: 20_000 } }],
  ])('refuse %j', async (wrong) => {
    expect(await change(wrong)).toMatchObject({ kind: 'refused' });
    expect(await opened.store.settings.get(makeMessage())).toEqual({});
  });

  it('of the workspace hold where a channel has none', async () => {
    const command = {
      kind: 'change-settings',
      scope: 'workspace',
      change: { answerMode: 'everything' },
    } as const;
    await change({ answerMode: 'mentions' });
    await change({}, { command });
    const talk = { kind: 'channel-message', text: 'Lunch is at noon.' } as const;
    const elsewhere = await opened.bot.receive(makeMessage({ ...talk, channelId: 'C2' }));
    expect(elsewhere.kind).toBe('accepted');
    expect((await opened.bot.receive(makeMessage(talk))).kind).toBe('ignored');
  });

  it('of papers hold where somebody looks at their channel', async () => {
    await change({ papers: { fromYear: 2020 } });
    const direct = { kind: 'direct', channelId: 'D1' } as const;
    await opened.bot.receive(makeMessage({ ...direct, text: 'Looking?', papersOf: 'C1' }));
    await opened.bot.receive(makeMessage({ ...direct, text: 'Not looking?' }));
    await opened.ended(2);
    const filters = new Map(
      opened.answerer.asked.map(({ question, filter }) => [question, filter]),
    );
    expect(filters.get('Looking?')).toEqual({ from: '2020-01-01' });
    expect(filters.get('Not looking?')).toBeUndefined();
    expect(narrowedOf(opened)).toEqual({
      'Looking?':
        'Only papers from 2020 on were searched, as the settings of the channel you look at say.',
      'Not looking?': undefined,
    });
  });

  it('of papers are told of in their own channel where nothing was found', async () => {
    await change({ papers: { sources: ['new.txt'], toYear: 2020 } });
    opened.answerer.refuse('Nothing?');
    await opened.bot.receive(makeMessage({ text: 'Nothing?' }));
    await opened.bot.receive(makeMessage({ text: 'Something?' }));
    await opened.ended(2);
    expect(narrowedOf(opened)).toEqual({
      'Nothing?':
        'Only papers of the pages new.txt, up to 2020 were searched, as the settings here say.',
      'Something?': undefined,
    });
  });

  it('of papers narrow what is answered from, together with the dates in a question', async () => {
    await change({ papers: { sources: ['new.txt'], fromYear: 2020 } });
    await opened.bot.receive(makeMessage({ text: 'What is known?' }));
    await opened.bot.receive(makeMessage({ text: 'Which papers from 2022 use kettles?' }));
    await opened.ended(2);
    const filters = new Map(
      opened.answerer.asked.map(({ question, filter }) => [question, filter]),
    );
    const chosen = { sources: ['new.txt'], from: '2020-01-01' };
    expect(filters.get('What is known?')).toEqual(chosen);
    expect(filters.get('Which papers from 2022 use kettles?')).toEqual({
      ...chosen,
      from: '2022-01-01',
      to: '2022-12-31',
    });
  });

  it('make answers private, but not in a direct conversation', async () => {
    await change({ isPrivate: true });
    const received = [
      await opened.bot.receive(makeMessage()),
      await opened.bot.receive(makeMessage({ isPrivate: false })),
      await opened.bot.receive(makeMessage({ kind: 'direct' })),
    ];
    await opened.ended(3);
    expect(received.map((each) => each.kind === 'accepted' && each.isPrivate)).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('follow-ups in a thread', () => {
  const thread = { threadId: 't1' } as const;
  const followUp = () => makeMessage({ ...thread, kind: 'thread-reply', text: 'And for images?' });

  it('are answered once the bot was asked there, in no other thread', async () => {
    expect((await opened.bot.receive(followUp())).kind).toBe('ignored');
    await opened.bot.receive(makeMessage(thread));
    expect((await opened.bot.receive(followUp())).kind).toBe('accepted');
    const other = { ...followUp(), channelId: 'C2' };
    expect((await opened.bot.receive(other)).kind).toBe('ignored');
    await opened.ended(2);
  });

  it('end when somebody mutes the thread, and go on when it is unmuted', async () => {
    await opened.bot.receive(makeMessage(thread));
    const reply = { ...thread, kind: 'thread-reply' } as const;
    expect((await opened.bot.receive(makeMessage({ ...reply, text: 'mute' }))).kind).toBe(
      'accepted',
    );
    await opened.ended(2);
    expect(await opened.bot.receive(followUp())).toEqual({ kind: 'ignored', because: 'muted' });
    await opened.bot.receive(makeMessage({ ...thread, text: 'unmute' }));
    await opened.ended(3);
    expect((await opened.bot.receive(followUp())).kind).toBe('accepted');
  });
});

it('two filters together let through what both do', () => {
  const one = { from: '2020-01-01', sources: ['a', 'b'] };
  expect(bothFilters(one)).toEqual(one);
  expect(bothFilters(one, { from: '2021-01-01', to: '2022-12-31', sources: ['b', 'c'] })).toEqual({
    from: '2021-01-01',
    to: '2022-12-31',
    sources: ['b'],
  });
});
