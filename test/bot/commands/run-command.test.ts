import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Command, CommandRequest } from '../../../src/bot/commands/command.ts';
import { conversationIdOf } from '../../../src/bot/conversation-id.ts';
import type { IncomingMessage } from '../../../src/bot/message.ts';
import { createRetriever } from '../../../src/retrieval/retriever.ts';
import { makePaper } from '../../answer/made-up-library.ts';
import { MemoryIndex } from '../../fakes/memory-index.ts';
import { WordCountEmbedder } from '../../fakes/word-count-embedder.ts';
import { makeMessage } from '../make-message.ts';
import { type OpenedBot, openBot } from '../open-bot.ts';

const PAPERS = [
  makePaper('kettle', {
    title: 'Kettlenet: Boiling Water by Gradient Descent',
    abstract: 'We boil water in kettles by gradient descent.',
    date: '2024-05-06',
    sources: [{ page: 'new.txt', line: 1 }],
  }),
  makePaper('sauna', {
    title: 'Heating Saunas',
    abstract: 'Saunas are heated by idle servers, kettles are not.',
    date: '2020-01-02',
    sources: [{ page: 'old.txt', line: 1 }],
  }),
  makePaper('robot', { title: 'Robots That Wait', sources: [{ page: 'old.txt', line: 9 }] }),
];

let opened: OpenedBot;
beforeEach(async () => {
  const index = new MemoryIndex();
  await index.savePapers(PAPERS);
  const retriever = createRetriever({ index, embedder: new WordCountEmbedder() });
  opened = await openBot({ parts: { index, retriever } });
});
afterEach(() => opened.close());

const run = (command: Command, changes: Partial<CommandRequest> = {}) =>
  opened.bot.run({
    platform: 'slack',
    workspaceId: 'T1',
    channelId: 'C1',
    author: { id: 'U1' },
    isAdmin: false,
    isPrivate: false,
    command,
    ...changes,
  });

/** Asks, and gives the answer's id and conversation. */
async function asked(
  fields: Partial<IncomingMessage> & { author?: IncomingMessage['author'] } = {},
) {
  const message = makeMessage({ threadId: 't1', ...fields });
  const before = opened.platform.ends.length;
  await opened.bot.receive(message);
  await opened.ended(before + 1);
  const final = opened.platform.finals.at(-1);
  if (final?.kind !== 'answer') throw new Error('It was not answered.');
  const answerId = final.turn.answer.trace.answerId;
  return { answerId, conversationId: conversationIdOf(message, message.isPrivate ?? false) };
}

describe('papers', () => {
  it('are searched', async () => {
    const result = await run({ kind: 'search', words: 'boiling kettles' });
    expect(result).toMatchObject({ kind: 'papers', heading: 'Papers found for “boiling kettles”' });
    expect(result.kind === 'papers' && result.papers[0]).toMatchObject({
      paperId: 'title:kettle',
      url: 'https://papers.example/kettle',
      date: '2024-05-06',
    });
    expect(await run({ kind: 'search', words: ' ' })).toMatchObject({ kind: 'refused' });
  });

  it('are searched among those that the channel takes', async () => {
    const change = { papers: { toYear: 2021 } };
    await run({ kind: 'change-settings', change }, { isAdmin: true });
    const result = await run({ kind: 'search', words: 'kettles' });
    const ids = result.kind === 'papers' ? result.papers.map(({ paperId }) => paperId) : [];
    expect(ids).toEqual(['title:sauna']);
    await run({ kind: 'change-settings', change: { papers: { toYear: 1901 } } }, { isAdmin: true });
    expect(await run({ kind: 'search', words: 'kettles' })).toEqual({
      kind: 'refused',
      text: 'I found no papers for that. Only papers up to 1901 were searched, as the settings here say.',
    });
  });

  it.each([
    ['its title', 'heating saunas'],
    ['its title in quotes', '“Heating Saunas”'],
    ['its id', 'title:sauna'],
  ])('are shown by %s', async (_, paper) => {
    expect(await run({ kind: 'show', paper })).toEqual({ kind: 'paper', paper: PAPERS[1] });
  });

  it('are shown by the number in the last answer, in its conversation only', async () => {
    const { conversationId } = await asked();
    const shown = await run({ kind: 'show', paper: '[1]' }, { conversationId });
    expect(shown).toMatchObject({ kind: 'paper', paper: { title: 'Dropping Tokens' } });
    for (const paper of ['1', '7', 'arxiv:9999.99999', 'no such thing']) {
      const refused = { kind: 'refused', text: expect.stringContaining(paper) };
      expect(await run({ kind: 'show', paper })).toMatchObject(refused);
    }
  });

  it('have others that are similar, without themselves', async () => {
    const result = await run({ kind: 'similar', paper: 'Kettlenet' });
    expect(result).toMatchObject({ kind: 'papers' });
    const ids = result.kind === 'papers' ? result.papers.map(({ paperId }) => paperId) : [];
    expect(ids).toContain('title:sauna');
    expect(ids).not.toContain('title:kettle');
  });
});

