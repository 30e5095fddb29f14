import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../src/answer/answer.ts';
import type { CachedAnswer } from '../../src/answer/answer-cache.ts';
import type { ChatReply } from '../fakes/chat-replies.ts';
import type { ChatBody } from '../fakes/chat-rules.ts';
import { MemoryAnswerCache } from '../fakes/memory-answer-cache.ts';
import { openChat } from '../llm/open-chat.ts';
import { ChainLibrary } from './chain-library.ts';

const library = await ChainLibrary.open();
const { server } = library;
beforeEach(() => void library.taken());
afterAll(() => library.close());

const QUESTION = 'what does DiskGNN speed up, and by how much?';
const TRUE_ONE = {
  kind: 'text',
  text: '- DiskGNN speeds up the baselines by over 8x. [1] "DiskGNN can speed up the baselines by over 8x"',
} as const;
const LIE = { kind: 'text', text: TRUE_ONE.text.replace('8x', '9x') } as const;

/** The answer to the second of two questions, in one chain. */
async function answerAfter(first: string, second: string): Promise<Answer> {
  const ask = library.chain();
  server.script(TRUE_ONE);
  expect((await ask(first)).answer.trace).toMatchObject({ mode: 'model' });
  server.replyWith(() => TRUE_ONE);
  library.taken();
  return (await ask(second)).answer;
}

describe('a question asked again', () => {
  it('costs no call, and is announced', async () => {
    const ask = library.chain();
    server.script(TRUE_ONE);
    const first = (await ask(QUESTION)).answer;
    expect(first.askedBefore).toBeUndefined();
    library.taken();
    const { answer, events } = await ask(QUESTION);
    expect(library.taken()).toEqual([]);
    expect(answer).toMatchObject({
      kind: 'answered',
      text: first.text,
      citations: first.citations,
      askedBefore: { question: QUESTION, at: '2026-05-04T12:00:00.000Z', newPapers: [] },
      trace: { mode: 'cached', modelCalls: 0, promptTokens: 0, completionTokens: 0, usd: 0 },
    });
    expect(answer.trace.answerId).not.toBe(first.trace.answerId);
    expect(events.map(({ kind }) => kind)).toEqual(['status']);
  });

  it.each([
    'What does DiskGNN speed up, and by how much?!',
    'what does DiskGNN speed up and by how much',
    'what does DiskGNN speed up, and by how much please',
  ])('in nearly the same words costs none either: %s', async (other) => {
    const { trace, askedBefore } = await answerAfter(QUESTION, other);
    expect(trace).toMatchObject({ mode: 'cached', modelCalls: 0 });
    expect(askedBefore?.question).toBe(QUESTION);
  });

  it.each([
    ['another name', 'what does PRES speed up, and by how much?'],
    ['a negation', 'what does DiskGNN not speed up, and by how much?'],
    ['another number', 'what does DiskGNN speed up by 8x, and by how much?'],
    ['other question words', 'why does DiskGNN speed up, and by how much?'],
    ['a filter in it', 'what does DiskGNN speed up, and by how much, in papers from 2024?'],
  ])('with %s is another question', async (_, other) => {
    const { trace, askedBefore } = await answerAfter(QUESTION, other);
    expect(trace.mode).not.toBe('cached');
    expect(askedBefore).toBeUndefined();
  });

  it('under a filter is another question', async () => {
    const ask = library.chain();
    server.script(TRUE_ONE);
    await ask(QUESTION);
    server.script(TRUE_ONE);
    const filter = { from: '2024-01-01' };
    expect((await ask(QUESTION, { filter })).answer.trace.modelCalls).toBe(1);
    expect((await ask(QUESTION, { filter })).answer.trace.modelCalls).toBe(0);
  });

  it.each(['model', 'prompts', 'verify'] as const)(
    'after a change of %s is asked anew',
    async (what) => {
      const parts = library.parts();
      server.script(TRUE_ONE);
      await library.asking(parts)(QUESTION);
      const changes = {
        model: { model: openChat({ baseUrl: server.baseUrl, model: 'openai:other' }) },
        prompts: { prompts: { ...parts.prompts, hash: 'another' } },
        verify: { verify: 'model' as const },
      };
      server.replyWith(() => TRUE_ONE);
      const { answer } = await library.asking({ ...parts, ...changes[what] })(QUESTION);
      expect(answer.trace.modelCalls).toBeGreaterThan(0);
      expect(answer.askedBefore).toBeUndefined();
    },
  );

  it('after a refusal of the model itself is refused again without a call', async () => {
    const ask = library.chain();
    server.script({ kind: 'text', text: 'NONE' });
    await ask(QUESTION);
    const { answer } = await ask(QUESTION);
    expect(answer).toMatchObject({ kind: 'insufficient-evidence', trace: { modelCalls: 0 } });
  });

  it.each([
    ['the papers spoke for the model', [{ kind: 'status', status: 500 }]],
    ['nothing that it wrote passed', [LIE, LIE]],
    // Half an answer was once kept for good.
    ['the reply was cut short', [{ kind: 'cut', text: `${TRUE_ONE.text}\n- Its` }]],
  ] as const)('after an answer where %s is asked anew', async (_, replies) => {
    const ask = library.chain();
    server.script(...replies);
    expect((await ask(QUESTION)).answer.text).not.toContain('9x');
    server.script(TRUE_ONE);
    expect((await ask(QUESTION)).answer).toMatchObject({
      kind: 'answered',
      trace: { mode: 'model' },
    });
  });
});

