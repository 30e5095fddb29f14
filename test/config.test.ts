import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Config, parseConfig, SETTING_NAMES } from '../src/config.ts';

const ROOT = join(import.meta.dirname, '..');

function messageFor(variables: Record<string, string>): string {
  try {
    parseConfig(variables);
  } catch (error) {
    expect(error).toMatchObject({ name: 'FootnoteError', code: 'config' });
    return error instanceof Error ? error.message : '';
  }
  throw new Error('these settings are right');
}

describe('parseConfig', () => {
  it('needs no setting', () => {
    const data = join(ROOT, 'data');
    expect(parseConfig({})).toEqual({
      dataDir: data,
      indexLocation: join(data, 'index'),
      stateFile: join(data, 'state', 'footnote.sqlite'),
      pagesDir: join(data, 'pages'),
      embedder: { kind: 'local', folder: join(data, 'models', 'footnote-minilm') },
      sources: {
        hub: { url: 'https://huggingface.co' },
        arxiv: {
          api: 'https://export.arxiv.org/api/query',
          oai: 'https://oaipmh.arxiv.org/oai',
          feeds: 'https://rss.arxiv.org',
        },
        names: [],
        times: [],
      },
      host: '127.0.0.1',
      port: 3000,
      logLevel: 'warn',
    } satisfies Config);
  });

  it('takes blanks as absent', () => {
    const blanks = Object.fromEntries(SETTING_NAMES.map((name, i) => [name, ' '.repeat(i % 3)]));
    expect(parseConfig(blanks)).toEqual(parseConfig({}));
  });

  it('moves everything made at run time with DATA_DIR, the model and the pages not', () => {
    const moved = parseConfig({ DATA_DIR: '/elsewhere', EMBEDDER: 'hf:some/model' });
    expect(moved).toMatchObject({
      dataDir: '/elsewhere',
      indexLocation: join('/elsewhere', 'index'),
      stateFile: join('/elsewhere', 'state', 'footnote.sqlite'),
      pagesDir: join(ROOT, 'data', 'pages'),
      embedder: { kind: 'hugging-face', model: 'some/model', cacheDir: '/elsewhere/cache' },
    });
    expect(parseConfig({ DATA_DIR: '/elsewhere' }).embedder).toEqual(parseConfig({}).embedder);
  });

  it('makes paths absolute from its own folder and leaves object stores as they are', () => {
    const { dataDir, pagesDir } = parseConfig({ DATA_DIR: 'd', PAGES_DIR: 'some/pages' });
    expect([dataDir, pagesDir]).toEqual([join(ROOT, 'd'), join(ROOT, 'some', 'pages')]);
    const { indexLocation } = parseConfig({ INDEX_LOCATION: 's3://bucket/path' });
    expect(indexLocation).toBe('s3://bucket/path');
  });

  it('takes a chat model with what it may cost', () => {
    expect(parseConfig({ CHAT_MODEL: 'ollama:qwen3:8b' }).chat).toEqual({
      model: 'ollama:qwen3:8b',
      timeoutMs: 60_000,
      concurrency: 4,
      secondLook: true,
      verify: 'rules',
    });
    const settings = {
      CHAT_MODEL: 'openai:gpt-5-mini',
      OPENAI_API_KEY: 'k',
      OPENAI_BASE_URL: 'http://127.0.0.1:1/v1',
      MODEL_PRICE_USD: '0.25, 2',
      DAILY_BUDGET_USD: '1.5',
      MODEL_TIMEOUT_SECONDS: '5',
      MODEL_CONCURRENCY: '1',
      SECOND_LOOK: 'off',
      VERIFY: 'model',
    };
    expect(parseConfig(settings).chat).toEqual({
      model: 'openai:gpt-5-mini',
      apiKey: 'k',
      baseUrl: 'http://127.0.0.1:1/v1',
      price: { prompt: 0.25, completion: 2 },
      dailyBudgetUsd: 1.5,
      timeoutMs: 5_000,
      concurrency: 1,
      secondLook: false,
      verify: 'model',
    });
  });

  it.each([
    ['CHAT_MODEL', 'gpt-5-mini', 'must be PROVIDER:MODEL'],
    ['MODEL_PRICE_USD', '0.25', 'must be two prices per million tokens'],
    ['MODEL_PRICE_USD', '-1,2', 'must be two prices per million tokens'],
    ['DAILY_BUDGET_USD', '-1', 'must be an amount of US dollars'],
    ['DAILY_BUDGET_USD', 'much', 'must be an amount of US dollars'],
    ['MODEL_TIMEOUT_SECONDS', '0', 'must be 1 to 600 seconds'],
    ['MODEL_CONCURRENCY', '1.5', 'must be a number from 1 to 100'],
    ['SECOND_LOOK', 'yes', 'must be on or off'],
    ['VERIFY', 'llm', 'must be rules or model'],
  ])('tells what %s must be instead of %s', (name, value, sentence) => {
    expect(messageFor({ [name]: value })).toContain(`${name} ${sentence}`);
  });

  it.each([
    [{ LANGSMITH_OTEL_ENABLED: 'true' }, true],
    [{ OTEL_ENABLED: 'true' }, true],
    [{ LANGSMITH_OTEL_ENABLED: 'false', OTEL_ENABLED: '1' }, undefined],
  ])('traces as LangSmith reads %o', (variables, otelTracing) => {
    expect(parseConfig(variables).otelTracing).toBe(otelTracing);
  });

  it('keeps the colons of a model name', () => {
    const { embedder } = parseConfig({ EMBEDDER: 'openai:nomic:v1.5', OPENAI_API_KEY: 'k' });
    expect(embedder).toEqual({ kind: 'openai', model: 'nomic:v1.5', apiKey: 'k' });
  });

  it('needs no key for a server of its own', () => {
    const { embedder } = parseConfig({
      EMBEDDER: 'openai:nomic',
      OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1',
    });
    expect(embedder).toMatchObject({ kind: 'openai', baseUrl: 'http://127.0.0.1:11434/v1' });
  });

  it('passes over variables that are not its own', () => {
    expect(parseConfig({ HOME: '/home/x', PORT: '0' })).toEqual({ ...parseConfig({}), port: 0 });
  });
});

