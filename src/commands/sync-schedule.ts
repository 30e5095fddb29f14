import { Cron } from 'croner';
import type { Library } from '../assembly.ts';
import { errorReference } from '../terminal/report-error.ts';
import { type SyncParts, syncSources } from './run-sync.ts';
import { totalLine } from './sync-lines.ts';

/** Sources that are read at set times while the program runs. */
export interface SyncSchedule {
  /** When the next reading begins; undefined where none will. */
  next(): Date | undefined;
  /** Begins no more of them, and ends when one that is under way has. */
  stop(): Promise<void>;
}

const LAST = '(sync) last run/';
const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * Reads SYNC_SOURCES at SYNC_TIMES, and now where the last time is over a day ago: what was missed
 * while nobody ran is caught up. One reading at a time; a failed one is logged and the next goes on.
 */
export function scheduleSync(parts: SyncParts): SyncSchedule {
  const { context } = parts;
  const { times } = context.config.sources;
  let running: Promise<void> = Promise.resolve();
  let isRunning = false;
  const begin = (isDue: () => Promise<boolean> = async () => true) => {
    if (isRunning || context.signal.aborted) return;
    isRunning = true;
    running = runOnce(parts, isDue).finally(() => {
      isRunning = false;
    });
  };
  const jobs = times.map(
    ({ pattern, zone }) => new Cron(pattern, { timezone: zone, mode: '5-part' }, () => begin()),
  );
  begin(async () => !(await hasRunWithinADay(parts.library)));
  return {
    next: () => {
      const runs = jobs.flatMap((job) => job.nextRun() ?? []);
      return runs.sort((a, b) => a.getTime() - b.getTime())[0];
    },
    async stop() {
      for (const job of jobs) job.stop();
      await running;
    },
  };
}

/** Never throws: nobody waits for it. */
async function runOnce(parts: SyncParts, isDue: () => Promise<boolean>): Promise<void> {
  const { context, library } = parts;
  const { log, stderr } = context;
  try {
    if (!(await isDue())) return;
    const { reports, failures } = await syncSources(parts, {
      names: context.config.sources.names,
      onBatch: (source, report) =>
        log('sync.read', { source, ...report, refused: report.refused.length }),
    });
    for (const failure of failures) stderr.write(`${failure}\n`);
    if (failures.length === 0) await library.index.savePage(LAST, new Date().toISOString());
    const isNews = reports.some(({ added, changed }) => added + changed > 0);
    if (isNews) stderr.write(`New papers were read: ${totalLine(reports)}\n`);
  } catch (error) {
    if (context.signal.aborted) return;
    log('sync.failed', { reference: errorReference(error), err: error });
  }
}

async function hasRunWithinADay({ index }: Pick<Library, 'index'>): Promise<boolean> {
  const last = Date.parse((await index.pageHash(LAST)) ?? '');
  // A clock that was set back leaves a time to come behind.
  return Math.abs(Date.now() - last) < DAY_MS;
}
