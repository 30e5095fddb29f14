import type { Turn } from '../../src/answer/conversation.ts';
import type { ChangedAnswer, Digest, DigestItem } from '../../src/digest/digest.ts';
import type { Subscription } from '../../src/digest/subscription.ts';
import {
  makeDigest,
  makeItem,
  makeSubscription,
  makeWish,
  PLACE,
} from '../digest/made-up-digests.ts';

/** Papers of a digest with a text in every place that comes from papers, models or people. */
export function hostileItems(text: string, count = 3): readonly DigestItem[] {
  const evidence = [{ quote: text, start: 0, end: text.length }];
  const sentences = [1, 2, 3].map(() => ({ text, evidence: [...evidence, ...evidence] }));
  const alike = [1, 2, 3, 4].map(() => ({
    paperId: makeItem('x').paperId,
    title: text,
    url: text,
  }));
  return Array.from({ length: count }, (_, i) =>
    makeItem(text, {
      n: i + 1,
      paperId: makeItem(`paper ${i}`).paperId,
      url: text,
      authors: [text, text],
      authorCount: 9,
      organization: text,
      date: text,
      upvotes: 1,
      summary: { by: i % 2 === 0 ? 'model' : 'abstract', sentences },
      why: text,
      theme: text,
      alike,
      ...(i === 0 && { change: { added: [text, text], removed: [text] } }),
    }),
  );
}

/** One of each kind, all of it the text. */
export function hostileDigests(text: string, turn: Turn): readonly Digest[] {
  const wish = makeWish({ topics: [text] });
  const moved = [1, 2, 3].map(() => ({ paperId: makeItem('x').paperId, title: text, url: text }));
  const week = {
    from: text,
    to: text,
    papers: 3,
    themes: [{ name: text, papers: 2 }],
    best: moved,
  };
  const papers = makeDigest([], {
    wish,
    week,
    headline: text,
    period: '2026-11-20',
    themes: [{ name: text, papers: 3 }],
    items: hostileItems(text),
  });
  const { period, schedule } = papers;
  const changed: ChangedAnswer = {
    kind: 'changed-answer',
    period,
    schedule,
    wish,
    headline: text,
    question: text,
    before: turn.answer,
    after: turn.answer,
    gained: moved,
    lost: moved,
  };
  const counts = { papers: 0, fitting: 0, shown: 0 };
  return [papers, changed, { kind: 'empty', period, schedule, wish, counts, headline: text, week }];
}

/** Subscriptions with a text in every place that people fill in. */
export function hostileSubscriptions(text: string): readonly Subscription[] {
  const names = { authors: [text], organizations: [text], categories: [text], sources: [text] };
  // On the Home tab its channel would be named, which is as live as it is meant to be.
  const place = { ...PLACE, channelId: 'D1' };
  return [
    makeSubscription({ place, wish: makeWish({ topics: [text, text], ...names, rollUp: 5 }) }),
    makeSubscription({
      id: 's2',
      place,
      wish: { kind: 'question', question: text },
      state: 'paused',
    }),
  ];
}
