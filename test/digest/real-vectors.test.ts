import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findQuote } from '../../src/answer/check/find-quote.ts';
import { parseConfig } from '../../src/config.ts';
import { choosePapers, sayPapers } from '../../src/digest/compose-papers.ts';
import type { PapersDigest } from '../../src/digest/digest.ts';
import type { ScoredPaper } from '../../src/digest/score-papers.ts';
import type { Term } from '../../src/digest/terms.ts';
import { scoreOf } from '../../src/digest/terms.ts';
import { createEmbedder } from '../../src/llm/create-embedder.ts';
import type { Embedder } from '../../src/llm/embedder.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { readShippedPapers } from '../answer/shipped-papers.ts';
import { type DigestRig, openDigestRig } from './digest-rig.ts';
import { makeWish, PLACE } from './made-up-digests.ts';

const DAY = '2026-11-20';
const EXPERTS = 'mixture of experts';
const GRAPHS = 'graph neural networks';
const wish = makeWish({ topics: [EXPERTS, GRAPHS], most: 10, pickiness: 'broad' });
const schedule = { days: [5], time: '09:00', timeZone: 'UTC' } as const;
const all = { kind: 'between', from: '0000', to: '2027-01-01' } as const;
const request = { wish, schedule, period: DAY, window: all, place: PLACE };

let embedder: Embedder;
let rig: DigestRig;
let papers: readonly Paper[];

beforeAll(async () => {
  embedder = await createEmbedder(parseConfig({}).embedder);
  rig = await openDigestRig({ embedder });
  const shipped = readShippedPapers();
  const about = (words: RegExp, most: number) =>
    shipped.filter(({ title }) => words.test(title)).slice(0, most);
  papers = [
    ...about(/experts|\bmoe\b/i, 20),
    ...about(/graph/i, 18),
    ...about(/quanti[sz]|diffusion/i, 6),
  ].map((paper, i) => ({ ...paper, date: '2026-11-19', upvotes: i }));
  await rig.arrive(...papers);
  await rig.parts.arrivalWatch.refresh();
});
afterAll(async () => {
  await rig.close();
  await embedder.close();
});

async function say(): Promise<PapersDigest> {
  return sayPapers(await choosePapers(request, rig.parts), request, rig.parts);
}

describe('a digest of the shipped papers', () => {
  it('shows papers on every topic, and names its themes in their words', async () => {
    const digest = await say();
    const topics = digest.items.map(({ terms }) => terms.find(({ kind }) => kind === 'topic'));
    for (const topic of wish.topics) {
      expect(
        topics.filter((term) => term?.kind === 'topic' && term.topic === topic).length,
      ).toBeGreaterThanOrEqual(3);
    }
    const texts = papers.map(({ title, abstract }) => `${title} ${abstract}`.toLowerCase());
    const named = digest.themes.filter((theme) => theme.papers > 1);
    expect(named.length).toBeGreaterThanOrEqual(2);
    for (const { name } of named) {
      expect(texts.some((text) => text.includes(name.toLowerCase()))).toBe(true);
      expect(digest.headline).toContain(name);
    }
  });

  it('says of each paper a sentence that stands in its abstract at the place named', async () => {
    const { items } = await say();
    expect(items).toHaveLength(wish.most);
    for (const { paperId, summary } of items) {
      const abstract = papers.find(({ id }) => id === paperId)?.abstract ?? '';
      expect(summary.sentences).toHaveLength(1);
      for (const { text, evidence } of summary.sentences) {
        for (const { quote, start, end } of evidence) {
          expect(abstract.slice(start, end)).toBe(quote);
          expect(findQuote(text, quote)).not.toEqual([]);
        }
      }
    }
  });

  it('says why here so that each term of the score can be read off the words', async () => {
    await rig.stores.feedback.vote(voteFor(papers[0], 'more'));
    await rig.stores.feedback.vote(voteFor(papers[25], 'less'));
    const { fitting } = await choosePapers(request, rig.parts);
    const { items } = await say();
    expect(items.length).toBeGreaterThan(0);
    for (const { why, terms, score, paperId } of items) {
      expect(readTerms(why)).toEqual(terms.map(({ kind, value }) => [kind, value]));
      expect(scoreOf(terms)).toBe(score);
      const ranked = fitting.find(({ candidate }) => candidate.paper.id === paperId);
      expect(ranked?.score).toBe(score);
    }
    const kinds = new Set(items.flatMap(({ terms }) => terms.map(({ kind }) => kind)));
    expect([...kinds]).toEqual(expect.arrayContaining(['topic', 'upvotes', 'fresh', 'liked']));
  });

  it('puts a topic five places and more down on the next day, after ten dislikes of it', async () => {
    const place = { ...PLACE, channelId: 'C2' };
    const ranked = async () => (await choosePapers({ ...request, place }, rig.parts)).fitting;
    const isDisliked = ({ terms }: ScoredPaper) =>
      terms.some((term) => term.kind === 'topic' && term.topic === EXPERTS);
    const first = await ranked();
    const ofTopic = first.filter(isDisliked);
    // Ten are disliked one day; the others, as good on the whole, come on the next.
    const ten = ofTopic.filter((_, i) => i % 3 !== 0).slice(0, 10);
    expect(ten).toHaveLength(10);
    const nextDay = (all: readonly ScoredPaper[]) =>
      all
        .map(({ candidate }) => candidate.paper.id)
        .filter((id) => ten.every(({ candidate }) => candidate.paper.id !== id));
    const before = nextDay(first);
    for (const { candidate } of ten) {
      await rig.stores.feedback.vote({ ...voteFor(candidate.paper, 'less'), place });
    }
    const after = nextDay(await ranked());
    const others = ofTopic.filter((paper) => !ten.includes(paper));
    const falls = others
      .map(({ candidate }) => candidate.paper.id)
      .filter((id) => before.indexOf(id) < before.length * 0.6)
      .map((id) => (after.includes(id) ? after.indexOf(id) : after.length) - before.indexOf(id));
    expect(falls.length).toBeGreaterThanOrEqual(3);
    expect(Math.min(...falls)).toBeGreaterThanOrEqual(5);
  });
});

function voteFor(paper: Paper | undefined, vote: 'more' | 'less') {
  if (paper === undefined) throw new Error('There is no such paper.');
  return { place: PLACE, paperId: paper.id, authorId: 'U1', vote, at: '2026-11-20T08:00:00.000Z' };
}

const READ: readonly (readonly [RegExp, Term['kind']])[] = [
  [/^fits “.+”$/, 'topic'],
  [/^is by /, 'author'],
  [/^comes from /, 'organization'],
  [/^is in /, 'category'],
  [/^is near .* you wanted more of, such as “/, 'liked'],
  [/^is near .* that were not for you, such as “/, 'disliked'],
  [/^has \d+ upvotes?$/, 'upvotes'],
  [/^came /, 'fresh'],
];

/** What a reader makes of the sentence: the kind of each reason, and the number behind it. */
function readTerms(why: string): readonly (readonly [string | undefined, number])[] {
  const reasons = [
    ...why.replace(/^Here because it /, '').matchAll(/(.*?) \(([+−]\d\.\d\d)\)(?:; |\.$)/g),
  ];
  return reasons.map(([, reason = '', value = '']) => [
    READ.find(([pattern]) => pattern.test(reason))?.[1],
    Number(value.replace('−', '-')),
  ]);
}
