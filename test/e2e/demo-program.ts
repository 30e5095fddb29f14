import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { startFootnote, written } from '../commands/run-footnote.ts';
import { CHROMIUM } from './browser.ts';
import { ALONE, whyNoLocalSlack } from './local-slack.ts';

/** Runs a demo again where there is no network but loopback, if it can be run here; its exit code. */
export async function runAlone(
  script: string,
  {
    picture,
    more = [],
  }: { readonly picture: string | undefined; readonly more?: readonly string[] },
): Promise<number> {
  const why = whyNoLocalSlack();
  if (why !== undefined) {
    process.stderr.write(`The demo cannot run: ${why}.\n`);
    return 1;
  }
  if (picture !== undefined && CHROMIUM === undefined) {
    process.stderr.write('There is no picture without Chromium: set CHROMIUM to where it is.\n');
    return 1;
  }
  const flags = picture === undefined ? more : [...more, '--picture', resolve(picture)];
  const inside = [...ALONE, process.execPath, script, '--inside', ...flags];
  const child = spawn('unshare', inside, { stdio: 'inherit' });
  const [code] = await once(child, 'close');
  return Number(code);
}

/** The program as a process, started and ended more than once. */
export function createProgram(dataDir: string) {
  let running: { readonly child: ChildProcess; readonly ended: Promise<unknown> } | undefined;
  return {
    async start(env: Readonly<Record<string, string>>, ready?: RegExp): Promise<void> {
      const child = startFootnote(['start'], { dataDir, env });
      running = { child, ended: once(child, 'close') };
      const isThere = written(child, /answers in Slack, in the workspace Demo/);
      await Promise.all([isThere, ...(ready === undefined ? [] : [written(child, ready)])]);
    },
    async end(signal: NodeJS.Signals): Promise<void> {
      running?.child.kill(signal);
      await running?.ended;
      running = undefined;
    },
  };
}

/** One thing that people do, and what must come of it. */
interface DemoStep<T> {
  readonly name: string;
  /** What it prints; throws when what should come does not. */
  run(given: T): Promise<readonly string[]>;
}

/** Runs steps one after the other and prints them; how many failed. */
export async function runSteps<T>(
  steps: readonly DemoStep<T>[],
  given: T,
  before = 0,
): Promise<number> {
  let failed = 0;
  for (const [i, { name, run }] of steps.entries()) {
    process.stdout.write(`\n${before + i + 1}. ${name}\n`);
    try {
      for (const line of await run(given)) process.stdout.write(`   ${line}\n`);
    } catch (error) {
      failed += 1;
      process.stdout.write(
        `   FAILED: ${error instanceof Error ? error.message : String(error)}\n`,
      );
    }
  }
  return failed;
}
