import { type CommandContext, wrongUsage } from '../src/commands/command.ts';
import type { BenchValues } from './benches.ts';
import { MAIN, startNode, withTempFolder } from './child.ts';
import { benchBulkIngest } from './ingest-bulk.ts';
import { type Peaks, watchPeaks } from './ingest-peaks.ts';
import { type BenchTable, megabytes, printFigures, printTable } from './report.ts';

const USAGE = 'npm run bench -- ingest [--n PAPERS [--kill TIMES]]';
const MOST_PAPERS = 3_000_000;
const MOST_KILLS = 20;
const PAPERS_LINE = /^(\d+) papers in the index/m;

/**
 * `bench ingest`: the shipped pages into an empty folder, then once more with nothing new; with
 * `--n` a file of so many made-up papers instead, killed `--kill` times on the way.
 */
export async function benchIngest(context: CommandContext, values: BenchValues): Promise<void> {
  const papers = readCount('--n', values.n, MOST_PAPERS);
  const kills = readCount('--kill', values.kill, MOST_KILLS);
  if (papers === undefined && kills === undefined) return benchPages(context);
  if (papers === undefined || papers === 0) throw wrongUsage('--kill goes with --n.', USAGE);
  return benchBulkIngest(context, { papers, kills: kills ?? 0 });
}

function readCount(name: string, value: unknown, most: number): number | undefined {
  if (value === undefined) return undefined;
  const count = Number(value);
  if (Number.isInteger(count) && count >= 0 && count <= most) return count;
  throw wrongUsage(`${name} takes a whole number up to ${most.toLocaleString('en')}.`, USAGE);
}

async function benchPages(context: CommandContext): Promise<void> {
  await withTempFolder(async (folder) => {
    const first = await runIngest(context, folder);
    const again = await runIngest(context, folder);
    printTable(context, ingestTable({ first, again }));
    printFigures(context, {
      firstSeconds: first.seconds,
      againSeconds: again.seconds,
      papersPerSecond: first.papers / first.seconds,
      peakRssMb: first.peaks.parent + first.peaks.child,
      parentPeakMb: first.peaks.parent,
      childPeakMb: first.peaks.child,
    });
  });
}

interface IngestRun {
  readonly seconds: number;
  readonly papers: number;
  readonly peaks: Peaks;
}

async function runIngest({ signal }: CommandContext, folder: string): Promise<IngestRun> {
  const start = performance.now();
  const child = startNode({ args: [MAIN, 'ingest'], settings: { DATA_DIR: folder }, signal });
  const peaks = watchPeaks(child.process.pid ?? 0);
  await child.done();
  const seconds = (performance.now() - start) / 1000;
  const papers = Number(PAPERS_LINE.exec(child.stdout())?.[1] ?? 0);
  return { seconds, papers, peaks: await peaks };
}

function ingestTable({
  first,
  again,
}: {
  readonly first: IngestRun;
  readonly again: IngestRun;
}): BenchTable {
  const row = (name: string, { seconds, papers, peaks }: IngestRun) => [
    name,
    `${seconds.toFixed(1)} s`,
    (papers / seconds).toFixed(1),
    megabytes(peaks.parent),
    peaks.child === 0 ? 'none' : megabytes(peaks.child),
  ];
  return {
    title: `Ingest of the shipped pages, ${first.papers} papers, the whole process`,
    rows: [
      ['run', 'wall time', 'papers a second', 'peak, parent', 'peak, child'],
      row('first, into an empty folder', first),
      row('again, unchanged', again),
    ],
    notes: ['Peaks are high-water marks of resident memory; the JSON adds both up.'],
  };
}
