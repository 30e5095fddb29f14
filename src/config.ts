import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

import { DISCORD_SETTINGS, type DiscordChoice, discordChoice } from './config/discord.ts';
import { readEnvFile } from './config/env-file.ts';
import { isBlank, optional, wholeNumber } from './config/optional.ts';
import { SLACK_SETTINGS, type SlackChoice, slackChoice, slackProblems } from './config/slack.ts';
import { SOURCE_SETTINGS, type SourcesChoice, sourcesChoice } from './config/sources.ts';
import { FootnoteError } from './errors.ts';

/** All settings, read once at the start. Paths are absolute. */
export interface Config {
  /** What is made at run time: the index and the state. */
  readonly dataDir: string;
  /** A folder, or an object-store address such as `s3://bucket/path`. */
  readonly indexLocation: string;
  readonly stateFile: string;
  /** The saved pages ingested when there is no index yet. */
  readonly pagesDir: string;
  /** Year of pages whose dates have none; without it the page implies it. */
  readonly pageYear?: number;
  readonly embedder: EmbedderChoice;
  /** Without one, answers are quotations. */
  readonly chat?: ChatChoice;
  /** Whether what the chat model is asked goes to an OpenTelemetry collector. */
  readonly otelTracing?: boolean;
  /** With it `start` answers in Slack as well. */
  readonly slack?: SlackChoice;
  /** With it `start` answers in Discord as well. */
  readonly discord?: DiscordChoice;
  readonly sources: SourcesChoice;
  readonly host: string;
  readonly port: number;
  readonly logLevel: LogLevel;
}

/** `local`: a folder in the form of `data/models/footnote-minilm`. `hugging-face`: a name or folder. */
export type EmbedderChoice =
  | { readonly kind: 'local'; readonly folder: string }
  | { readonly kind: 'hugging-face'; readonly model: string; readonly cacheDir: string }
  | {
      readonly kind: 'openai';
      readonly model: string;
      readonly apiKey: string;
      readonly baseUrl?: string;
    };

/** The chat model that writes answers, and what it may cost. */
export interface ChatChoice {
  /** `provider:model`, as `initChatModel` takes it. */
  readonly model: string;
  /** Absent where none is set; a provider other than OpenAI reads its own variable. */
  readonly apiKey?: string;
  /** Of an OpenAI-compatible server. */
  readonly baseUrl?: string;
  /** US dollars per million tokens. */
  readonly price?: { readonly prompt: number; readonly completion: number };
  /** US dollars a day (UTC); beyond it answers are quotations. */
  readonly dailyBudgetUsd?: number;
  /** Of one call, from its start to its last word. */
  readonly timeoutMs: number;
  /** Calls at once; more wait. */
  readonly concurrency: number;
  /** Whether the model may look again under other words when the first evidence is thin. */
  readonly secondLook: boolean;
  /** Who judges whether a quote supports its sentence: our rules alone, or the model as well. */
  readonly verify: 'rules' | 'model';
}

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const Environment = z.object({
  DATA_DIR: optional(z.string()),
  INDEX_LOCATION: optional(z.string()),
  PAGES_DIR: optional(z.string()),
  PAGE_YEAR: optional(
    z.coerce
      .number('must be a year, such as 2025')
      .int('must be a year, such as 2025')
      .min(1991, 'must be 1991 or later')
      .max(2100, 'must be 2100 or earlier'),
  ),
  EMBEDDER: optional(
    z.string().regex(/^(local|hf:.+|openai:.+)$/, 'must be "local", "hf:NAME" or "openai:NAME"'),
  ),
  CHAT_MODEL: optional(
    z.string().regex(/^[a-z][\w-]*:.+$/, 'must be PROVIDER:MODEL, such as openai:gpt-5-mini'),
  ),
  MODEL_PRICE_USD: optional(
    z
      .string()
      .regex(
        /^\s*\d+(?:\.\d+)?\s*,\s*\d+(?:\.\d+)?\s*$/,
        'must be two prices per million tokens, of prompts and of replies, such as 0.25,2',
      ),
  ),
  DAILY_BUDGET_USD: optional(
    z.coerce
      .number('must be an amount of US dollars, such as 5')
      .min(0, 'must be an amount of US dollars, such as 5'),
  ),
  MODEL_TIMEOUT_SECONDS: optional(
    z.coerce
      .number('must be 1 to 600 seconds')
      .min(1, 'must be 1 to 600 seconds')
      .max(600, 'must be 1 to 600 seconds'),
  ),
  MODEL_CONCURRENCY: optional(wholeNumber(1, 100, 'must be a number from 1 to 100')),
  SECOND_LOOK: optional(z.enum(['on', 'off'], 'must be on or off')),
  VERIFY: optional(z.enum(['rules', 'model'], 'must be rules or model')),
  OPENAI_API_KEY: optional(z.string()),
  OPENAI_BASE_URL: optional(z.url('must be a URL, such as http://127.0.0.1:11434/v1')),
  LANGSMITH_OTEL_ENABLED: optional(z.string()),
  OTEL_ENABLED: optional(z.string()),
  ...SLACK_SETTINGS,
  ...DISCORD_SETTINGS,
  ...SOURCE_SETTINGS,
  HOST: optional(z.string()),
  PORT: optional(wholeNumber(0, 65_535, 'must be a port number, 0 to 65535')),
  LOG_LEVEL: optional(
    z.enum(
      ['silent', 'error', 'warn', 'info', 'debug'],
      'must be silent, error, warn, info or debug',
    ),
  ),
});

