import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDigestReplies, questionAbout } from '../../src/digest/digest-replies.ts';
import { digestLines } from '../../src/digest/digest-text.ts';
import { paperId } from '../../src/papers/paper-id.ts';
import { type DigestRig, openDigestRig } from './digest-rig.ts';
import { makeDigest, makeDue, makeItem, makeKept, makeShown, PLACE } from './made-up-digests.ts';

let rig: DigestRig;
const TITLES = ['Alpha: agents that plan', 'Beta', 'Gamma'];

beforeEach(async () => {
  rig = await openDigestRig();
  const { deliveries } = rig.stores;
  await deliveries.open(makeDue());
  const at = { now: '2026-11-20T09:00:00.000Z', until: '2026-11-20T09:06:00.000Z' };
  const taken = await deliveries.take({ platforms: ['slack'], worker: 'w', ...at });
  if (taken === undefined) throw new Error('There is nothing to take.');
  await deliveries.keep(taken.lease, makeKept(TITLES));
  const messages = [
    { messageId: 'all' },
    { messageId: 'beta', paperId: makeShown('Beta').paperId },
  ];
  await deliveries.finish(taken.lease, { kind: 'posted', messages }, at.now);
});
afterEach(() => rig.close());

const replies = () => createDigestReplies({ ...rig.stores, now: () => rig.clock.now });

describe('a reply under a digest', () => {
  it.each([
    ['beta', 'what data does it use?', 'Beta'],
    ['all', 'what data does 3 use?', 'Gamma'],
    ['all', 'Is paper 1 any good?', 'Alpha: agents that plan'],
    ['all', 'who wrote alpha?', 'Alpha: agents that plan'],
    ['all', 'thanks!', undefined],
    ['all', 'what of 7?', undefined],
    ['other', 'what data does 3 use?', undefined],
  ])('to the message %s, "%s", is about %s', async (messageId, text, title) => {
    expect((await replies().itemOf(PLACE, messageId, text))?.title).toBe(title);
  });

  it('becomes a question that names its paper', () => {
    expect(questionAbout(makeItem('The “Best” Paper'), ' why? ')).toBe(
      'About the paper “The Best Paper”: why?',
    );
  });
});

it('reactions are kept for the channel, and taken back', async () => {
  const { paperId: beta } = makeShown('Beta');
  const react = (kind: 'more' | 'less' | 'none') =>
    replies().react(PLACE, { kind, paperId: beta }, { id: 'U1' });
  expect(await react('less')).toBe('Noted: less like this here.');
  expect(await rig.stores.feedback.votes(PLACE, 9)).toEqual([{ paperId: beta, more: 0, less: 1 }]);
  expect(await react('none')).toBe('Taken back.');
  expect(await rig.stores.feedback.votes(PLACE, 9)).toEqual([]);
  await replies().react(PLACE, { kind: 'mute', topic: 'agents' }, { id: 'U1' });
  expect(await rig.stores.feedback.muted(PLACE)).toEqual(['agents']);
});

it('links pasted in a channel count as seen there', async () => {
  await replies().heard(
    PLACE,
    'see https://arxiv.org/abs/2401.00001v2, <https://huggingface.co/papers/2402.00002|this> and https://evil.test/2403.00003',
  );
  const ids = ['2401.00001', '2402.00002', '2403.00003'].map((arxivId) =>
    paperId({ arxivId, title: '' }),
  );
  expect(await rig.stores.seen.known(PLACE, ids)).toEqual(new Set(ids.slice(0, 2)));
});

describe('a digest as text', () => {
  it('names authors, organisation, day and upvotes, and what is alike or changed', () => {
    const item = makeItem('Alpha', {
      authors: ['A. One', 'B. Two', 'C. Three', 'D. Four'],
      authorCount: 9,
      organization: 'Example Labs',
      date: '2026-11-19',
      upvotes: 42,
      alike: [{ paperId: paperId({ title: 'Twin' }), title: 'Twin', url: 'https://papers.test/2' }],
      change: { added: ['New words.'], removed: ['Old words.'] },
    });
    const week = { from: '2026-11-14', to: '2026-11-20', papers: 1, themes: [], best: [item] };
    expect(digestLines(makeDigest([], { items: [item], week })).slice(2)).toEqual([
      '1. Updated: Alpha',
      '   A. One, B. Two, C. Three and 6 others · Example Labs · 2026-11-19 · 42 upvotes',
      '   https://papers.test/1',
      '   We propose Alpha.',
      '   New: New words.',
      '   Gone: Old words.',
      '   Here because it fits “agents” (+0.50).',
      '   Much the same: Twin  https://papers.test/2',
      '',
      'The week in short, 2026-11-14 to 2026-11-20: one paper. The best:',
      '   Alpha  https://papers.test/1',
    ]);
  });

  it('keeps what comes from papers on its line, whatever it holds', () => {
    const hostile = 'A\n2. Forged\u001b[2J\u202e item';
    const items = [
      makeItem(hostile, { organization: hostile, authors: [hostile], authorCount: 1 }),
    ];
    const lines = digestLines(makeDigest([], { items }));
    expect(lines.filter((line) => line.includes('Forged'))).toHaveLength(3);
    for (const line of lines) {
      expect(line).not.toMatch(/^2\. Forged/);
      expect(line).not.toContain('\u001b');
      expect(line).not.toContain('\u202e');
    }
  });
});
