import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { CommandContext } from '../src/commands/command.ts';
import { seededRandom } from '../test/papers/seeded-random.ts';
import { startNode, withTempFolder } from './child.ts';
import { type Peaks, watchPeaks } from './ingest-peaks.ts';
import { type Found, lookInto } from './ingest-verify.ts';
import { WANTED, writeKaggleFile } from './kaggle-lines.ts';
import { realRate } from './real-rate.ts';
import { megabytes, printFigures, printTable } from './report.ts';
import { COUNTED_BYTES } from './stand-in-embedder.ts';

/** How much is ingested, and how often it is killed meanwhile. */
export interface BulkBench {
  readonly papers: number;
  readonly kills: number;
  /** Of what the file is made of. */
  readonly seed: number;
  /** A number in [0, 1): when the kills come. */
  readonly random: () => number;
}

/** What came of it. */
export interface BulkOutcome extends Found {
  readonly kills: number;
  readonly seconds: number;
  readonly peaks: Peaks;
}

const PROGRAM = fileURLToPath(new URL('ingest-stand-in.ts', import.meta.url));
const SEED = 20_261_126;
const MOST_RSS_MB = 1_000;
const LOOK_EVERY_MS = 20;
// So much later than a computation that a kill may hit whatever comes between two of them.
const LATER_MS = 700;

/** `bench ingest --n N --kill K`: N lines of Kaggle's form, killed K times and run again. */
export async function benchBulkIngest(
  context: CommandContext,
  { papers, kills }: Pick<BulkBench, 'papers' | 'kills'>,
): Promise<void> {
  const seed = Date.now();
  const random = seededRandom(seed);
  const outcome = await withTempFolder((folder) =>
    ingestKilled(context, { folder, bench: { papers, kills, seed: SEED, random } }),
  );
  const real = await realRate(context);
  const { lost, doubled, recomputed, seconds, peaks } = outcome;
  printTable(context, {
    title: `Ingest of ${papers.toLocaleString('en')} papers, killed ${outcome.kills} times and resumed`,
    rows: [
      ['', 'wall time', 'papers a second', 'peak, ingest', 'peak, its child'],
      [
        'stand-in vectors',
        `${seconds.toFixed(1)} s`,
        (papers / seconds).toFixed(0),
        megabytes(peaks.parent),
        megabytes(peaks.child),
      ],
      [
        `the real model, ${real.papers} papers`,
        `${real.seconds.toFixed(1)} s`,
        real.rate.toFixed(1),
        '',
        '',
      ],
    ],
    notes: [
      `${lost} papers lost, ${doubled} rows doubled, ${recomputed} vectors computed twice; kills drawn from seed ${seed}.`,
      'Peaks are high-water marks of resident memory, of all runs the highest.',
    ],
  });
  const rssMb = peaks.parent;
  const figures = { papers, kills: outcome.kills, seconds, realPapersPerSecond: real.rate };
  printFigures(context, { lost, doubled, recomputed, rssMb, ...figures });
  const isWhole = lost + doubled + recomputed === 0 && rssMb < MOST_RSS_MB;
  if (!isWhole || outcome.kills < kills) throw failed(outcome, kills);
}

/** Makes the file, ingests it with kills and looks at what is there. */
export async function ingestKilled(
  context: Pick<CommandContext, 'signal'>,
  { folder, bench }: { readonly folder: string; readonly bench: BulkBench },
): Promise<BulkOutcome> {
  const place: Place = {
    file: join(folder, 'arxiv.jsonl'),
    counted: join(folder, 'counted'),
    dataDir: join(folder, 'data'),
  };
  await writeKaggleFile({ file: place.file, papers: bench.papers, seed: bench.seed });
  const start = performance.now();
  let peaks: Peaks = { parent: 0, child: 0 };
  let kills = 0;
  for (let run = 0; run <= bench.kills; run++) {
    const share = (run + bench.random()) / (bench.kills + 1);
    const at = { counted: share * bench.papers, laterMs: bench.random() * LATER_MS };
    const ended = await runOnce(context, place, run < bench.kills ? at : undefined);
    if (ended.isKilled) kills += 1;
    peaks = {
      parent: Math.max(peaks.parent, ended.peaks.parent),
      child: Math.max(peaks.child, ended.peaks.child),
    };
  }
  const seconds = (performance.now() - start) / 1_000;
  return { ...(await lookInto(place)), kills, seconds, peaks };
}

/** Where the file, the count of computations and the library are. */
export interface Place {
  readonly file: string;
  readonly counted: string;
  readonly dataDir: string;
}

interface RunEnd {
  readonly isKilled: boolean;
  readonly peaks: Peaks;
}

/** One run, killed so much later than so many texts were computed; without that, to its end. */
async function runOnce(
  { signal }: Pick<CommandContext, 'signal'>,
  { file, counted, dataDir }: Place,
  kill: { readonly counted: number; readonly laterMs: number } | undefined,
): Promise<RunEnd> {
  const args = [PROGRAM, counted, ...WANTED, file];
  const child = startNode({ args, settings: { DATA_DIR: dataDir }, signal });
  const watching = watchPeaks(child.process.pid ?? 0);
  const done = child.done();
  if (kill === undefined) {
    await done;
    return { isKilled: false, peaks: await watching };
  }
  const ended = done.then(
    () => {},
    () => {},
  );
  while (computedIn(counted) < kill.counted && child.process.exitCode === null) {
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
  await sleep(kill.laterMs, undefined, { signal });
  const isKilled = child.process.kill('SIGKILL');
  await ended;
  signal.throwIfAborted();
  return { isKilled: isKilled && child.process.signalCode === 'SIGKILL', peaks: await watching };
}

function computedIn(counted: string): number {
  return (statSync(counted, { throwIfNoEntry: false })?.size ?? 0) / COUNTED_BYTES;
}

function failed({ lost, doubled, recomputed, peaks, kills }: BulkOutcome, wanted: number): Error {
  const found = `${lost} lost, ${doubled} doubled, ${recomputed} recomputed, ${megabytes(peaks.parent)}`;
  return new Error(`${basename(PROGRAM)}: ${found}, ${kills} of ${wanted} kills hit.`);
}
