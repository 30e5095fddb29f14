import type { CommandContext } from '../src/commands/command.ts';
import type { HostileSlack } from '../test/fakes/hostile-slack/hostile-slack.ts';
import type { AskedThere } from '../test/fakes/hostile-slack/journal.ts';
import { type BenchTable, ms, printTable } from './report.ts';

/** The questions of a while, and when they were asked. */
export interface Phase {
  readonly asked: readonly AskedThere[];
  readonly startedAt: number;
  readonly endedAt: number;
}

interface StormFigures {
  readonly slack: HostileSlack;
  readonly calm: Phase;
  readonly stormy: Phase;
  readonly drainMs: number;
  readonly kills: number;
}

const BUDGET_MS = 150;

/** The middle and the slow end of times. */
export function spread(values: readonly number[]): { readonly p50: number; readonly p95: number } {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
  return { p50: at(0.5) ?? 0, p95: at(0.95) ?? 0 };
}

export function printStorm(context: CommandContext, storm: StormFigures): void {
  const { slack, calm, stormy, drainMs, kills } = storm;
  const limited = [...slack.limits.refused].map(([method, n]) => `${method} ${n}`).join(', ');
  const phases: BenchTable = {
    title: 'Questions in Slack, and how soon their status is seen',
    rows: [
      ['phase', 'questions', 'time', 'with status', 'p50', 'p95', 'budget'],
      phaseRow('calm', calm, slack, ms(BUDGET_MS)),
      phaseRow('storm', stormy, slack, ''),
    ],
    notes: [
      `In the storm a fifth came twice, ${slack.faults.met} calls failed, and the bot was killed ${kills} times.`,
      `The last answer came ${ms(drainMs)} after the last question. ${slack.journal.unacknowledged} events were sent again for want of an acknowledgement.`,
      `The others were acknowledged within ${ms(spread(ackTimes(slack)).p95)} (p95).`,
      `Calls that Slack refused for its limits: ${limited || 'none'}.`,
    ],
  };
  printTable(context, phases);
  const { lost, doubled } = slack.journal;
  for (const thread of [...lost, ...doubled].slice(0, 10)) {
    context.stdout.write(`  ${lost.includes(thread) ? 'lost' : 'doubled'}: ${thread}\n`);
  }
}

/** Of events that were sent once. */
function ackTimes({ sockets }: HostileSlack): readonly number[] {
  return sockets.sent.flatMap(({ sentAt, ackedAt }) => {
    const [at, again] = sentAt;
    return at === undefined || again !== undefined || ackedAt === undefined ? [] : [ackedAt - at];
  });
}

function phaseRow(
  name: string,
  { asked, startedAt, endedAt }: Phase,
  { journal }: HostileSlack,
  budget: string,
): readonly string[] {
  const delays = journal.statusDelays(asked);
  const { p50, p95 } = spread(delays);
  const seconds = `${((endedAt - startedAt) / 1_000).toFixed(1)} s`;
  return [name, `${asked.length}`, seconds, `${delays.length}`, ms(p50), ms(p95), budget];
}
