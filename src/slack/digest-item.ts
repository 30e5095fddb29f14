import type { types } from '@slack/bolt';
import { cleanLine } from '../answer/show/clean-text.ts';
import type { DigestItem } from '../digest/digest.ts';
import { itemByline } from '../digest/digest-text.ts';
import { DIGEST_ACTIONS } from './actions.ts';
import { type Block, button, LIMITS, note, plain, type Rendered } from './blocks.ts';
import { escapeWithin } from './escape.ts';
import { line, quoted, richText, run, titleRun } from './rich-text.ts';

type Element = types.RichTextSection | types.RichTextQuote;

const LONGEST_LINE = 600;
const LONGEST_QUOTE = 500;
const LONGEST_BYLINE = 300;
const MOST_SENTENCES = 2;
const MOST_QUOTES = 3;
const MOST_CHANGES = 3;
const MOST_ALIKE = 3;

/** One paper of a digest: what it says with its quotes, why it is here, and what may be said to it. */
export function renderItem(item: DigestItem): Rendered {
  const { n, title, summary, why, change, theme } = item;
  const byline = itemByline(item);
  const head = line(run(`${n}. ${change === undefined ? '' : 'Updated: '}`), titleRun(item));
  const said = summary.sentences.map(({ text }) => text).join(' ');
  return {
    text: escapeWithin(`${n}. ${title}. ${said}`, LIMITS.text) || `Paper ${n}`,
    blocks: [
      richText(
        head,
        ...(byline === '' ? [] : [line(run(byline, { most: LONGEST_BYLINE }))]),
        ...summaryLines(item),
        ...changeLines(item),
        ...alikeLines(item),
      ),
      note(cleanLine(why).slice(0, LONGEST_LINE)),
      renderButtons(item.paperId, theme),
    ],
  };
}

/** A sentence of the abstract is its own quote. */
function summaryLines({ summary: { by, sentences } }: DigestItem): readonly Element[] {
  const shown = sentences.slice(0, MOST_SENTENCES);
  if (by === 'abstract') return shown.map(({ text }) => quoteLine(text));
  return shown.flatMap(({ text, evidence }) => [
    line(run(cleanLine(text), { most: LONGEST_LINE })),
    ...evidence.slice(0, MOST_QUOTES).map(({ quote }) => quoteLine(quote)),
  ]);
}

function quoteLine(quote: string): Element {
  return quoted(run(`“${cleanLine(quote)}”`, { most: LONGEST_QUOTE }));
}

function changeLines({ change }: DigestItem): readonly Element[] {
  if (change === undefined) return [];
  const lines = (label: string, sentences: readonly string[]) =>
    sentences
      .slice(0, MOST_CHANGES)
      .map((sentence) =>
        line(run(`${label}: `, { bold: true }), run(cleanLine(sentence), { most: LONGEST_QUOTE })),
      );
  return [...lines('New', change.added), ...lines('Gone', change.removed)];
}

function alikeLines({ alike }: DigestItem): readonly Element[] {
  return alike
    .slice(0, MOST_ALIKE)
    .map((paper) => line(run('Much the same: '), titleRun(paper, 200)));
}

function renderButtons(paperId: string, theme: string | undefined): Block {
  const { more, less, mute, evidence } = DIGEST_ACTIONS;
  const muting = theme === undefined ? [] : [renderMute(theme, mute)];
  return {
    type: 'actions',
    elements: [
      button('More like this', more, paperId),
      button('Not for us', less, paperId),
      ...muting,
      button('Show evidence', evidence, paperId),
    ],
  };
}

/** It takes a whole topic out for everybody here, so it asks once more. */
function renderMute(theme: string, action: string): types.Button {
  return {
    ...button('Mute topic', action, theme),
    confirm: {
      title: plain('Mute this topic?', 100),
      text: plain(`Papers on “${theme}” stay out of the digests of this channel.`, 300),
      confirm: plain('Mute', 30),
      deny: plain('Keep', 30),
    },
  };
}
