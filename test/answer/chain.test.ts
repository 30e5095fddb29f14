import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { ChainLibrary } from './chain-library.ts';

const library = await ChainLibrary.open();
const { server } = library;
beforeEach(() => {
  expect(server.broken).toEqual([]);
  server.requests.length = 0;
});
afterAll(() => library.close());

const QUESTION = 'what does DiskGNN speed up, and by how much?';
const TRUE_ONE =
  '- DiskGNN speeds up the baselines by over 8x. [1] "DiskGNN can speed up the baselines by over 8x"\n';
const TRUE_TWO =
  '- Its key technique is offline sampling. [1] "The key technique used by DiskGNN is offline sampling"\n';
const LIE =
  '- DiskGNN speeds up the baselines by over 80x. [1] "DiskGNN can speed up the baselines by over 8x"\n';
const text = (...lines: readonly string[]) => ({ kind: 'text', text: lines.join('') }) as const;

describe('a question that the model answers', () => {
  it('is answered in the words of the model, each with its quote', async () => {
    server.script(text(TRUE_ONE, TRUE_TWO));
    const { answer, sentences } = await library.chain()(QUESTION);
    expect(sentences).toEqual([
      'DiskGNN speeds up the baselines by over 8x.',
      'Its key technique is offline sampling.',
    ]);
    expect(answer).toMatchObject({
      kind: 'answered',
      intent: 'ask',
      trace: { mode: 'model', modelCalls: 1 },
    });
    expect(answer.citations).toMatchObject([
      { n: 1, title: expect.stringMatching(/^DiskGNN/), evidence: [{}, {}] },
    ]);
  });

  it('traces the model, the prompts, what was used and what it cost', async () => {
    server.script(text(LIE), text(TRUE_ONE));
    const { answer } = await library.chain({ chat: { price: { prompt: 1, completion: 10 } } })(
      QUESTION,
    );
    const bodies = library.taken();
    const prompt = bodies.map(({ messages }) =>
      Math.ceil(messages.reduce((sum, { content }) => sum + content.length, 0) / 4),
    );
    const completion = [LIE, TRUE_ONE].map(({ length }) => Math.ceil(length / 4));
    const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);
    const usd = (sum(prompt) * 1 + sum(completion) * 10) / 1e6;
    expect(answer.trace).toMatchObject({
      model: 'openai:tiny',
      modelCalls: 2,
      promptTokens: sum(prompt),
      completionTokens: sum(completion),
      usd: expect.closeTo(usd, 9),
    });
    expect(answer.trace.prompts).toMatch(/^[0-9a-f]{12}$/);
    expect(answer.trace.ms.compose).toBeGreaterThan(0);
  });

  it('is told sentence by sentence while the reply is still coming', async () => {
    server.script({ ...text(TRUE_ONE, TRUE_TWO), tokensPerSecond: 50 });
    const told: number[] = [];
    const started = performance.now();
    const { events } = await library.chain()(QUESTION, {
      onEvent: ({ kind }) => {
        if (kind === 'sentence') told.push(performance.now() - started);
      },
    });
    const ended = performance.now() - started;
    expect(told).toHaveLength(2);
    // The second line alone takes some 25 tokens of 20 ms.
    expect(ended - (told[0] ?? ended)).toBeGreaterThan(300);
    expect(events.map(({ kind }) => kind)).toEqual(['status', 'status', 'sentence', 'sentence']);
  });

  it('is told with the citations so far', async () => {
    server.script(text(TRUE_ONE));
    const { events, answer } = await library.chain()(QUESTION);
    expect(events.at(-1)).toEqual({
      kind: 'sentence',
      sentence: answer.sentences[0],
      citations: answer.citations,
    });
  });

  it('reads half characters at the borders of chunks', async () => {
    const said = 'DiskGNN – the “system” – speeds up the baselines by over 8×.';
    server.script({
      kind: 'half-character',
      text: `- ${said} [1] “DiskGNN can speed up the baselines by over 8×”`,
    });
    const { sentences } = await library.chain()(QUESTION);
    expect(sentences).toEqual([said]);
  });

  it.each(['no-usage', 'thinking'] as const)(
    'may be answered by a server of the kind %s',
    async (kind) => {
      server.script({ kind, text: TRUE_ONE, thoughts: 'Hm. [9] "about belts"' });
      const { answer } = await library.chain()(QUESTION);
      expect(answer).toMatchObject({ kind: 'answered', trace: { mode: 'model' } });
      expect(answer.trace.promptTokens).toBeGreaterThan(100);
    },
  );
});