describe('a wrong setting', () => {
  it.each([
    ['PAGE_YEAR', 'soon', 'a year, such as 2025'],
    ['PAGE_YEAR', '1890', '1991 or later'],
    ['PAGE_YEAR', '2101', '2100 or earlier'],
    ['PAGE_YEAR', '2024.5', 'a year'],
    ['EMBEDDER', 'llama', '"local", "hf:NAME" or "openai:NAME"'],
    ['EMBEDDER', 'hf:', '"hf:NAME"'],
    ['OPENAI_BASE_URL', 'localhost', 'must be a URL'],
    ['PORT', 'http', '0 to 65535'],
    ['PORT', '65536', '0 to 65535'],
    ['PORT', '-1', '0 to 65535'],
    ['LOG_LEVEL', 'loud', 'silent, error, warn, info or debug'],
  ])('%s=%s is told with what it must be', (name, value, hint) => {
    const message = messageFor({ [name]: value });
    expect(message).toContain(name);
    expect(message).toContain(hint);
    expect(message).toContain('.env.example');
  });

  it('hides no other one: all are named at once', () => {
    const wrong = {
      PAGE_YEAR: 'x',
      EMBEDDER: 'x',
      OPENAI_BASE_URL: 'x',
      PORT: 'x',
      LOG_LEVEL: 'x',
    };
    const message = messageFor(wrong);
    for (const name of Object.keys(wrong)) expect(message).toContain(name);
  });

  it('does not hide a missing key', () => {
    const message = messageFor({ EMBEDDER: 'openai:small', PORT: 'x' });
    expect(message).toContain('PORT');
    expect(message).toContain('OPENAI_API_KEY');
  });

  it('is not repeated, and neither is a key', () => {
    const secret = 'sk-do-not-show-me';
    const message = messageFor({
      OPENAI_API_KEY: secret,
      OPENAI_BASE_URL: `//user:${secret}@host`,
      EMBEDDER: secret,
      PORT: secret,
      LOG_LEVEL: secret,
    });
    expect(message).not.toContain(secret);
  });
});

describe('.env.example', () => {
  const lines = readFileSync(join(ROOT, '.env.example'), 'utf8').split('\n');
  const settings = lines.flatMap((line, at) => {
    const [, name, value = ''] = /^#? ?([A-Z][A-Z_]+)=(.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [{ name, value, line, reason: lines[at - 1] ?? '' }];
  });

  it('lists exactly the settings there are, in their order', () => {
    expect(settings.map(({ name }) => name)).toEqual(SETTING_NAMES);
  });

  it('gives a reason of one line for each', () => {
    const bare = settings.filter(({ reason }) => !/^# [A-Z].*\.$/.test(reason));
    expect(bare).toEqual([]);
  });

  it('sets nothing until a line is taken in', () => {
    expect(settings.filter(({ line }) => !line.startsWith('#'))).toEqual([]);
  });

  it('shows the defaults', () => {
    const shown = Object.fromEntries(settings.map(({ name, value }) => [name, value]));
    expect(parseConfig(shown)).toEqual(parseConfig({}));
  });

  it('parts what is required from what is optional', () => {
    const at = (word: string) => lines.findIndex((line) => line.startsWith(`# ${word}`));
    expect(at('Required')).toBeGreaterThan(-1);
    expect(at('Optional')).toBeGreaterThan(at('Required'));
  });
});
