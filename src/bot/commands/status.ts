import type { PaperIndex } from '../../retrieval/paper-index.ts';
import { type SettingsStore, settingsOf } from '../channel-settings.ts';
import type { QuestionQueue, QueueLoad } from '../question-queue.ts';
import type { BotStatus, CommandRequest, CommandResult } from './command.ts';
import { describeSettings } from './describe-settings.ts';
import { latestDate } from './latest-date.ts';

interface StatusParts {
  readonly index: Pick<PaperIndex, 'status' | 'count'>;
  readonly settings: Pick<SettingsStore, 'get'>;
  readonly queue: Pick<QuestionQueue, 'load'>;
  readonly now: () => Date;
}

/** What is indexed and until when, how busy the bot is, and the settings in force here. */
export async function showStatus(
  request: CommandRequest,
  { index, settings, queue, now }: StatusParts,
): Promise<CommandResult> {
  const [held, load, inForce] = await Promise.all([
    index.status(),
    queue.load(),
    settingsOf(request, settings),
  ]);
  const latest = await latestDate(index, now());
  const { papers, embedded } = held;
  const facts = { papers, embedded, load, ...(latest !== undefined && { latest }) };
  const lines = [...libraryLines(facts), loadLine(load, now()), ...describeSettings(inForce)];
  return { kind: 'status', ...facts, settings: inForce, lines };
}

function libraryLines({
  papers,
  embedded,
  latest,
}: Pick<BotStatus, 'papers' | 'embedded' | 'latest'>): readonly string[] {
  const until = latest === undefined ? '' : `, the latest from ${latest}`;
  const lines = [`My library holds ${papers} ${papers === 1 ? 'abstract' : 'abstracts'}${until}.`];
  return embedded < papers
    ? [...lines, `${embedded} of them can be found by meaning so far, all by their words.`]
    : lines;
}

function loadLine({ waiting, working, waitingSince }: QueueLoad, now: Date): string {
  if (waiting + working === 0) return 'I am well and have nothing to do.';
  const seconds = Math.max(0, Math.round((now.getTime() - Date.parse(waitingSince ?? '')) / 1_000));
  const since = waitingSince === undefined ? '' : `, the longest for ${seconds} s`;
  return `I am well; ${working} in work, ${waiting} waiting${since}.`;
}
