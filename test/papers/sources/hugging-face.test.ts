import { describe, expect, it } from 'vitest';
import {
  readDailyList,
  readHubPage,
  readPaperDetail,
} from '../../../src/papers/sources/hugging-face.ts';
import { dailyItem } from '../../fakes/hugging-face-server.ts';

const origin = { page: 'saved.html', line: 1 };
const item = dailyItem(
  {
    id: '2611.00001',
    title: 'Nets & <Graphs>',
    summary: 'First line\nof the "abstract" & more.',
    upvotes: 12,
    authors: [{ name: 'Ada Lovelace' }, { name: 'Not Shown', hidden: true }],
    organization: { name: 'acme', fullname: 'Acme Labs' },
  },
  '2026-11-20',
);
const escaped = (value: unknown) =>
  JSON.stringify(value).replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
const page = (target: string, props: unknown, attributes = '') =>
  `<!doctype html><html><body><div class="x"><div ${attributes} data-props="${escaped(props)}" class="SVELTE_HYDRATER contents" data-target="${target}"></div></div></body></html>`;
const day = {
  periodType: 'day',
  dateString: '2026-11-20',
  dailyPapers: [item],
  prevDate: '2026-11-19',
};

describe('an item of a list', () => {
  // It once ended the run, each time anew, with an error of ours.
  it('that is nested too deeply to be kept as it came is read all the same', () => {
    const depth = 50_000;
    const deep = `{"deep":${'['.repeat(depth)}${']'.repeat(depth)},${JSON.stringify(item).slice(1)}`;
    const [read] = readDailyList([JSON.parse(deep)], { origin }) ?? [];
    expect(read).toMatchObject({ kind: 'record', record: { arxivId: '2611.00001' } });
    expect(read).not.toHaveProperty('raw');
    expect(readPaperDetail(JSON.parse(deep), { origin }).kind).toBe('refused');
  });

  it('gives the whole abstract in one line, its visible authors and the day of the list', () => {
    expect(readDailyList([item], { origin, day: '2026-11-20' })).toMatchObject([
      {
        kind: 'record',
        record: {
          source: 'hugging-face',
          arxivId: '2611.00001',
          title: 'Nets & <Graphs>',
          abstract: 'First line of the "abstract" & more.',
          authors: ['Ada Lovelace'],
          organization: 'Acme Labs',
          upvotes: 12,
          date: '2026-11-20',
          listed: [{ date: '2026-11-20', rank: 1 }],
        },
        raw: JSON.stringify(item),
      },
    ]);
  });

  it.each([
    ['null', null],
    ['a text', 'paper'],
    ['no paper', { title: 'x' }],
    ['a paper without id', { paper: { title: 'A', summary: 'B' } }],
    ['a paper without abstract', { paper: { id: '2611.00001', title: 'A', summary: null } }],
    ['a paper of another id', { paper: { id: '../../x', title: 'A', summary: 'B' } }],
  ])('that is %s is refused and the others go on', (_, broken) => {
    const items = readDailyList([broken, item], { origin });
    expect(items?.map(({ kind }) => kind)).toEqual(['refused', 'record']);
  });

  it('with fields of other forms keeps those that can be read', () => {
    const odd = {
      ...item,
      numComments: 'many',
      paper: { ...item.paper, upvotes: -3, authors: {} },
    };
    const [read] = readDailyList([odd], { origin }) ?? [];
    expect(read).toMatchObject({ kind: 'record' });
    expect(read?.kind === 'record' && Object.keys(read.record)).not.toContain('upvotes');
  });

  it('is not looked for in what is no list', () => {
    expect(readDailyList({ error: 'x' }, { origin })).toBeUndefined();
  });
});

describe('a saved page', () => {
  it.each([
    ['as it comes', ''],
    ['with its attributes in another order', 'id="later" data-x="&quot;"'],
  ])('of a day is read %s', (_, attributes) => {
    const items = readHubPage(page('DailyPapers', day, attributes), { origin });
    expect(items).toMatchObject([{ record: { listed: [{ date: '2026-11-20', rank: 1 }] } }]);
  });

  it('of a week tells each paper its own day, without a place', () => {
    const week = { ...day, periodType: 'week', dateString: '2026-W47' };
    const items = readHubPage(page('DailyPapers', week), { origin });
    expect(items).toMatchObject([{ record: { listed: [{ date: '2026-11-20' }] } }]);
    expect(JSON.stringify(items)).not.toContain('"rank"');
  });

  it('of one paper is read, its comments are not', () => {
    const props = { paper: item.paper, comments: [{ data: { latest: { raw: 'private' } } }] };
    const items = readHubPage(page('PaperContent', props), { origin });
    expect(items).toMatchObject([{ record: { arxivId: '2611.00001', upvotes: 12 } }]);
    expect(JSON.stringify(items)).not.toContain('private');
  });

  it.each([
    ['text alone', '<html><body>Daily Papers<br>Nets &amp; Graphs</body></html>'],
    [
      'broken data',
      '<div data-target="DailyPapers" data-props="{&quot;dailyPapers&quot;: ["></div>',
    ],
    ['other data', page('DailyPapers', { dailyPapers: 'none' })],
    ['nothing', ''],
  ])('with %s is refused with what to do', (_, html) => {
    expect(() => readHubPage(html, { origin })).toThrow(/saved\.html holds no papers .*HTML only/);
  });
});

it('a paper by itself has the same form, flat', () => {
  expect(readPaperDetail(item.paper, { origin })).toMatchObject({
    kind: 'record',
    record: { arxivId: '2611.00001', listed: [{ date: '2026-11-20' }] },
  });
  expect(readPaperDetail(undefined, { origin })).toMatchObject({ kind: 'refused' });
});
