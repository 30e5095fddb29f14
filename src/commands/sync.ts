import { openLibrary } from '../assembly.ts';
import { SOURCE_NAME } from '../config/sources.ts';
import type { HubPeriod } from '../papers/sources/hub-source.ts';
import { readHubPeriod } from '../papers/sources/hub-source.ts';
import { readDay } from '../papers/sources/read-record.ts';
import { saveBatch } from '../papers/sync.ts';
import { openStore } from '../store/open-store.ts';
import { type CommandContext, readArguments, wrongUsage } from './command.ts';
import { openSources } from './open-sources.ts';
import { prepareLibrary } from './prepare-library.ts';
import { embedNews, type SyncOutcome, type SyncParts, syncSources } from './run-sync.ts';
import { batchLines, totalLine } from './sync-lines.ts';

const USAGE =
  'npm run sync -- [--source hf|arxiv:CATEGORY ...] [--since YYYY-MM-DD] [--date YYYY-MM-DD | --week YYYY-Www | --month YYYY-MM]';
const PERIODS = {
  date: /^\d{4}-\d\d-\d\d$/,
  week: /^\d{4}-W(?:0[1-9]|[1-4]\d|5[0-3])$/,
  month: /^\d{4}-(?:0[1-9]|1[0-2])$/,
} as const;

/** `sync`: fetches what is new; 1 when a source could not be read to its end. */
export async function runSync(context: CommandContext): Promise<number> {
  const { values, positionals } = readArguments(context.args, {
    options: {
      source: { type: 'string', multiple: true },
      since: { type: 'string' },
      date: { type: 'string' },
      week: { type: 'string' },
      month: { type: 'string' },
    },
    usage: USAGE,
  });
  if (positionals.length > 0) throw wrongUsage('sync takes no names without --source.', USAGE);
  const { since, source = [], ...periods } = values;
  const period = readPeriod(periods);
  if (since !== undefined && readDay(since) !== since) {
    throw wrongUsage('--since takes a day, such as 2026-11-20.', USAGE);
  }
  if (period !== undefined && (since !== undefined || source.some((name) => name !== 'hf'))) {
    throw wrongUsage(`--${period.kind} goes with --source hf alone.`, USAGE);
  }
  const names = period === undefined ? readNames(source, context) : ['hf'];
  const store = await openStore({ file: context.config.stateFile });
  try {
    const library = await openLibrary(context.config);
    try {
      await prepareLibrary(library, context, { embed: false });
      const parts = { library, store, context };
      const outcome = await (period === undefined
        ? syncSources(parts, { names, since, onBatch: tellBatch(context) })
        : syncPeriod(parts, period));
      return tellOutcome(outcome, context);
    } finally {
      await library.close();
    }
  } finally {
    await store.close();
  }
}

function readNames(given: readonly string[], { config }: CommandContext): readonly string[] {
  const names = [...new Set(given.length > 0 ? given : config.sources.names)];
  const wrong = names.find((name) => !SOURCE_NAME.test(name));
  if (wrong !== undefined) {
    throw wrongUsage(`There is no source "${wrong}": it is hf or arxiv:CATEGORY.`, USAGE);
  }
  if (names.length > 0) return names;
  throw wrongUsage('Name a source with --source, or set SYNC_SOURCES.', USAGE);
}

function readPeriod(
  given: Readonly<Partial<Record<HubPeriod['kind'], string>>>,
): HubPeriod | undefined {
  const kinds = (['date', 'week', 'month'] as const).filter((kind) => given[kind] !== undefined);
  const [kind, ...others] = kinds;
  if (kind === undefined) return undefined;
  if (others.length > 0)
    throw wrongUsage(`--${kind} and --${others[0]} do not go together.`, USAGE);
  const value = given[kind] ?? '';
  const isThere = PERIODS[kind].test(value) && (kind !== 'date' || readDay(value) === value);
  if (isThere) return { kind, value };
  const examples = { date: '2026-11-20', week: '2026-W47', month: '2026-11' };
  throw wrongUsage(`--${kind} takes a ${kind} such as ${examples[kind]}.`, USAGE);
}

async function syncPeriod(
  { library, store, context }: SyncParts,
  period: HubPeriod,
): Promise<SyncOutcome> {
  const sources = openSources(context.config, { store, context });
  try {
    const { signal } = context;
    const batch = await readHubPeriod(sources.hub, { period, signal });
    const { index: archive, buildLock } = library;
    const report = await buildLock.hold(
      () => saveBatch(batch, { archive, snapshots: store.snapshots }),
      { signal },
    );
    tellBatch(context)('hf', report);
    if (report.added + report.changed > 0) await embedNews({ library, context });
    return { reports: [report], failures: [] };
  } finally {
    await sources.close();
  }
}

function tellBatch({ stdout }: CommandContext) {
  return (source: string, report: Parameters<typeof batchLines>[1]) => {
    for (const line of batchLines(source, report)) stdout.write(`${line}\n`);
  };
}

function tellOutcome(
  { reports, failures }: SyncOutcome,
  { stdout, stderr }: CommandContext,
): number {
  stdout.write(`${totalLine(reports)}\n`);
  for (const failure of failures) stderr.write(`${failure}\n`);
  return failures.length === 0 ? 0 : 1;
}