type Settings = z.infer<typeof Environment>;

/** The names of all settings; `.env.example` lists the same ones. */
export const SETTING_NAMES: readonly string[] = Object.keys(Environment.shape);

/**
 * Reads the settings from `.env` (when there is one) and the environment, which wins.
 * Throws FootnoteError `config` that names every wrong setting at once.
 */
export function loadConfig(): Config {
  // Into the environment: tracing and the index read variables of their own there.
  for (const [name, value] of Object.entries(readEnvFile(join(ROOT, '.env')))) {
    process.env[name] ??= value;
  }
  return parseConfig(process.env);
}

/** The same from given variables. */
export function parseConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  const parsed = Environment.safeParse(variables);
  const wrong = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  const problems = [...wrong, ...missingKeys(parsed.data ?? variables)];
  if (!parsed.success || problems.length > 0) {
    throw new FootnoteError(
      'config',
      `These settings are wrong: ${problems.join('; ')}. Correct them in the environment or in .env (see .env.example).`,
      { facts: { problems } },
    );
  }
  return toConfig(parsed.data);
}

function missingKeys(
  settings: Readonly<Partial<Record<keyof Settings, unknown>>>,
): readonly string[] {
  return [...missingModelKey(settings), ...slackProblems(settings)];
}

function missingModelKey(
  settings: Readonly<Partial<Record<keyof Settings, unknown>>>,
): readonly string[] {
  const needsKey =
    String(settings.EMBEDDER).startsWith('openai:') && isBlank(settings.OPENAI_BASE_URL);
  return needsKey && isBlank(settings.OPENAI_API_KEY)
    ? [
        'OPENAI_API_KEY is needed for EMBEDDER=openai:... unless OPENAI_BASE_URL names a server without keys',
      ]
    : [];
}

function toConfig(settings: Settings): Config {
  const dataDir = resolve(ROOT, settings.DATA_DIR ?? 'data');
  const location = settings.INDEX_LOCATION ?? join(dataDir, 'index');
  return {
    dataDir,
    indexLocation: location.includes('://') ? location : resolve(ROOT, location),
    stateFile: join(dataDir, 'state', 'footnote.sqlite'),
    pagesDir: resolve(ROOT, settings.PAGES_DIR ?? join('data', 'pages')),
    ...(settings.PAGE_YEAR === undefined ? {} : { pageYear: settings.PAGE_YEAR }),
    embedder: embedderChoice(settings, dataDir),
    ...chatChoice(settings),
    ...(isOtelAsked(settings) && { otelTracing: true }),
    ...slackChoice(settings),
    ...discordChoice(settings),
    sources: sourcesChoice(settings),
    host: settings.HOST ?? '127.0.0.1',
    port: settings.PORT ?? 3000,
    logLevel: settings.LOG_LEVEL ?? 'warn',
  };
}

/** As LangSmith reads them: by either it stops sending to itself, and any other word is no. */
function isOtelAsked({ LANGSMITH_OTEL_ENABLED, OTEL_ENABLED }: Settings): boolean {
  return LANGSMITH_OTEL_ENABLED === 'true' || OTEL_ENABLED === 'true';
}

function embedderChoice(settings: Settings, dataDir: string): EmbedderChoice {
  const [kind = 'local', ...rest] = (settings.EMBEDDER ?? 'local').split(':');
  const model = rest.join(':');
  switch (kind) {
    case 'hf':
      return { kind: 'hugging-face', model, cacheDir: join(dataDir, 'cache') };
    case 'openai':
      return {
        kind: 'openai',
        model,
        apiKey: settings.OPENAI_API_KEY ?? 'none',
        ...(settings.OPENAI_BASE_URL === undefined ? {} : { baseUrl: settings.OPENAI_BASE_URL }),
      };
    default:
      return { kind: 'local', folder: join(ROOT, 'data', 'models', 'footnote-minilm') };
  }
}

function chatChoice(settings: Settings): { readonly chat?: ChatChoice } {
  const { CHAT_MODEL: model, OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl } = settings;
  if (model === undefined) return {};
  const [prompt, completion] = (settings.MODEL_PRICE_USD ?? '').split(',').map(Number);
  const { DAILY_BUDGET_USD: dailyBudgetUsd } = settings;
  return {
    chat: {
      model,
      ...(apiKey !== undefined && { apiKey }),
      ...(baseUrl !== undefined && { baseUrl }),
      ...(prompt !== undefined && completion !== undefined && { price: { prompt, completion } }),
      ...(dailyBudgetUsd !== undefined && { dailyBudgetUsd }),
      timeoutMs: (settings.MODEL_TIMEOUT_SECONDS ?? 60) * 1_000,
      concurrency: settings.MODEL_CONCURRENCY ?? 4,
      secondLook: settings.SECOND_LOOK !== 'off',
      verify: settings.VERIFY ?? 'rules',
    },
  };
}
