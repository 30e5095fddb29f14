import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandContext } from '../src/commands/command.ts';
import { MAIN, startNode, withTempFolder } from './child.ts';
import { childrenOf, readMemory } from './process-memory.ts';
import { type BenchTable, megabytes, printFigures, printTable } from './report.ts';

const LOOK_EVERY_MS = 50;
const PAPERS_LINE = /^(\d+) papers in the index/m;

/** `bench ingest`: the shipped pages into an empty folder, then once more with nothing new. */
export async function benchIngest(context: CommandContext): Promise<void> {
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

/** The most memory, in MB, of the process and of the one it starts to embed; 0 without one. */
interface Peaks {
  readonly parent: number;
  readonly child: number;
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

/** Looks at the process and its children until it ends. */
async function watchPeaks(pid: number): Promise<Peaks> {
  let parent = 0;
  const children = new Map<number, number>();
  for (;;) {
    const memory = await readMemory(pid);
    if (memory === undefined) return { parent, child: Math.max(0, ...children.values()) };
    parent = memory.peak;
    for (const id of await childrenOf(pid)) {
      children.set(id, (await readMemory(id))?.peak ?? children.get(id) ?? 0);
    }
    await sleep(LOOK_EVERY_MS);
  }
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