describe('BibTeX', () => {
  it('is of one answer, or of the conversation, each paper once', async () => {
    await asked();
    const { answerId, conversationId } = await asked();
    const file = { kind: 'file', name: 'papers.bib', text: 'One paper as BibTeX.' };
    expect(await run({ kind: 'export', answerId })).toMatchObject(file);
    const result = await run({ kind: 'export' }, { conversationId });
    expect(result).toMatchObject(file);
    expect(result.kind === 'file' && result.content).toMatch(/^@misc\{author2024dropping,/);
    expect(await run({ kind: 'export' })).toEqual({
      kind: 'refused',
      text: 'Say “export” in the thread of an answer, or press the button for BibTeX below one.',
    });
  });
});

describe('a stored answer', () => {
  it.each([
    ['another channel', { channelId: 'C2' }],
    ['another workspace', { workspaceId: 'T2' }],
    ['another platform', { platform: 'discord' }],
  ] as const)('is shown where it was given, not in %s', async (_, elsewhere) => {
    const { answerId } = await asked();
    expect(await run({ kind: 'answer', answerId })).toMatchObject({ kind: 'answer' });
    for (const kind of ['answer', 'export'] as const) {
      expect(await run({ kind, answerId }, elsewhere)).toMatchObject({ kind: 'refused' });
    }
    const vote = { kind: 'feedback', answerId, vote: 'up' } as const;
    expect(await run(vote, elsewhere)).toMatchObject({ kind: 'refused' });
  });

  it('that was private is shown to its asker only', async () => {
    const { answerId } = await asked({ isPrivate: true });
    expect(await run({ kind: 'answer', answerId })).toMatchObject({ isPrivate: true });
    const other = { author: { id: 'U2' } };
    expect(await run({ kind: 'answer', answerId }, other)).toMatchObject({ kind: 'refused' });
  });

  it('that was private is shown to its channel once its asker has shared it', async () => {
    const { answerId } = await asked({ isPrivate: true });
    const [other, elsewhere] = [{ author: { id: 'U2' } }, { channelId: 'C2' }];
    const share = { kind: 'share', answerId } as const;
    expect(await run(share, other)).toMatchObject({ kind: 'refused' });
    expect(await run(share, elsewhere)).toEqual({
      kind: 'refused',
      text: 'I can share it only in the channel where it was asked.',
    });
    expect(await run({ kind: 'export', answerId })).toMatchObject({ isPrivate: true });
    expect(await run(share)).toMatchObject({ kind: 'answer', isPrivate: false });
    expect(await run(share)).toMatchObject({ text: expect.stringContaining('already') });
    for (const kind of ['answer', 'export'] as const) {
      expect(await run({ kind, answerId }, other)).toMatchObject({ isPrivate: false });
      expect(await run({ kind, answerId }, { ...other, ...elsewhere })).toMatchObject({
        kind: 'refused',
      });
    }
    expect(await run({ kind: 'unshare', answerId })).toMatchObject({ isPrivate: true });
    expect(await run({ kind: 'answer', answerId }, other)).toMatchObject({ kind: 'refused' });
  });

  it('keeps the last vote of each person', async () => {
    const { answerId } = await asked();
    await run({ kind: 'feedback', answerId, vote: 'down' });
    await run({ kind: 'feedback', answerId, vote: 'up' }, { author: { id: 'U2' } });
    await run({ kind: 'feedback', answerId, vote: 'up' });
    expect(await opened.store.feedback.count(answerId)).toEqual({ up: 2, down: 0 });
  });
});

describe('my questions', () => {
  it('are those of this channel where others look on, else all of mine here', async () => {
    await asked({ text: 'What is here?' });
    await asked({ text: 'What is there?', channelId: 'C2' });
    await asked({ text: 'What is hers?', author: { ...makeMessage().author, id: 'U2' } });
    const texts = async (isPrivate: boolean) => {
      const result = await run({ kind: 'recent' }, { isPrivate });
      return result.kind === 'recent' ? result.questions.map(({ question }) => question) : [];
    };
    expect(await texts(false)).toEqual(['What is here?']);
    expect(await texts(true)).toEqual(['What is there?', 'What is here?']);
  });

  it('are forgotten, with what is remembered of them', async () => {
    const { answerId, conversationId } = await asked();
    const text = 'I have forgotten one question of yours, with the answers.';
    expect(await run({ kind: 'forget' })).toEqual({ kind: 'text', text });
    expect(await run({ kind: 'answer', answerId })).toMatchObject({ kind: 'refused' });
    expect(await opened.store.conversations.turns(conversationId)).toEqual([]);
  });
});

it('status tells what is indexed and until when, the load, and the settings', async () => {
  const result = await run({ kind: 'status' });
  expect(result).toMatchObject({ kind: 'status', papers: 3, embedded: 0, latest: '2024-05-06' });
  expect(result.kind === 'status' && result.lines).toEqual([
    'My library holds 3 abstracts, the latest from 2024-05-06.',
    '0 of them can be found by meaning so far, all by their words.',
    'No question is in work or waiting.',
    expect.stringMatching(
      /^I have been running since [-0-9]{10} [:0-9]{5} UTC, without an error\.$/,
    ),
    'I answer when I am mentioned.',
    'In threads I have answered I take further questions without a mention.',
    'Everybody here sees my answers.',
    'I answer from papers of all pages.',
    'Nobody has changed these settings.',
  ]);
});

it('a command that fails is told with a reference and without the error', async () => {
  const { store, platform } = opened;
  const broken = { ...store.asked, recent: () => Promise.reject(new Error('secret path')) };
  const other = await openBot({ store: { ...store, asked: broken }, platform });
  const result = await other.bot.run({
    ...makeMessage(),
    command: { kind: 'recent' },
    isAdmin: false,
    isPrivate: true,
  });
  expect(result).toMatchObject({ kind: 'refused', text: expect.stringContaining('reference') });
  expect(JSON.stringify(result)).not.toContain('secret');
  await other.close();
});
