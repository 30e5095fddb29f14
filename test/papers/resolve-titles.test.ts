import { expect, it } from 'vitest';
import { FootnoteError } from '../../src/errors.ts';
import type { Paper, PaperId } from '../../src/papers/paper.ts';
import type { ReadItem } from '../../src/papers/paper-record.ts';
import { paperOfRecord } from '../../src/papers/record-facts.ts';
import { matchesOf, type ResolvedTitle, resolveTitles } from '../../src/papers/resolve-titles.ts';

const ABSTRACT = 'Graph networks learn molecular energies from few labelled samples in our study.';
const OTHER = 'Birds sing at dawn in every valley that researchers visited last spring.';
const page = (title: string, facts: Partial<Paper> = {}): Paper => ({
  ...paperOfRecord({
    source: 'pages',
    origins: [{ page: 'a', line: 1 }],
    title,
    abstract: ABSTRACT,
  }),
  ...facts,
});
const found = (
  title: string,
  facts: { abstract?: string; authors?: string[]; id?: string } = {},
): ReadItem => ({
  kind: 'record',
  record: {
    source: 'arxiv-api',
    origins: [{ page: 'arxiv', line: 1 }],
    title,
    abstract: facts.abstract ?? ABSTRACT,
    arxivId: facts.id ?? '2401.00001',
    ...(facts.authors && { authors: facts.authors }),
  },
});

it.each([
  ['the same title and abstract', 'Graph Nets', found('graph nets'), 1],
  ['another title', 'Graph Nets', found('Graph Nets II'), 0],
  [
    'the same short title and another abstract',
    'Graph Nets',
    found('Graph Nets', { abstract: OTHER }),
    0,
  ],
  [
    'a long title, a rewritten abstract and an author in common',
    'Learning Molecular Energies With Graph Networks',
    found('Learning molecular energies with graph networks', {
      abstract:
        'Graph networks need labelled data; birds and valleys shall not concern anybody here.',
      authors: ['A. Lovelace'],
    }),
    1,
  ],
  [
    'a long title, a rewritten abstract and no author in common',
    'Learning Molecular Energies With Graph Networks',
    found('Learning molecular energies with graph networks', {
      abstract:
        'Graph networks need labelled data; birds and valleys shall not concern anybody here.',
      authors: ['B. Nobody'],
    }),
    0,
  ],
])('%s', (_, title, item, count) => {
  expect(matchesOf(page(title, { authors: ['Ada Lovelace'] }), [item])).toHaveLength(count);
});

function rig(
  papers: readonly Paper[],
  answers: Readonly<Record<string, readonly ReadItem[]>>,
  refused = '',
) {
  const known = new Map<PaperId, ResolvedTitle>();
  const asked: string[] = [];
  const saved: (string | undefined)[] = [];
  const clock = { at: Date.parse('2026-11-01T00:00:00Z'), failsFor: '' };
  return {
    asked,
    saved,
    known,
    clock,
    run: () =>
      resolveTitles({
        papers: (async function* batches() {
          yield papers;
        })(),
        resolved: {
          of: async (ids) => new Map([...known].filter(([id]) => ids.includes(id))),
          put: async (resolved) => void known.set(resolved.titleId, resolved),
        },
        find: async (title) => {
          if (title === clock.failsFor) throw new Error('later');
          if (title === refused) throw new FootnoteError('input', 'arXiv refuses the question.');
          asked.push(title);
          return answers[title] ?? [];
        },
        save: async (records) => void saved.push(...records.map(({ record }) => record.arxivId)),
        now: () => new Date(clock.at),
      }),
  };
}

it('asks once for each title, remembers what there is not, and asks for that again after weeks', async () => {
  const papers = [page('Graph Nets'), page('Bird Song'), page('Known', { arxivId: '2402.00002' })];
  const { run, asked, saved, known, clock } = rig(papers, { 'Graph Nets': [found('Graph Nets')] });
  expect(await run()).toEqual({ done: 2, total: 2, found: 1 });
  expect([asked, saved]).toEqual([['Graph Nets', 'Bird Song'], ['2401.00001']]);
  expect(known.get(papers[1]?.id ?? page('').id)).not.toHaveProperty('arxivId');
  asked.length = 0;
  clock.at += 27 * 86_400_000;
  await run();
  // What was found and is still without its id was not stored: it is asked for again.
  expect(asked).toEqual(['Graph Nets']);
  clock.at += 2 * 86_400_000;
  await run();
  expect(asked).toContain('Bird Song');
});

// It once ended each run at the same title.
it('takes a title that arXiv refuses for one that it does not have', async () => {
  const { run, known } = rig([page('Odd'), page('Two')], { Two: [found('Two')] }, 'Odd');
  expect(await run()).toEqual({ done: 2, total: 2, found: 1 });
  expect(known.size).toBe(2);
});

it('goes on where it was cut short', async () => {
  const { run, asked, clock } = rig([page('One'), page('Two'), page('Three')], {});
  clock.failsFor = 'Two';
  await expect(run()).rejects.toThrow('later');
  clock.failsFor = '';
  await run();
  expect(asked).toEqual(['One', 'Two', 'Three']);
});
