import { describe, expect, it } from 'vitest';
import type { LogLevel } from '../src/config.ts';
import { createLogger } from '../src/log.ts';

describe('createLogger', () => {
  it('writes one JSON object a line with event, level, time and fields', () => {
    const { log, lines } = start();
    log('answer.checked', { sentences: 3, dropped: ['a'] });
    log('index.opened');
    expect(lines()).toEqual([
      {
        level: 'info',
        time: expect.any(String),
        event: 'answer.checked',
        sentences: 3,
        dropped: ['a'],
      },
      { level: 'info', time: expect.any(String), event: 'index.opened' },
    ]);
    expect(Number.isNaN(Date.parse(lines()[0]?.time ?? ''))).toBe(false);
  });

  it('leaves out events below its level', () => {
    const { log, lines } = start({ level: 'warn' });
    log.debug('a.a');
    log('b.b');
    log.warn('c.c');
    log('d.d', { err: new Error('down') });
    expect(lines().map(({ level, event }) => [level, event])).toEqual([
      ['warn', 'c.c'],
      ['error', 'd.d'],
    ]);
  });

  it('writes nothing when silent', () => {
    const { log, written } = start({ level: 'silent' });
    log('a.a', { err: new Error('down') });
    expect(written()).toBe('');
  });

  it.each([
    'apiKey',
    'OPENAI_API_KEY',
    'x-api-key',
    'slackBotToken',
    'tokens',
    'Authorization',
    'set-cookie',
    'PASSWORD',
  ])('leaves out the value of %s at any depth', (name) => {
    const { log, written } = start();
    log('a.a', { [name]: 'hunter2', deep: { list: [{ [name]: { inner: 'hunter2' } }] } });
    expect(written()).not.toContain('hunter2');
    expect(written().split('[redacted]')).toHaveLength(3);
  });

  it('keeps counts of tokens, and names that only hold such a word', () => {
    const { log, lines } = start();
    log('a.a', { promptTokens: 12, keywords: 'kept', tokenizer: 'kept' });
    expect(lines()[0]).toMatchObject({ promptTokens: 12, keywords: 'kept', tokenizer: 'kept' });
  });

  it.each([
    'Incorrect API key provided: sk-proj-abcdefgh1234.',
    'xoxb-1234567890-abcdef is revoked',
    'Authorization: Bearer abcdefghijklmnop1234',
    'connect postgres://user:abcdefgh1234@host/db',
  ])('leaves out the secret in %j', (text) => {
    const { log, written } = start();
    log('a.a', { err: new Error(text), text });
    expect(written()).not.toMatch(/abcdef/);
    expect(written()).toContain('[redacted]');
  });

  it.each([
    ['JSON', false],
    ['readable', true],
  ])('clears what a terminal would act upon from %s lines', (_form, pretty) => {
    const hostile = 'a\u001b[31mb\u009bc\u202ed\u2066e\nf\u2028g\u007f';
    const { log, written } = start({ pretty });
    log(`a.${hostile}`, { [hostile]: hostile, err: new Error(hostile), list: [hostile] });
    expect(written().trimEnd()).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u2028]/u);
    expect(written()).not.toMatch(/\\u00(?:1b|9b)/);
  });

  it('cuts strings at 500 characters, without halving a character', () => {
    const { log, lines } = start();
    log('a.a', { long: 'x'.repeat(501), fits: 'x'.repeat(500), emoji: `x${'🙂'.repeat(400)}` });
    const [line] = lines();
    expect(line?.long).toBe(`${'x'.repeat(499)}…`);
    expect(line?.fits).toBe('x'.repeat(500));
    expect(String(line?.emoji).isWellFormed()).toBe(true);
    expect(line?.emoji).toHaveLength(500);
  });

  it('writes errors with their code, causes and the places they passed', () => {
    const { log, lines } = start();
    const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    log('web.failed', { reference: 'abc', err: new Error('no model', { cause }) });
    expect(lines()[0]).toMatchObject({
      level: 'error',
      reference: 'abc',
      err: {
        name: 'Error',
        message: 'no model',
        cause: { message: 'refused', code: 'ECONNREFUSED' },
        stack: expect.arrayContaining([expect.stringContaining('log.test.ts')]),
      },
    });
  });

  it('survives fields that hold themselves, and very large ones', () => {
    const { log, written, lines } = start();
    const loop: Record<string, unknown> = { big: 10n, date: new Date(0) };
    loop.self = loop;
    const error = new Error('loop');
    error.cause = error;
    log('a.a', { loop, error, list: Array.from({ length: 10_000 }, (_, n) => n) });
    expect(lines()[0]?.loop).toMatchObject({ big: '10', date: '1970-01-01T00:00:00.000Z' });
    expect(written().length).toBeLessThan(30_000);
  });

  it('writes readable lines when asked to', () => {
    const { log, written } = start({ pretty: true });
    log.warn('index.stale', { papers: 3, why: 'a b' });
    expect(written()).toMatch(/^\d\d:\d\d:\d\d warn {2}index\.stale papers=3 why="a b"\n$/);
  });
});

interface Line {
  readonly level: string;
  readonly time: string;
  readonly event: string;
  readonly loop?: unknown;
  readonly [field: string]: unknown;
}

function start(options: { level?: LogLevel; pretty?: boolean } = {}) {
  let text = '';
  const stream = {
    write(line: string) {
      text += line;
    },
  };
  const log = createLogger({ level: 'info', stream, ...options });
  const lines = (): Line[] =>
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  return { log, written: () => text, lines };
}
