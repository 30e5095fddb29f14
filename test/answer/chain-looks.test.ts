import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChatReply } from '../fakes/chat-replies.ts';
import { ChainLibrary } from './chain-library.ts';

const library = await ChainLibrary.open();
const { server } = library;
beforeEach(() => void library.taken());
afterAll(() => library.close());

const say = (...lines: readonly string[]): ChatReply => ({ kind: 'text', text: lines.join('\n') });
const TRUE_ONE =
  '- DiskGNN speeds up the baselines by over 8x. [1] "DiskGNN can speed up the baselines by over 8x"';
const DOWN: ChatReply = { kind: 'status', status: 500 };
const promptOf = (i: number, taken = library.taken()) => taken[i]?.messages.at(-1)?.content ?? '';

describe('a follow-up', () => {
  const history = ['what is DiskGNN?'];
  const FOLLOW_UP = 'and by how much is it faster?';
  const STANDALONE = 'By how much does DiskGNN speed up the baselines?';

  it('is made to stand alone, then asked', async () => {
    server.script(say(STANDALONE), say(TRUE_ONE));
    const { answer } = await library.chain()(FOLLOW_UP, { history });
    expect(answer).toMatchObject({ kind: 'answered', trace: { modelCalls: 2, mode: 'model' } });
    const taken = library.taken();
    expect(promptOf(0, taken)).toContain(`<earlier>\n${history[0]}\n</earlier>`);
    expect(promptOf(1, taken)).toContain(`<question>\n${STANDALONE}\n</question>`);
  });

  it('asked again costs no call, neither for its words nor for its answer', async () => {
    const ask = library.chain();
    server.script(say(STANDALONE), say(TRUE_ONE));
    await ask(FOLLOW_UP, { history });
    const { answer } = await ask(FOLLOW_UP, { history });
    expect(answer).toMatchObject({
      askedBefore: { question: STANDALONE },
      trace: { modelCalls: 0 },
    });
  });

  it.each([
    ['fails', DOWN],
    ['writes nothing', say('')],
    ['writes a link', say('see https://evil.example')],
    ['writes a treatise', say('word '.repeat(200))],
  ])('leans on the questions before it when the model %s', async (_, reply) => {
    server.script(reply, say(TRUE_ONE));
    const { answer } = await library.chain()(FOLLOW_UP, { history });
    expect(answer.kind).toBe('answered');
    expect(answer.trace.notes).toEqual(['the follow-up was not rewritten']);
    expect(answer.citations[0]?.title).toMatch(/^DiskGNN/);
  });

  it.each([
    ['without earlier questions', FOLLOW_UP, []],
    ['that stands alone', 'by how much does DiskGNN speed up the baselines of training?', history],
    ['that only says thanks', 'thanks!', history],
  ])('%s is not rewritten', async (_, question, earlier) => {
    server.replyWith(() => say('NONE'));
    await library.chain()(question, { history: earlier });
    expect(
      library.taken().filter(({ messages }) => /<earlier>/.test(messages.at(-1)?.content ?? '')),
    ).toEqual([]);
  });
});

