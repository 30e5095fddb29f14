import { type ChildProcess, fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Subscription } from '../src/digest/subscription.ts';
import { FootnoteError } from '../src/errors.ts';
import { openStore } from '../src/store/open-store.ts';
import type { Bench } from './benches.ts';
import { ROOT, withTempFolder } from './child.ts';
import { DigestPlatform, type Fault } from './digest-platform.ts';
import { judge } from './digest-verdict.ts';
import {
  DAY_MS,
  DAYS,
  DELETED,
  type DigestWorld,
  HOUR_MS,
  makePapers,
  makeSubscriptions,
  OFFLINE,
  START,
} from './digest-world.ts';
import { printFigures, printTable } from './report.ts';

const STEP_MS = HOUR_MS;
const WORKERS = 2;
const KILL_DAYS = [2, 7, 13, 18, 22, 26, 36, 41, 48, 53];
const SEED = 20_260_920;

interface Worker {
  readonly name: string;
  readonly child: ChildProcess;
  /** The last time it has worked off; rejects never, ends as well when it dies. */
  until(time: number): Promise<void>;
}

/** How each worker is killed: in the middle of a post, or at some moment of a step. */
type Kill = { readonly at: number; readonly how: 'after-storing' | 'some-moment' };

/** Sixty days of digests in two processes that are killed, on a platform that fails; see the table. */
export const benchDigestSimulation: Bench = (context) =>
  withTempFolder(async (folder) => {
    const subscriptions = makeSubscriptions();
    const simulation = new Simulation(folder, subscriptions);
    try {
      await simulation.run(context.signal);
    } finally {
      simulation.close();
    }
    const { platform, kills } = simulation;
    const outcome = judge(platform, subscriptions);
    printTable(context, {
      title: 'Digests over sixty days, two processes, clocks that change both ways',
      rows: [
        ['', 'count'],
        [
          'channels / subscriptions',
          `${new Set(subscriptions.map(({ place }) => place.channelId)).size} / ${subscriptions.length}`,
        ],
        ['digests posted', String(platform.posts.length)],
        ['processes killed (SIGKILL)', String(kills)],
        ['stored, but answered with an error', String(platform.faults['lost-reply'])],
        ['platform away', String(platform.faults.unavailable)],
        ['told to come later', String(platform.faults['rate-limited'])],
        ['came too soon all the same', String(platform.tooSoon)],
        [
          'owners told of a deleted channel',
          String([...platform.told.values()].reduce((a, b) => a + b, 0)),
        ],
        ['catch-ups after three days offline', String(outcome.caughtUp)],
      ],
    });
    const { doubled, missed, repeatedPapers } = outcome;
    printFigures(context, { days: DAYS, kills, doubled, missed, repeatedPapers });
    const wrong = doubled + missed + repeatedPapers + outcome.unexpected;
    // Who is killed takes with it when it was told to come again.
    if (
      wrong > 0 ||
      platform.tooSoon > kills ||
      kills < KILL_DAYS.length ||
      platform.told.size !== 1 ||
      [...platform.told.values()][0] !== 1
    ) {
      throw new FootnoteError('input', `The simulation does not hold: ${JSON.stringify(outcome)}.`);
    }
  });

class Simulation {
  kills = 0;
  readonly platform: DigestPlatform;
  readonly #folder: string;
  readonly #subscriptions: readonly Subscription[];
  readonly #random = seeded(SEED);
  readonly #workers: (Worker | undefined)[] = Array.from({ length: WORKERS });
  readonly #restartAt: number[] = Array.from({ length: WORKERS }, () => 0);
  #time = START;
  /** The worker that dies when the platform has next stored something of its. */
  #doomed: string | undefined;

