import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandContext } from '../src/commands/command.ts';
import { QUESTIONS_FILE } from '../src/commands/eval-questions.ts';
import { loadQuestions } from '../src/eval/questions.ts';
import { openStore } from '../src/store/open-store.ts';
import { type HostileSlack, startHostileSlack } from '../test/fakes/hostile-slack/hostile-slack.ts';
import { withTempFolder } from './child.ts';
import { makePagesIndex } from './pages-index.ts';
import { printFigures } from './report.ts';
import { createStormBot, type StormBot } from './slack-storm-process.ts';
import { type Phase, printStorm, spread } from './slack-storm-report.ts';

const CALM = { questions: 250, aSecond: 10, share: 0 };
const STORM = { questions: 2_000, aSecond: 2_000 / 60, share: 0.05 };
const CHANNELS = 50;
const PEOPLE = 300;
const TWICE = 5;
/** Of the storm's questions, after which the bot is killed. */
const KILLS = [0.35, 0.7];
const PATIENCE_MS = 600_000;
/** Nothing more comes of what was answered twice after this. */
const AFTERMATH_MS = 5_000;

/**
 * `bench slack-storm`: two thousand questions in a minute on a Slack of ill will, and a bot that is
 * killed twice meanwhile. Slack itself counts what it was not answered, and what twice.
 */
export async function benchSlackStorm(context: CommandContext): Promise<void> {
  await makePagesIndex(context);
  const texts = (await loadQuestions(QUESTIONS_FILE)).map(({ question }) => question);
  const slack = await startHostileSlack({ tiers: true });
  try {
    await withTempFolder(async (folder) => {
      const bot = createStormBot({ folder, slack, context });
      try {
        await runStorm({ context, slack, bot, texts });
      } finally {
        await bot.end();
      }
    });
  } finally {
    await slack.close();
  }
}

interface Storm {
  readonly context: CommandContext;
  readonly slack: HostileSlack;
  readonly bot: StormBot;
  readonly texts: readonly string[];
}

async function runStorm(storm: Storm): Promise<void> {
  const { context, slack, bot } = storm;
  await bot.start();
  const calm = await ask(storm, CALM);
  await untilAnswered(storm);
  const stormy = await ask(storm, STORM);
  const drainMs = await untilAnswered(storm);
  await sleep(AFTERMATH_MS, undefined, { signal: context.signal });
  const { journal } = slack;
  if (journal.violations.length > 0) {
    const first = [...new Set(journal.violations)].slice(0, 5).join('; ');
    throw new Error(`Slack was sent what it should never get: ${first}`);
  }
  printStorm(context, { slack, calm, stormy, drainMs, kills: bot.kills });
  const [lost, doubled] = [journal.lost.length, journal.doubled.length];
  const statusP95Ms = spread(journal.statusDelays(calm.asked)).p95;
  printFigures(context, {
    questions: stormy.asked.length,
    kills: bot.kills,
    lost,
    doubled,
    statusP95Ms,
  });
  if (lost + doubled > 0)
    throw new Error(`${lost} questions were lost, ${doubled} answered twice.`);
}

/** Puts questions at an even pace in channels at random, each to the app's name. */
async function ask(
  { context, slack, bot, texts }: Storm,
  { questions, aSecond, share }: typeof CALM,
): Promise<Phase> {
  const startedAt = slack.now();
  const asked: ReturnType<typeof slack.people.mention>[] = [];
  const random = createRandom();
  const kills = share === 0 ? [] : KILLS.map((part) => Math.round(part * questions));
  slack.faults.atRandom(share);
  for (let n = 0; n < questions; n += 1) {
    const wait = startedAt + (n * 1_000) / aSecond - slack.now();
    if (wait > 0) await sleep(wait, undefined, { signal: context.signal });
    if (kills.includes(n)) void bot.killAndRestart();
    const channel = `C${1 + Math.floor(random() * CHANNELS)}`;
    const user = `U${1 + Math.floor(random() * PEOPLE)}`;
    // Each in words of its own: none is answered from what was asked before.
    const text = `${texts[n % texts.length]} (asked as number ${slack.journal.asked.length})`;
    const question = slack.people.mention(text, { channel, user });
    asked.push(question);
    if (share > 0 && n % TWICE === 0) slack.people.again(question);
  }
  return { asked, startedAt, endedAt: slack.now() };
}

/** Ends when Slack has nothing more to say and the bot's queue is empty; how long that took. */
async function untilAnswered({ context: { signal }, slack, bot }: Storm): Promise<number> {
  const from = slack.now();
  const store = await openStore({ file: bot.stateFile });
  try {
    for (;;) {
      const { waiting, working } = await store.queue.load();
      const isHeard = slack.sockets.sent.every(
        ({ ackedAt, isLost = false }) => ackedAt !== undefined || isLost,
      );
      if (waiting + working === 0 && isHeard) return slack.now() - from;
      if (slack.now() - from > PATIENCE_MS) throw new Error(`${waiting + working} still wait.`);
      await sleep(500, undefined, { signal });
    }
  } finally {
    await store.close();
  }
}

/** A linear congruential generator, as in Numerical Recipes: every run asks in the same places. */
function createRandom(): () => number {
  let seed = 11;
  return () => {
    seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return seed / 2 ** 32;
  };
}
