import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { joinPaper, mergePapers, paperFromRecord } from '../../src/papers/merge.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { paperId, paperUrl } from '../../src/papers/paper-id.ts';
import type { PageRecord } from '../../src/papers/saved-page.ts';
import { parseSavedPage } from '../../src/papers/saved-page.ts';
import { pick, seededRandom, shuffled } from './seeded-random.ts';

describe('paperId', () => {
  it('is made of the folded title while no arXiv id is known', () => {
    const id = paperId({ title: 'DεpS: Delayed ε-Shrinking' });
    expect(id).toMatch(/^title:[0-9a-f]{16}$/);
    expect(paperId({ title: 'depsilonps -- delayed epsilon shrinking' })).toBe(id);
    expect(paperId({ title: 'DεpS' })).not.toBe(id);
  });

  it('is the arXiv id without its version', () => {
    expect(paperId({ arxivId: 'arXiv:2401.00001v3', title: 'A' })).toBe('arxiv:2401.00001');
  });
});

describe('paperUrl', () => {
  it('leads to arXiv, else to a search for the title', () => {
    expect(paperUrl({ arxivId: '2401.00001', title: 'A' })).toBe(
      'https://arxiv.org/abs/2401.00001',
    );
    expect(paperUrl({ title: 'Fast & Slow: ε?' })).toBe(
      'https://huggingface.co/papers?q=Fast%20%26%20Slow%3A%20%CE%B5%3F',
    );
  });

  it('survives half a surrogate pair', () => {
    expect(paperUrl({ title: 'a\ud83d' })).toBe('https://huggingface.co/papers?q=a%EF%BF%BD');
  });
});

describe('mergePapers', () => {
  const shipped = readdirSync('data/pages').flatMap((page) =>
    parseSavedPage({ page, text: readFileSync(`data/pages/${page}`, 'utf8') }).records.map(
      paperFromRecord,
    ),
  );

  it('makes 386 papers of the 467 records and keeps every origin', () => {
    const papers = mergePapers(shipped);
    expect(shipped.length).toBe(467);
    expect(papers.length).toBe(386);
    expect(new Set(papers.map(({ id }) => id)).size).toBe(386);
    expect(papers.reduce((sum, { sources }) => sum + sources.length, 0)).toBe(467);
    expect(papers.map(({ abstract }) => abstract).every((text) => text.length > 400)).toBe(true);
  });

  it('changes nothing when it merges a second time', () => {
    const papers = mergePapers(shipped);
    expect(mergePapers(papers)).toEqual(papers);
    expect(mergePapers([...papers, ...shipped])).toEqual(papers);
  });

  it('keeps the original spelling of the title', () => {
    const titles = mergePapers(shipped).map(({ title }) => title);
    expect(titles).toContain('DεpS: Delayed ε-Shrinking for Faster Once-For-All Training');
    expect(titles).toContain(
      'LightHGNN: Distilling Hypergraph Neural Networks into MLPs for 100times Faster Inference',
    );
  });

  it('gives the same papers in any order of arrival', () => {
    const random = seededRandom(3);
    for (let round = 0; round < 300; round += 1) {
      const papers = Array.from({ length: 12 }, () => randomPaper(random));
      const expected = mergePapers(papers);
      expect(mergePapers(shuffled(random, papers))).toEqual(expected);
      expect(expected.length).toBeLessThan(papers.length);
    }
  });
});

describe('joinPaper', () => {
  it('takes the longest abstract, then the first by letters', () => {
    expect(joined({ abstract: 'ab' }, { abstract: 'abc' }).abstract).toBe('abc');
    expect(joined({ abstract: 'abd' }, { abstract: 'abc' }).abstract).toBe('abc');
    expect(joined({ abstract: 'a     b' }, { abstract: 'a b c' }).abstract).toBe('a b c');
  });

  it('prefers a written date to an inferred one', () => {
    const both = joined({ date: '2020-01-01', dateInferred: true }, { date: '2021-02-02' });
    expect(both.date).toBe('2021-02-02');
    expect(both).not.toHaveProperty('dateInferred');
  });

  it('keeps an inferred date inferred', () => {
    const both = joined({ date: '2025-01-01', dateInferred: true }, {});
    expect(both).toMatchObject({ date: '2025-01-01', dateInferred: true });
  });

  it('takes the higher counts and whatever only one side knows', () => {
    const both = joined(
      { commentCount: 2, authorCount: 3 },
      { commentCount: 5, organization: 'X' },
    );
    expect(both).toMatchObject({ commentCount: 5, authorCount: 3, organization: 'X' });
  });

  it('prefers the title with its own letters and without LaTeX leftovers', () => {
    expect(joined({ title: 'DepsilonpS' }, { title: 'DεpS' }).title).toBe('DεpS');
    expect(joined({ title: '{ε}-Nets' }, { title: 'epsilon-Nets' }).title).toBe('epsilon-Nets');
    expect(joined({ title: "L\\'evy" }, { title: 'Lévy' }).title).toBe('Lévy');
  });

  it('sorts the origins and keeps none twice', () => {
    const both = joined({ page: 'b', line: 1 }, { page: 'a', line: 10 });
    const again = joinPaper(both, paper({ page: 'a', line: 9 }));
    expect(joinPaper(again, both).sources).toEqual([
      { page: 'a', line: 9 },
      { page: 'a', line: 10 },
      { page: 'b', line: 1 },
    ]);
  });
});

function joined(
  one: Partial<PageRecord & PaperPlace>,
  other: Partial<PageRecord & PaperPlace>,
): Paper {
  const both = joinPaper(paper(one), paper(other));
  expect(joinPaper(paper(other), paper(one))).toEqual(both);
  return both;
}

interface PaperPlace {
  readonly page: string;
  readonly line: number;
}

function paper({ page = 'page', line = 1, ...record }: Partial<PageRecord & PaperPlace>): Paper {
  return paperFromRecord({
    title: 'Title',
    abstract: 'Abstract.',
    origin: { page, line },
    ...record,
  });
}

function randomPaper(random: () => number): Paper {
  const made = paper({
    title: pick(random, ['DεpS', 'DepsilonpS', "L\\'evy", 'Lévy', 'levy', 'Other']),
    abstract: pick(random, ['short', 'longer one', 'longer two']),
    page: pick(random, ['a', 'b']),
    line: Math.floor(random() * 3),
    ...(random() < 0.5 && { date: pick(random, ['2020-01-01', '2021-01-01']) }),
    ...(random() < 0.5 && { commentCount: Math.floor(random() * 4) }),
    ...(random() < 0.3 && { organization: pick(random, ['X', 'Y']) }),
  });
  const inferred = made.date !== undefined && random() < 0.5 ? { dateInferred: true } : {};
  return { ...made, ...inferred };
}
