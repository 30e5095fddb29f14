import type { PaperIndex } from '../../retrieval/paper-index.ts';
import { type SettingsStore, settingsOf, settingsOrigin } from '../channel-settings.ts';
import type { Health } from '../health.ts';
import type { QuestionQueue } from '../question-queue.ts';
import type { BotStatus, CommandRequest, CommandResult } from './command.ts';
import { describeHealth } from './describe-health.ts';
import { describeOrigin, describeSettings } from './describe-settings.ts';
import { latestDate } from './latest-date.ts';

interface StatusParts {
  readonly index: Pick<PaperIndex, 'status' | 'count'>;
  readonly settings: Pick<SettingsStore, 'get'>;
  readonly queue: Pick<QuestionQueue, 'load'>;
  readonly health: Pick<Health, 'report'>;
  readonly now: () => Date;
}

/** What is indexed and until when, how the bot fares, and the settings in force here. */
export async function showStatus(
  request: CommandRequest,
  { index, settings, queue, health, now }: StatusParts,
): Promise<CommandResult> {
  const [held, load, inForce, origin, latest] = await Promise.all([
    index.status(),
    queue.load(),
    settingsOf(request, settings),
    settingsOrigin(request, settings),
    latestDate(index, now()),
  ]);
  const { papers, embedded } = held;
  const facts = { papers, embedded, load, ...(latest !== undefined && { latest }) };
  const sections = [
    { title: 'Library', lines: libraryLines(facts) },
    { title: 'Health', lines: describeHealth(health.report(), load, now()) },
    { title: 'Settings', lines: [...describeSettings(inForce), describeOrigin(origin)] },
  ];
  const lines = sections.flatMap((section) => section.lines);
  return { kind: 'status', ...facts, settings: inForce, sections, lines };
}

function libraryLines({
  papers,
  embedded,
  latest,
}: Pick<BotStatus, 'papers' | 'embedded' | 'latest'>): readonly string[] {
  if (papers === 0) {
    return ['My library holds no abstracts yet: they are being read, or there are none to read.'];
  }
  const until = latest === undefined ? '' : `, the latest from ${latest}`;
  const lines = [`My library holds ${papers} ${papers === 1 ? 'abstract' : 'abstracts'}${until}.`];
  return embedded < papers
    ? [...lines, `${embedded} of them can be found by meaning so far, all by their words.`]
    : lines;
}
