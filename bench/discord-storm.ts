import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandContext } from '../src/commands/command.ts';
import { QUESTIONS_FILE } from '../src/commands/eval-questions.ts';
import { percentile } from '../src/eval/metrics.ts';
import { loadQuestions } from '../src/eval/questions.ts';
import { FaultDiscord } from '../test/fakes/fault-discord/fault-discord.ts';
import { type Asked, hasButtons, type Tally, textOf } from '../test/fakes/fault-discord/journal.ts';
import type { StoredMessage } from '../test/fakes/fault-discord/model.ts';
import { seededRandom } from '../test/papers/seeded-random.ts';
import { withTempFolder } from './child.ts';
import { createStormBot, type StormBot } from './discord-storm-bot.ts';
import { type Crowd, createCrowd } from './discord-storm-crowd.ts';
import { makePagesIndex } from './pages-index.ts';
import { ms, printFigures, printTable } from './report.ts';

/** Not measured: the first questions wait for the model. */
const WARM_UP = { questions: 20, everyMs: 300 };
const CALM = { questions: 200, everyMs: 100 };
const STORM = { questions: 600, everyMs: 100 };
/** After so many questions of the storm. */
const KILL_AFTER: readonly number[] = [200, 400];
/** A prime number of them: nobody puts the same one twice in a channel. */
const QUESTIONS = 113;
const FAILING = 0.05;
const PATIENCE_MS = 120_000;
/** Longer than a lease and a wait before a second try: what is sent twice would stand by then. */
const AFTERMATH_MS = 25_000;
const LATE_MS = 1_500;
/** Discord's component that is shown as a card. */
const CONTAINER = 17;
/** A marker in an answer: its sources and buttons are yet to come. */
const CITES = /\\\[\[\d+\]\(</;

/** `bench discord-storm`: questions by the hundred, calls that fail, and a bot that is killed. */
export async function benchDiscordStorm(context: CommandContext): Promise<void> {
  await makePagesIndex(context);
  const measured = await withTempFolder((folder) => measure(context, folder));
  print(context, measured);
  const { tally, breaches } = measured;
  const { lost, doubled } = tally;
  if (lost.length === 0 && doubled.length === 0 && breaches.length === 0) return;
  const named = [...lost, ...doubled]
    .slice(0, 5)
    .map(({ id, kind, text }) => `${kind} ${id} ${text}`);
  throw new Error(
    `The storm cost ${lost.length} answers and doubled ${doubled.length}: ${named.join('; ')}\n${breaches.slice(0, 5).join('\n')}`,
  );
}

interface Measured {
  readonly calm: readonly Asked[];
  readonly storm: readonly Asked[];
  readonly tally: Tally;
  readonly answeredLater: number;
  readonly discord: FaultDiscord;
  readonly breaches: readonly string[];
  readonly tookMs: number;
}

async function measure(context: CommandContext, folder: string): Promise<Measured> {
  const { signal, config } = context;
  const discord = await FaultDiscord.start();
  const settings = { DATA_DIR: folder, INDEX_LOCATION: join(config.dataDir, 'cache', 'pages') };
  const bot = createStormBot({ discord, settings, signal });
  try {
    const questions = (await loadQuestions(QUESTIONS_FILE))
      .filter(({ history, type }) => history.length === 0 && type !== 'meta')
      .map(({ question }) => question)
      .slice(0, QUESTIONS);
    const crowd = createCrowd({ discord, questions, random: seededRandom(6) });
    await bot.start();
    await askAtPace(crowd, WARM_UP, signal);
    await answered(discord, signal);
    await askAtPace(crowd, CALM, signal);
    await answered(discord, signal);
    const [calm, before] = [
      discord.journal.asked.slice(WARM_UP.questions),
      discord.journal.asked.length,
    ];
    const tookMs = await rage({ discord, crowd, bot, signal });
    await answered(discord, signal);
    await sleep(AFTERMATH_MS, undefined, { signal });
    const { journal } = discord;
    const tally = journal.tally(isFinished);
    const answeredLater = tally.didNotRespond.filter((asked) =>
      journal.standingFor(asked).some(isFinished),
    );
    const breaches = discord.takeBreaches();
    return {
      ...{ calm, storm: journal.asked.slice(before), tally, discord, breaches, tookMs },
      answeredLater: answeredLater.length,
    };
  } finally {
    await bot.stop();
    discord.takeBreaches();
    await discord.close();
  }
}

interface Rage {
  readonly discord: FaultDiscord;
  readonly crowd: Crowd;
  readonly bot: StormBot;
  readonly signal: AbortSignal;
}

/** The storm itself; how long it took. */
async function rage({ discord, crowd, bot, signal }: Rage): Promise<number> {
  discord.faults.atRandom(FAILING, seededRandom(7));
  const start = performance.now();
  const restarts: Promise<void>[] = [];
  let asked = 0;
  for (const upTo of [...KILL_AFTER, STORM.questions]) {
    await askAtPace(crowd, { ...STORM, questions: upTo - asked }, signal);
    asked = upTo;
    if (asked < STORM.questions) restarts.push(bot.killAndRestart());
  }
  const took = performance.now() - start;
  await Promise.all(restarts);
  return took;
}

/** One question every so often, by the clock: what takes long delays none of the next. */
async function askAtPace(
  crowd: Crowd,
  { questions, everyMs }: typeof CALM,
  signal: AbortSignal,
): Promise<void> {
  const start = performance.now();
  for (let n = 0; n < questions; n += 1) {
    crowd.ask();
    const wait = start + (n + 1) * everyMs - performance.now();
    await sleep(Math.max(0, wait), undefined, { signal });
  }
}

/** The last card of an answer has buttons; a card that cites nothing is a whole answer. */
function isFinished(message: StoredMessage): boolean {
  const isCard = message.components.some(({ type }) => type === CONTAINER);
  return isCard && (hasButtons(message) || !CITES.test(textOf(message)));
}

/** Waits until the fake sees an end for all, or patience ends: the tally tells. */
async function answered(discord: FaultDiscord, signal: AbortSignal): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (performance.now() < end) {
    await sleep(1_000, undefined, { signal });
    if (discord.journal.tally(isFinished).lost.length === 0) return;
  }
}

function print(context: CommandContext, measured: Measured): void {
  const { calm, storm, tally, answeredLater, discord, tookMs } = measured;
  const [calmWaits, stormWaits] = [calm, storm].map((asked) =>
    discord.journal.waits(interactions(asked)),
  );
  const unheard = tally.didNotRespond.filter(({ reached }) => reached === 0).length;
  const row = (name: string, asked: readonly Asked[], waits: readonly number[] = []) => [
    name,
    String(asked.length),
    ms(percentile(waits, 0.5)),
    ms(percentile(waits, 0.95)),
    ms(Math.max(0, ...waits)),
    String(waits.filter((wait) => wait > LATE_MS).length),
  ];
  printTable(context, {
    title: `Questions to a Discord that fails, ${Math.round(tookMs / 1_000)} s of storm`,
    rows: [
      ['phase', 'questions', 'ack p50', 'ack p95', 'ack worst', `over ${ms(LATE_MS)}`],
      row('calm, 10 a second', calm, calmWaits),
      row('storm', storm, stormWaits),
    ],
    notes: [
      `Every second a slash command, else a mention; every fifth was delivered twice; ${discord.faults.met} calls failed,`,
      `${discord.limits.refused} came too often; the bot was killed ${KILL_AFTER.length} times and logged in ${discord.gateway.counts.identified} times.`,
      `"Did not respond" was shown for ${tally.didNotRespond.length} commands: ${unheard} came while no bot was connected, the others`,
      `went to a process that was killed before it acknowledged them; ${answeredLater} of all were answered even so.`,
      `Lost: ${tally.lost.length}. Doubled: ${tally.doubled.length}. Mentions that came while no bot was there count as any other.`,
    ],
  });
  printFigures(context, {
    questions: storm.length,
    kills: KILL_AFTER.length,
    lost: tally.lost.length,
    doubled: tally.doubled.length,
    ackP95Ms: percentile(calmWaits ?? [], 0.95),
  });
}

function interactions(asked: readonly Asked[]): readonly Asked[] {
  return asked.filter(({ kind }) => kind === 'interaction');
}