describe('a memory that fails', () => {
  class BrokenCache extends MemoryAnswerCache {
    override async get(): Promise<CachedAnswer | undefined> {
      throw new Error('disk full');
    }
    override async put(): Promise<void> {
      throw new Error('disk full');
    }
  }

  it('costs no answer', async () => {
    server.script(TRUE_ONE);
    library.warnings.length = 0;
    const { answer } = await library.chain({ cache: new BrokenCache() })(QUESTION);
    expect(answer).toMatchObject({ kind: 'answered', trace: { mode: 'model' } });
    expect(answer.trace.notes).toEqual(['the memory of answers could not be read']);
    expect(library.warnings).toEqual(['answer.memory-failed']);
  });
});

/** The same sentence, whatever number the paper has. */
function truth({ messages }: ChatBody): ChatReply {
  const given = messages.at(-1)?.content ?? '';
  const n = /number="(\d)"[^>]*>\nDiskGNN:/.exec(given)?.[1] ?? '0';
  return { ...TRUE_ONE, text: TRUE_ONE.text.replace('[1]', `[${n}]`) };
}

describe('a library that grew', () => {
  it('has the question answered anew, and tells which papers are new to it', async () => {
    const ask = library.chain();
    server.replyWith(truth);
    await ask(QUESTION);
    await library.addPaper([
      'FasterDisk: Training Graph Neural Networks on Disk at Twice the Speed',
      'Training graph neural networks on disk is slow. We show what can be sped up, and by how much: FasterDisk speeds up the baselines by 11x, with less memory than any system before it.',
    ]);
    library.taken();
    const { answer } = await ask(QUESTION);
    expect(library.taken().length).toBeGreaterThan(0);
    expect(answer.trace.mode).toBe('model');
    expect(answer.askedBefore).toMatchObject({ question: QUESTION });
    expect(answer.askedBefore?.newPapers.map(({ title }) => title)).toEqual([
      expect.stringMatching(/^FasterDisk/),
    ]);
    expect((await ask(QUESTION)).answer).toMatchObject({
      trace: { mode: 'cached', modelCalls: 0 },
    });
  });

  it('by papers that have nothing to do with it answers as before', async () => {
    const ask = library.chain();
    server.replyWith(truth);
    const before = (await ask(QUESTION)).answer;
    await library.addPaper([
      'Cocoa: On the Ripening of Beans in Cold Cellars',
      'Cocoa beans ripen in cellars. We describe which cellars are too cold for cocoa beans, and how farmers of cocoa heat them in winter with little wood.',
    ]);
    const { answer } = await ask(QUESTION);
    expect(answer).toMatchObject({ text: before.text, trace: { mode: 'cached', modelCalls: 0 } });
  });
});
