import type { DueDelivery, KeptDigest, ShownPaper } from '../../src/digest/delivery.ts';
import type { DigestItem, PapersDigest } from '../../src/digest/digest.ts';
import {
  DEFAULT_SCHEDULE,
  DEFAULT_WISH,
  type DigestPlace,
  type PaperWish,
  type Subscription,
} from '../../src/digest/subscription.ts';
import { paperId } from '../../src/papers/paper-id.ts';

export const PLACE: DigestPlace = { platform: 'slack', workspaceId: 'T1', channelId: 'C1' };

/** A subscription of the channel above to agents, on weekdays at 09:00 UTC. */
export function makeSubscription(changes: Partial<Subscription> = {}): Subscription {
  return {
    id: 's1',
    place: PLACE,
    ownerId: 'U1',
    wish: makeWish(),
    schedule: DEFAULT_SCHEDULE,
    state: 'active',
    activeFrom: '2026-11-01T00:00:00.000Z',
    ...changes,
  };
}

export function makeWish(changes: Partial<PaperWish> = {}): PaperWish {
  return { ...DEFAULT_WISH, topics: ['agents'], ...changes };
}

export function makeDue(changes: Partial<DueDelivery> = {}): DueDelivery {
  return {
    key: 'k1',
    subscriptionId: 's1',
    period: '2026-11-20',
    place: PLACE,
    at: '2026-11-20T09:00:00.000Z',
    horizon: '2026-11-27',
    ...changes,
  };
}

export function makeShown(title: string, abstract = `About ${title}.`): ShownPaper {
  return { paperId: paperId({ title }), textHash: `hash of ${abstract}`, abstract };
}

export function makeItem(title: string, changes: Partial<DigestItem> = {}): DigestItem {
  const quote = `We propose ${title}.`;
  return {
    n: 1,
    paperId: paperId({ title }),
    title,
    url: 'https://papers.test/1',
    authors: [],
    authorCount: 0,
    summary: {
      by: 'abstract',
      sentences: [{ text: quote, evidence: [{ quote, start: 0, end: quote.length }] }],
    },
    terms: [{ kind: 'topic', topic: 'agents', value: 0.5 }],
    why: 'Here because it fits “agents” (+0.50).',
    score: 0.5,
    alike: [],
    ...changes,
  };
}

/** A digest of papers with these titles. */
export function makeDigest(
  titles: readonly string[],
  changes: Partial<PapersDigest> = {},
): PapersDigest {
  const count = titles.length;
  return {
    kind: 'papers',
    from: 'new',
    period: '2026-11-20',
    schedule: DEFAULT_SCHEDULE,
    wish: makeWish(),
    headline: `${count} new papers.`,
    counts: { papers: count, fitting: count, shown: count },
    themes: [{ name: 'agents', papers: count }],
    items: titles.map((title, i) => makeItem(title, { n: i + 1, theme: 'agents' })),
    ...changes,
  };
}

export function makeKept(titles: readonly string[], changes: Partial<KeptDigest> = {}): KeptDigest {
  return {
    digest: makeDigest(titles),
    papers: titles.map((title) => makeShown(title)),
    updated: [],
    cutoff: 7,
    ...changes,
  };
}
