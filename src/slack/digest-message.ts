import type { types } from '@slack/bolt';
import type { Answer } from '../answer/answer.ts';
import { cleanLine } from '../answer/show/clean-text.ts';
import { listed } from '../digest/describe-subscription.ts';
import type {
  AlikePaper,
  ChangedAnswer,
  Digest,
  DigestItem,
  EmptyDigest,
  PapersDigest,
  WeekInShort,
} from '../digest/digest.ts';
import { renderBody } from './answer-body.ts';
import { renderSources } from './answer-sources.ts';
import { type Block, LIMITS, note, plain, type Rendered } from './blocks.ts';
import { renderItem } from './digest-item.ts';
import { escapeWithin } from './escape.ts';
import { bullets, line, quoted, richText, run, titleRun } from './rich-text.ts';

const LONGEST_HEADLINE = 1_500;
/** All titles of a full digest, and their links, keep within one message. */
const LONGEST_TITLE = 100;
const LONGEST_LINK = 100;
const MOST_TITLES = 20;
const MOST_BEST = 5;
const LONGEST_ANSWER = 4_000;
const LONGEST_BEFORE = 1_500;
const MOST_MOVED = 5;
const SOURCES = { title: 120, quote: 240, cell: 100, columns: 4, rows: 6, sources: 6 } as const;

/** What of a digest stands in the channel; details of papers follow in its thread. */
export function renderDigest(digest: Digest): Rendered {
  switch (digest.kind) {
    case 'papers':
      return renderOverview(digest);
    case 'empty':
      return renderEmpty(digest);
    case 'changed-answer':
      return renderChange(digest);
  }
}

/** A digest that is looked at before it is due, with the details of as many papers as fit. */
export function renderPreview(digest: Digest): Rendered {
  const told = renderDigest(digest);
  const items = digest.kind === 'papers' ? digest.items : [];
  const head = [
    note('A preview: nothing is posted, and nothing counts as seen.'),
    ...told.blocks.slice(0, items.length === 0 ? undefined : 2),
  ];
  const details = items.map((item) => renderItem(item).blocks);
  const shown = details.filter((_, i) => fits([...head, ...details.slice(0, i + 1).flat()]));
  const left = items.slice(shown.length).map(titleLine);
  return {
    text: told.text,
    blocks: [...head, ...shown.flat(), ...(left.length === 0 ? [] : [richText(...left)])],
  };
}

/** Room for the titles of the rest. */
const TITLES_ROOM = 6_000;

/** Measured as JSON, which is longer than what Slack counts. */
function fits(blocks: readonly Block[]): boolean {
  const isFew = blocks.length < LIMITS.messageBlocks;
  return isFew && JSON.stringify(blocks).length < LIMITS.message - TITLES_ROOM;
}

function renderOverview(digest: PapersDigest): Rendered {
  const { period, headline, items, week } = digest;
  const more = items.length === 1 ? 'Reply there to ask about it.' : MANY;
  return {
    text: escapeWithin(headline, LIMITS.text) || 'New papers',
    blocks: [
      heading(`Papers of ${period}`),
      richText(line(run(headline, { most: LONGEST_HEADLINE }))),
      richText(...items.slice(0, MOST_TITLES).map(titleLine)),
      ...weekBlocks(week),
      note(`The details are in the thread. ${more}`),
    ],
  };
}

const MANY =
  'Reply there with a number or a title to ask about that paper, such as “2: how large?”';

function titleLine({ n, change, ...paper }: DigestItem): types.RichTextSection {
  const start = run(`${n}. ${change === undefined ? '' : 'Updated: '}`);
  return line(start, titleRun(shortLink(paper), LONGEST_TITLE));
}

function shortLink({ title, url }: Pick<AlikePaper, 'title' | 'url'>) {
  return url.length > LONGEST_LINK ? { title } : { title, url };
}

function renderEmpty({ headline, week }: EmptyDigest): Rendered {
  const said = line(run(headline, { most: LONGEST_HEADLINE }));
  return {
    text: escapeWithin(headline, LIMITS.text) || 'No new papers',
    blocks: [richText(said), ...weekBlocks(week)],
  };
}

function weekBlocks(week: WeekInShort | undefined): readonly Block[] {
  if (week === undefined) return [];
  const { from, to, papers, themes, best } = week;
  const names = listed(themes.map(({ name, papers: count }) => `${cleanLine(name)} (${count})`));
  const count = papers === 1 ? 'one paper' : `${papers} papers`;
  const told = `${from} to ${to}: ${count}${names === '' ? '' : `, on ${names}`}.`;
  const titles = best
    .slice(0, MOST_BEST)
    .map((paper) => line(titleRun(shortLink(paper), LONGEST_TITLE)));
  return [
    richText(
      line(run('The week in short', { bold: true })),
      line(run(told, { most: 500 })),
      ...(titles.length === 0 ? [] : [bullets(titles)]),
    ),
  ];
}

function renderChange(digest: ChangedAnswer): Rendered {
  const { headline, question, before, after, gained, lost } = digest;
  const moved = [
    ...gained.slice(0, MOST_MOVED).map((paper) => movedLine('Now cited: ', paper)),
    ...lost.slice(0, MOST_MOVED).map((paper) => movedLine('No longer cited: ', paper)),
  ];
  return {
    text: escapeWithin(`${headline} ${question}`, LIMITS.text) || 'A watched question',
    blocks: [
      heading('A watched question'),
      richText(
        line(run(headline, { most: LONGEST_HEADLINE })),
        line(run(cleanLine(question), { bold: true, most: 500 })),
      ),
      { type: 'markdown', text: renderBody(after, LONGEST_ANSWER) || '–' },
      ...renderSources(after, SOURCES),
      ...(moved.length === 0 ? [] : [richText(bullets(moved))]),
      ...beforeBlocks(before),
    ],
  };
}

function beforeBlocks(before: Answer | undefined): readonly Block[] {
  if (before === undefined) return [];
  const said = run(cleanLine(before.text), { most: LONGEST_BEFORE });
  return [richText(line(run('What I said before', { bold: true })), quoted(said))];
}

function movedLine(label: string, paper: AlikePaper): types.RichTextSection {
  return line(run(label), titleRun(shortLink(paper), LONGEST_TITLE));
}

function heading(text: string): Block {
  return { type: 'header', text: plain(text, LIMITS.header) };
}
