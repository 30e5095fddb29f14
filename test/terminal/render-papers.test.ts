import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mergePapers, paperFromRecord } from '../../src/papers/merge.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { parseSavedPage } from '../../src/papers/saved-page.ts';
import { paperLine, renderPaperCount, renderPapers } from '../../src/terminal/render-papers.ts';
import { displayWidth } from '../../src/terminal/wrap-text.ts';
import { FORBIDDEN, HOSTILE } from './hostile-text.ts';
import { makePaper } from './made-up-papers.ts';

const whole = makePaper({
  arxivId: '2401.00001',
  version: 2,
  updated: '2025-01-01',
  upvotes: 7,
  categories: ['cs.LG'],
  license: 'http://creativecommons.org/licenses/by/4.0/',
  doi: '10.1/x',
  journal: 'A Journal',
  comment: '5 pages',
  withdrawn: true,
  listed: [{ date: '2025-01-02', rank: 1 }],
  announced: ['2025-01-03'],
  change: { fromVersion: 1, toVersion: 2, added: ['New.'], removed: ['Old.'] },
  provenance: { '*': 'arxiv-oai', upvotes: 'hugging-face' },
  dateInferred: true,
  authors: ['A. Author', 'B. Author', 'C. Author'],
  authorCount: 12,
  organization: 'A Lab',
  commentCount: 4,
});

describe('paperLine', () => {
  it('holds the fields of the contract, in its order, and no others', () => {
    expect(Object.keys(JSON.parse(paperLine(whole)))).toEqual([
      'id',
      'title',
      'abstract',
      'url',
      'arxivId',
      'version',
      'date',
      'dateInferred',
      'updated',
      'authors',
      'authorCount',
      'organization',
      'commentCount',
      'upvotes',
      'categories',
      'license',
      'doi',
      'journal',
      'comment',
      'withdrawn',
      'listed',
      'announced',
      'change',
      'provenance',
      'sources',
    ]);
  });

  // The counts were read and stored, but never printed.
  it('prints the counts that the shipped pages give', async () => {
    const folder = join(import.meta.dirname, '../../data/pages');
    const pages = await Promise.all(
      (await readdir(folder)).map(async (page) => {
        const text = await readFile(join(folder, page), 'utf8');
        return parseSavedPage({ page, text }).records.map(paperFromRecord);
      }),
    );
    const lines = mergePapers(pages.flat()).map((paper) => JSON.parse(paperLine(paper)) as Paper);
    const known = (key: keyof Paper) => lines.filter((paper) => paper[key] !== undefined).length;
    expect([lines.length, known('authorCount'), known('organization')]).toEqual([386, 49, 1]);
    expect(known('commentCount')).toBe(3);
  });

  it('leaves out what is not known', () => {
    const { date: _date, ...undated } = makePaper();
    expect(paperLine(undated)).toBe(
      '{"id":"arxiv:2401.00001","title":"Dropping Tokens Early","abstract":"Accuracy falls by 0.3 points.","url":"https://arxiv.org/abs/2401.00001","sources":[{"page":"2024-01.md","line":7}]}',
    );
  });

  it.each(HOSTILE)('keeps %s exactly, in one line that does no harm', (_name, abstract) => {
    const line = paperLine(makePaper({ abstract, title: abstract }));
    expect(JSON.parse(line)).toMatchObject({ abstract, title: abstract });
    expect(line).not.toMatch(FORBIDDEN);
    expect(line).not.toContain('\n');
  });
});

describe('renderPapers', () => {
  it('counts the authors where their names are not known', () => {
    const show = (authorCount: number) =>
      renderPapers({ papers: [makePaper({ authorCount })], width: 80, colour: false });
    expect(show(12)).toContain('  arxiv:2401.00001 · 12 authors\n');
    expect(show(1)).toContain('  arxiv:2401.00001 · 1 author\n');
  });

  it('shows title, year, id, who wrote it and link', () => {
    expect(renderPapers({ papers: [whole], width: 80, colour: false })).toBe(
      [
        '- Dropping Tokens Early (2024?)',
        '  arxiv:2401.00001 · A. Author and 2 more · A Lab · withdrawn',
        '  https://arxiv.org/abs/2401.00001',
        '',
      ].join('\n'),
    );
  });

  it('shows nothing of none', () => {
    expect(renderPapers({ papers: [], width: 80, colour: false })).toBe('');
  });

  it.each(HOSTILE)('passes on nothing of %s', (_name, text) => {
    const papers = [makePaper({ title: text, authors: [text], organization: text, url: text })];
    const shown = renderPapers({ papers, width: 40, colour: false });
    expect(shown).not.toMatch(FORBIDDEN);
    expect(Math.max(...shown.split('\n').map(displayWidth))).toBeLessThanOrEqual(40);
  });
});

describe('renderPaperCount', () => {
  it.each([
    [0, '0 papers\n'],
    [1, '1 paper\n'],
    [100_000, '100000 papers\n'],
  ])('says how many %i are', (count, line) => {
    expect(renderPaperCount(count, false)).toBe(line);
  });
});