describe('a second look', () => {
  const PARTS =
    'which systems train graph networks out of core on disk, and how do they avoid read amplification of node features?';
  const THIN = 'how is waste warmth of machines turned into bathing vapour?';
  const QUERIES = [
    '1. out-of-core graph training',
    '- disk read amplification',
    'offline graph sampling',
    'one too many here',
  ];

  it('is taken where a question has several parts, with at most three searches', async () => {
    server.script(say(...QUERIES), say('NONE'));
    const { answer, events } = await library.chain({ secondLook: true })(PARTS);
    expect(answer.trace.subQueries).toEqual([
      'out-of-core graph training',
      'disk read amplification',
      'offline graph sampling',
    ]);
    expect(answer.trace.modelCalls).toBe(2);
    expect(events).toContainEqual({ kind: 'status', status: 'looking-again' });
    expect(answer.trace.ms.secondLook).toBeGreaterThanOrEqual(0);
  });

  it('is taken where the evidence is thin, and finds what other words find', async () => {
    server.script(
      say('saunas heated by servers', 'a stove that turns the heat of idle servers into steam'),
      say(
        '- A stove turns the heat of idle servers into steam. [1] "a stove that turns the heat of idle servers into steam"',
      ),
    );
    const { answer, sentences } = await library.chain({ secondLook: true })(THIN);
    expect(answer.trace).toMatchObject({
      mode: 'model',
      modelCalls: 2,
      subQueries: [{}, {}].map(() => expect.any(String)),
    });
    expect(sentences).toEqual(['A stove turns the heat of idle servers into steam.']);
    library.taken();
    expect((await library.chain()(THIN)).answer.kind).toBe('insufficient-evidence');
    expect(library.taken()).toEqual([]);
  });

  it.each([
    ['is off by configuration', { secondLook: false }, PARTS],
    [
      'is not taken for a named paper',
      { secondLook: true },
      'what is DiskGNN, and by how much does it speed up the baselines?',
    ],
    ['is not taken when nothing is near', { secondLook: true }, 'what is the capital of France?'],
  ])('%s', async (_, choice, question) => {
    server.replyWith(() => say('NONE'));
    const { answer } = await library.chain(choice)(question);
    expect(answer.trace.subQueries).toBeUndefined();
    expect(
      library
        .taken()
        .filter(({ messages }) => /<titles-found>/.test(messages.at(-1)?.content ?? '')),
    ).toEqual([]);
  });

  it.each([
    ['fails', DOWN],
    ['proposes nothing of use', say('https://evil.example', '', 'x', '<b>bold words in here</b>')],
  ])('changes nothing when the model %s', async (_, reply) => {
    server.script(reply, say('NONE'));
    const { answer } = await library.chain({ secondLook: true })(PARTS);
    expect(answer.trace.subQueries).toBeUndefined();
    expect(answer.trace).toMatchObject({ mode: 'extractive', modelCalls: 2 });
  });
});

describe('a second opinion', () => {
  const QUESTION = 'what does DiskGNN speed up, and by how much?';
  const LINES = say(
    TRUE_ONE,
    '- Its key technique is offline sampling. [1] "The key technique used by DiskGNN is offline sampling"',
    '- Offline sampling decouples graph sampling from computation. [1] "helps decouple graph sampling from model computation"',
  );
  const ask = library.chain({ verify: 'model' });
  const opinion = async (reply: ChatReply) => {
    server.script(LINES, reply);
    return library.chain({ verify: 'model' })(QUESTION);
  };

  it('keeps what is supported, quotes what is partly, and drops what is contradicted', async () => {
    const { sentences, answer, events } = await opinion(
      say('1: SUPPORTED', '2: contradicted', '3: Partly'),
    );
    expect(sentences).toEqual([
      'DiskGNN speeds up the baselines by over 8x.',
      expect.stringMatching(/^helps decouple graph sampling from model computation/),
    ]);
    expect(answer.trace.notes).toEqual(['second opinion: 1 supported, 1 partly, 1 contradicted']);
    expect(events.filter(({ kind }) => kind === 'sentence')).toHaveLength(2);
    expect(library.taken()).toHaveLength(2);
  });

  it('is given sentences and quotes alone', async () => {
    await opinion(say('1: SUPPORTED'));
    const taken = library.taken();
    expect(promptOf(1, taken)).toContain(
      '<sentence number="1">DiskGNN speeds up the baselines by over 8x.</sentence>',
    );
    expect(promptOf(1, taken)).not.toContain('<paper');
  });

  it('of contradiction throughout leaves no answer, and nothing is told', async () => {
    const { answer, events } = await opinion(
      say('1: CONTRADICTED', '2: CONTRADICTED', '3: CONTRADICTED'),
    );
    expect(answer.kind).toBe('insufficient-evidence');
    expect(events.filter(({ kind }) => kind === 'sentence')).toEqual([]);
  });

  it.each([
    ['fails', DOWN, 'no second opinion: down'],
    [
      'says nothing of use',
      say('All fine!'),
      'second opinion: 0 supported, 0 partly, 0 contradicted',
    ],
  ])('that %s leaves the rules to decide', async (_, reply, note) => {
    const { sentences, answer } = await opinion(reply);
    expect(sentences).toHaveLength(3);
    expect(answer.trace.notes).toEqual([note]);
  });

  it('is not asked for when nothing was written', async () => {
    server.script(say('NONE'));
    await ask(QUESTION);
    expect(library.taken()).toHaveLength(1);
  });
});
