import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { CommandContext } from '../src/commands/command.ts';
import { QUESTIONS_FILE } from '../src/commands/eval-questions.ts';
import { loadQuestions } from '../src/eval/questions.ts';
import { MAIN, type NodeChild, startNode, stopChild, withTempFolder } from './child.ts';
import { makePagesIndex } from './pages-index.ts';
import { childrenOf, readMemory } from './process-memory.ts';
import { type BenchTable, megabytes, printFigures, printTable } from './report.ts';

const BUDGET_MB = 450;
const QUESTIONS = 50;
const IDLE_MS = 10_000;
const LOOK_EVERY_MS = 200;
const AT = /Footnote is at (\S+)/;
const Ready = z.object({ phase: z.string() });

// As `npm start` runs it.
const START_FLAGS = ['--max-semi-space-size=4'];

/** `bench memory`: what the idle server holds, with an index there and after building one. */
export async function benchMemory(context: CommandContext): Promise<void> {
  await makePagesIndex(context);
  const location = join(context.config.dataDir, 'cache', 'pages');
  const existing = await withTempFolder((folder) =>
    measureServer(context, { DATA_DIR: folder, INDEX_LOCATION: location }),
  );
  const built = await withTempFolder((folder) => measureServer(context, { DATA_DIR: folder }));
  printTable(context, memoryTable({ existing, built }));
  printFigures(context, {
    idleMb: existing.idle,
    afterQuestionsMb: existing.questions,
    afterBuildMb: built.start,
    afterStartMb: existing.start,
    afterBuildAndQuestionsMb: built.questions,
    afterBuildIdleMb: built.idle,
  });
}

/** Resident MB of the server. */
interface ServerMemory {
  /** Its index whole, its child gone, nothing asked yet. */
  readonly start: number;
  /** Right after the questions. */
  readonly questions: number;
  /** The same some seconds later. */
  readonly idle: number;
}

async function measureServer(
  { signal }: CommandContext,
  settings: Readonly<Record<string, string>>,
): Promise<ServerMemory> {
  const place = { HOST: '127.0.0.1', PORT: '0' };
  const child = startNode({
    args: [...START_FLAGS, MAIN, 'start'],
    settings: { ...settings, ...place },
    signal,
  });
  try {
    const url = await addressOf(child, signal);
    await untilReady(url, signal);
    await untilAlone(child, signal);
    const start = await residentOf(child);
    await askAll(url, signal);
    const questions = await residentOf(child);
    await sleep(IDLE_MS, undefined, { signal });
    return { start, questions, idle: await residentOf(child) };
  } finally {
    await stopChild(child.process);
  }
}

async function addressOf({ process, stderr }: NodeChild, signal: AbortSignal): Promise<string> {
  for (;;) {
    const url = AT.exec(stderr())?.[1];
    if (url !== undefined) return url;
    if (process.exitCode !== null) throw new Error(`The server did not start:\n${stderr()}`);
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}

async function untilReady(url: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    const response = await fetch(new URL('/readyz', url), { signal });
    const { phase } = Ready.parse(await response.json());
    if (phase === 'ready') return;
    if (phase === 'failed') throw new Error('The server could not build its index.');
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}

/** Waits for the embedding child to end, then as long as a server needs to come to rest. */
async function untilAlone(child: NodeChild, signal: AbortSignal): Promise<void> {
  while ((await childrenOf(child.process.pid ?? 0)).length > 0) {
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
  await sleep(IDLE_MS, undefined, { signal });
}

async function askAll(url: string, signal: AbortSignal): Promise<void> {
  const questions = await loadQuestions(QUESTIONS_FILE);
  for (const { question } of questions.slice(0, QUESTIONS)) {
    const response = await fetch(new URL('/api/ask', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ question }),
      signal,
    });
    if (!response.ok) throw new Error(`"${question}" was answered with ${response.status}.`);
    await response.text();
  }
}

async function residentOf({ process, stderr }: NodeChild): Promise<number> {
  const memory = await readMemory(process.pid ?? 0);
  if (memory === undefined) throw new Error(`The server ended too soon:\n${stderr()}`);
  return memory.resident;
}

function memoryTable({
  existing,
  built,
}: {
  readonly existing: ServerMemory;
  readonly built: ServerMemory;
}): BenchTable {
  const row = (name: string, { start, questions, idle }: ServerMemory) => [
    name,
    ...[start, questions, idle].map(megabytes),
  ];
  return {
    title: 'Resident memory of the server',
    rows: [
      ['server', 'after start', `after ${QUESTIONS} questions`, `${IDLE_MS / 1000} s later`],
      row('with an index', existing),
      row('had to build the index first', built),
    ],
    notes: [
      `Budget when idle: ${megabytes(BUDGET_MB)}. "After start" is ${IDLE_MS / 1000} s idle.`,
    ],
  };
}