  constructor(folder: string, subscriptions: readonly Subscription[]) {
    this.#folder = folder;
    this.#subscriptions = subscriptions;
    this.platform = new DigestPlatform({
      now: () => this.#time,
      fault: () => this.#fault(),
      isGone: (channel) =>
        channel === DELETED.channelId && this.#time >= START + DELETED.onDay * DAY_MS,
      afterStoring: (worker) => {
        if (worker === this.#doomed) this.#kill(worker);
      },
    });
  }

  async run(signal: AbortSignal): Promise<void> {
    const storeFile = join(this.#folder, 'state.db');
    const platformUrl = await this.platform.listen();
    const world: DigestWorld = { storeFile, platformUrl, papers: makePapers() };
    writeFileSync(this.#worldFile, JSON.stringify(world));
    const { digestStores: digests, close } = await openStore({ file: storeFile });
    for (const subscription of this.#subscriptions) await digests.subscriptions.add(subscription);
    await close();
    const kills = this.#planKills();
    for (; this.#time < START + DAYS * DAY_MS; this.#time += STEP_MS) {
      signal.throwIfAborted();
      await this.#step(kills.filter(({ at }) => at === this.#time));
    }
  }

  close(): void {
    for (const worker of this.#workers) worker?.child.kill('SIGKILL');
    this.platform.close();
  }

  get #worldFile(): string {
    return join(this.#folder, 'world.json');
  }

  async #step(kills: readonly Kill[]): Promise<void> {
    const isOffline = this.#time >= OFFLINE.from && this.#time < OFFLINE.to;
    if (isOffline) return this.#stopAll();
    await Promise.all(this.#workers.map((worker, i) => worker ?? this.#start(i)));
    for (const { how } of kills) this.#planKill(how);
    const alive = this.#workers.filter((worker) => worker !== undefined);
    await Promise.all(
      alive.map((worker) => {
        const done = worker.until(this.#time);
        worker.child.send({ now: this.#time });
        return done;
      }),
    );
  }

  /** Never while all are offline, nor in the last days. */
  #planKills(): readonly Kill[] {
    return KILL_DAYS.map((day, k) => ({
      at: START + day * DAY_MS + Math.floor(this.#random() * 24) * HOUR_MS,
      how: k % 2 === 0 ? 'after-storing' : 'some-moment',
    }));
  }

  #planKill(how: Kill['how']): void {
    const alive = this.#workers.filter((worker) => worker !== undefined);
    const victim = alive[Math.floor(this.#random() * alive.length)];
    if (victim === undefined) return;
    if (how === 'after-storing') this.#doomed = victim.name;
    else setTimeout(() => this.#kill(victim.name), this.#random() * 30);
  }

  #kill(name: string): void {
    const at = this.#workers.findIndex((worker) => worker?.name === name);
    const worker = this.#workers[at];
    if (worker === undefined) return;
    this.#doomed = undefined;
    this.kills++;
    worker.child.kill('SIGKILL');
    this.#workers[at] = undefined;
    this.#restartAt[at] = this.#time + Math.ceil(this.#random() * 3) * STEP_MS;
  }

  async #start(i: number): Promise<void> {
    if (this.#time < (this.#restartAt[i] ?? 0)) return;
    const name = `worker-${i}-${this.#time / STEP_MS}`;
    const child = fork(join(ROOT, 'bench', 'digest-worker.ts'), [this.#worldFile, name], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const ready = new Promise<void>((resolve, reject) => {
      child.once('message', () => resolve());
      child.once('exit', () => reject(new Error('A worker ended before it was ready.')));
    });
    await ready;
    this.#workers[i] = { name, child, until: (time) => untilDone(child, time) };
  }

  #stopAll(): void {
    for (const [i, worker] of this.#workers.entries()) {
      worker?.child.send('end');
      this.#workers[i] = undefined;
    }
  }

  #fault(): Fault {
    const die = this.#random();
    if (die < 0.08) return 'lost-reply';
    if (die < 0.13) return 'unavailable';
    return die < 0.17 ? 'rate-limited' : 'none';
  }
}

function untilDone(child: ChildProcess, time: number): Promise<void> {
  return new Promise((resolve) => {
    const heard = (message: unknown) => {
      const isDone = typeof message === 'object' && message !== null && 'done' in message;
      if (isDone && message.done === time) end();
    };
    const end = () => {
      child.off('message', heard);
      child.off('exit', end);
      resolve();
    };
    child.on('message', heard);
    child.on('exit', end);
  });
}

/** Mulberry32, so that a run can be repeated. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
