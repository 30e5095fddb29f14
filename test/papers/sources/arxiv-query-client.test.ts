import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findByIds, findByTitle } from '../../../src/papers/sources/arxiv-query-client.ts';
import type { ArxivFakePaper } from '../../fakes/arxiv-server.ts';
import { openSourceRig, type SourceRig } from './source-rig.ts';

let rig: SourceRig;
beforeEach(async () => {
  rig = await openSourceRig();
});
afterEach(() => rig.close());

const parts = () => ({
  site: rig.arxivSite,
  urls: { api: `${rig.arxiv.url}/api/query`, oai: rig.arxiv.url, feeds: rig.arxiv.url },
  now: () => new Date('2026-11-26T12:00:00Z'),
});
const paper = (number: number, facts: Partial<ArxivFakePaper> = {}): ArxivFakePaper => ({
  id: `2611.0000${number}`,
  title: `Paper ${number} & its <signs>`,
  abstract: `We look at ${number} things.`,
  ...facts,
});

describe('the query API', () => {
  it('finds ids, and tells those that are not there', async () => {
    rig.arxiv.papers = [paper(1, { version: 3 })];
    const { items, missing } = await findByIds(parts(), { ids: ['2611.00001v3', '2611.00009'] });
    expect(items).toMatchObject([{ record: { arxivId: '2611.00001', version: 3 } }]);
    expect(missing).toEqual(['2611.00009']);
  });

  // One of them in a file of BibTeX once lost all the others.
  it('finds the other ids beside one that arXiv takes for none', async () => {
    rig.arxiv.papers = [paper(1), paper(2), paper(3)];
    const ids = ['2611.00001', 'not an id', '2611.00002', '2611.00003'];
    const { items, missing } = await findByIds(parts(), { ids });
    expect(items).toHaveLength(3);
    expect(missing).toEqual(['not an id']);
  });

  it('finds titles, whatever signs stand in them', async () => {
    rig.arxiv.papers = [paper(1), paper(2)];
    const items = await findByTitle(parts(), { title: 'Paper 2 -- & its <signs>!' });
    expect(items).toMatchObject([{ record: { arxivId: '2611.00002' } }]);
    expect(await findByTitle(parts(), { title: '!?' })).toEqual([]);
  });

  it('tells what arXiv finds wrong with a question', async () => {
    await expect(findByIds(parts(), { ids: ['not an id'] })).rejects.toMatchObject({
      code: 'input',
      message: expect.stringContaining('incorrect id format for not an id'),
    });
  });

  it('does not believe an empty page of many results', async () => {
    const feed = '<feed><opensearch:totalResults>3</opensearch:totalResults></feed>';
    rig.arxiv.script({ body: feed });
    await expect(findByTitle(parts(), { title: 'Anything' })).rejects.toMatchObject({
      code: 'network',
    });
  });
});