describe('a sentence that fails its check', () => {
  it('is given back once, with the reason, and released when it is mended', async () => {
    server.script(text(TRUE_TWO, LIE), text(TRUE_ONE));
    const { sentences, events, answer } = await library.chain()(QUESTION);
    expect(sentences).toEqual([
      'Its key technique is offline sampling.',
      'DiskGNN speeds up the baselines by over 8x.',
    ]);
    expect(events.filter(({ kind }) => kind === 'sentence')).toHaveLength(2);
    const [, repair] = library.taken();
    expect(repair?.messages.map(({ role }) => role)).toEqual([
      'system',
      'user',
      'assistant',
      'user',
    ]);
    expect(repair?.messages.at(-1)?.content).toContain(
      'the number 80x does not stand in the quote',
    );
    expect(answer.trace.notes).toEqual([
      '1 sentences failed their check: the number … does not stand in the quote',
      '1 of them mended',
    ]);
  });

  it('is dropped when it fails again; nobody is asked a third time', async () => {
    server.script(text(TRUE_TWO, LIE), text(LIE));
    const { sentences } = await library.chain()(QUESTION);
    expect(sentences).toEqual(['Its key technique is offline sampling.']);
    expect(library.taken()).toHaveLength(2);
  });

  it('is dropped when the repair fails', async () => {
    server.script(text(TRUE_TWO, LIE), { kind: 'status', status: 500 });
    const { sentences, answer } = await library.chain()(QUESTION);
    expect(sentences).toEqual(['Its key technique is offline sampling.']);
    expect(answer.trace).toMatchObject({
      mode: 'model',
      notes: [{}, '0 of them mended (down)'].map((note) =>
        typeof note === 'string' ? note : expect.any(String),
      ),
    });
  });

  it('leaves no answer where it was the only one: the nearest papers are named', async () => {
    server.script(text(LIE), text('NONE'));
    const { answer, events } = await library.chain()(QUESTION);
    expect(answer).toMatchObject({ kind: 'insufficient-evidence', trace: { mode: 'extractive' } });
    expect(answer.text).toMatch(/^What the language model wrote is not borne out .*come nearest:/);
    expect(answer.nearest?.[0]?.title).toMatch(/^DiskGNN/);
    expect(events.filter(({ kind }) => kind === 'sentence')).toEqual([]);
    expect(answer.text).not.toContain('80x');
  });
});

describe('a question that the papers do not answer', () => {
  it('is refused in the model’s name when it says so, with what comes nearest', async () => {
    server.script(text('NONE'));
    const { answer } = await library.chain()(QUESTION);
    expect(answer).toMatchObject({
      kind: 'insufficient-evidence',
      trace: { mode: 'extractive', modelCalls: 1 },
    });
    // It once said that no sentence states this, and quoted the one that does.
    expect(answer.text).toMatch(/^The language model finds no answer .*come nearest: .+ \[1\]/);
    expect(answer.nearest?.length).toBeGreaterThan(0);
  });

  it.each([
    'what is the capital of France?',
    'hello',
    'list papers from 2024',
    'list papers from 1995',
  ])('or needs no model asks none: %s', async (question) => {
    const { answer } = await library.chain({ secondLook: true })(question);
    expect(library.taken()).toEqual([]);
    expect(answer.trace.modelCalls).toBe(0);
  });
});
