import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { startFootnote, written } from '../commands/run-footnote.ts';

/** The program as a process, started and ended more than once. */
export interface DemoProgram {
  /** Ends when it answers in its room, and when it has written what fits. */
  start(env: Readonly<Record<string, string>>, ready?: RegExp): Promise<void>;
  end(signal: NodeJS.Signals): Promise<void>;
}

/** `room` is what it writes once it answers. */
export function createProgram(dataDir: string, room: RegExp): DemoProgram {
  let running: { readonly child: ChildProcess; readonly ended: Promise<unknown> } | undefined;
  return {
    async start(env, ready) {
      const child = startFootnote(['start'], { dataDir, env });
      running = { child, ended: once(child, 'close') };
      const isThere = written(child, room);
      await Promise.all([isThere, ...(ready === undefined ? [] : [written(child, ready)])]);
    },
    async end(signal) {
      running?.child.kill(signal);
      await running?.ended;
      running = undefined;
    },
  };
}

/** One thing that people do, and what must come of it. */
export interface DemoStep<Talk> {
  readonly name: string;
  /** What it prints of the conversation; throws when what should come does not. */
  run(talk: Talk): Promise<readonly string[]>;
}

/** Does the steps in turn and prints them; returns how many failed. */
export async function runSteps<Talk>(
  steps: readonly DemoStep<Talk>[],
  given: Talk,
  before = 0,
): Promise<number> {
  let failed = 0;
  for (const [i, { name, run }] of steps.entries()) {
    process.stdout.write(`\n${before + i + 1}. ${name}\n`);
    try {
      for (const line of await run(given)) process.stdout.write(`   ${line}\n`);
    } catch (error) {
      failed += 1;
      const why = error instanceof Error ? error.message : String(error);
      process.stdout.write(`   FAILED: ${why}\n`);
    }
  }
  return failed;
}
