import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PaperSource } from '../../../src/papers/paper-source.ts';
import {
  createHubSource,
  readHubPaper,
  readHubPeriod,
} from '../../../src/papers/sources/hub-source.ts';
import { type SyncRequest, syncSource } from '../../../src/papers/sync.ts';
import { FakeHuggingFaceServer } from '../../fakes/hugging-face-server.ts';
import { MemoryIndex } from '../../fakes/memory-index.ts';
import { openSourceRig, type SourceRig } from './source-rig.ts';

const LATER = { name: 'FootnoteError', code: 'network' };

let rig: SourceRig;
let archive: MemoryIndex;
/** The day of the tests; a Thursday. */
let today: string;
let hour: number;
beforeEach(async () => {
  rig = await openSourceRig();
  archive = new MemoryIndex();
  today = '2026-11-26';
  hour = 12;
});
afterEach(() => rig.close());

const parts = () => ({
  site: rig.hubSite,
  baseUrl: rig.hub.url,
  now: () => new Date(`${today}T${hour}:00:00Z`),
});
const source = (): PaperSource => createHubSource(parts());
const sync = (more: Partial<SyncRequest> = {}) =>
  syncSource({ source: source(), archive, alone: (work) => work(), ...more });
const listOf = (day: string, count = 1) =>
  rig.hub.days.set(
    day,
    Array.from({ length: count }, (_, at) => ({
      id: `2611.${String(Number(day.slice(8)) * 1_000 + at).padStart(5, '0')}`,
      title: `Paper ${at} of ${day}`,
      summary: `What paper ${at} of ${day} says,\nin two lines.`,
      upvotes: at,
      numComments: 2,
    })),
  );
const fillDays = () => {
  for (let day = 19; day <= 26; day += 1) if (![21, 22].includes(day)) listOf(`2026-11-${day}`);
};
const ids = async () =>
  (await Array.fromAsync(archive.papers()))
    .flat()
    .map(({ id }) => id.slice('arxiv:'.length))
    .sort();
const asked = () => rig.hub.requests.splice(0).map((path) => /date=([\d-]+)/.exec(path)?.[1]);

describe('the first run', () => {
  it('reads the last week, weekends without lists too, and keeps what each list says', async () => {
    fillDays();
    const reports = await sync();
    expect(reports.map(({ label, added }) => [label, added])).toEqual([
      ['2026-11-19', 1],
      ['2026-11-20', 1],
      ['2026-11-21', 0],
      ['2026-11-22', 0],
      ['2026-11-23', 1],
      ['2026-11-24', 1],
      ['2026-11-25', 1],
      ['2026-11-26', 1],
    ]);
    const [paper] = await Array.fromAsync(archive.papers());
    expect(paper?.[0]).toMatchObject({
      abstract: 'What paper 0 of 2026-11-19 says, in two lines.',
      authors: ['Ada Lovelace'],
      commentCount: 2,
      listed: [{ date: '2026-11-19', rank: 1 }],
    });
    expect(rig.hub.authorization).toBe('Bearer hf_test');
  });

  it('reads lists of more than a page to their end', async () => {
    listOf('2026-11-25', 230);
    await sync();
    expect(await ids()).toHaveLength(230);
    const ranks = (await Array.fromAsync(archive.papers()))
      .flat()
      .map((one) => one.listed?.[0]?.rank);
    expect(Math.max(...ranks.map((rank) => rank ?? 0))).toBe(230);
  });
});

describe('a later run', () => {
  it('asks for the days since, and again for those that may still change, if they have', async () => {
    fillDays();
    await sync();
    expect(asked()).toHaveLength(8);
    await sync();
    expect(asked()).toEqual(['2026-11-25', '2026-11-26']);
    expect(rig.hub.notModified).toBe(2);
    listOf('2026-11-26', 2);
    const reports = await sync();
    expect(reports.map(({ added }) => added)).toEqual([0, 1]);
  });

  it('catches up a week offline', async () => {
    fillDays();
    today = '2026-11-19';
    await sync();
    today = '2026-11-26';
    asked();
    const reports = await sync();
    expect(reports.reduce((sum, { added }) => sum + added, 0)).toBe(5);
    expect(await ids()).toHaveLength(6);
  });

  it('looks again for a working day whose list was empty, until it stays so', async () => {
    fillDays();
    rig.hub.days.delete('2026-11-24');
    await sync();
    asked();
    listOf('2026-11-24');
    const reports = await sync();
    expect(asked()).toEqual(['2026-11-24', '2026-11-25', '2026-11-26']);
    expect(reports[0]).toMatchObject({ label: '2026-11-24', added: 1 });
  });

  it('stops before a day that has not begun there', async () => {
    fillDays();
    rig.hub.today = '2026-11-25';
    const reports = await sync();
    expect(reports.at(-1)?.label).toBe('2026-11-25');
  });

  it('does not pass over an old day that is refused', async () => {
    fillDays();
    rig.hub.script(undefined, { status: 400, body: '{"error":"Invalid date"}' });
    await expect(sync()).rejects.toMatchObject(LATER);
    expect(await ids()).toHaveLength(1);
    await sync();
    expect(await ids()).toHaveLength(6);
  });

  it('does not take votes and comments for a new text', async () => {
    listOf('2026-11-26');
    await sync();
    const before = (await Array.fromAsync(archive.papers())).flat()[0];
    const snapshots: unknown[] = [];
    hour = 13;
    rig.hub.days.set(
      '2026-11-26',
      (rig.hub.days.get('2026-11-26') ?? []).map((one) => ({ ...one, upvotes: 77 })),
    );
    const [report] = (
      await sync({ snapshots: { add: async (some) => void snapshots.push(...some) } })
    ).slice(-1);
    expect(report).toMatchObject({ added: 0, changed: 1, revised: 0 });
    const after = (await Array.fromAsync(archive.papers())).flat()[0];
    expect({ ...after, upvotes: before?.upvotes }).toEqual(before);
    expect(snapshots).toMatchObject([{ paperId: after?.id, upvotes: 77, commentCount: 2 }]);
  });
});

describe('"try later" is never "no papers"', () => {
  it.each([
    [
      '429 with what is left of its window',
      { status: 429, headers: { ratelimit: '"api";r=0;t=120' } },
      [120_000, 120_000],
    ],
    ['503', { status: 503 }, [10_000, 30_000]],
    ['406', { status: 406 }, [10_000, 30_000]],
    ['500 with Retry-After', { status: 500, headers: { 'retry-after': '7' } }, [7_000, 7_000]],
    [
      'a body that breaks off',
      { status: 200, body: '[{"paper":', isCutOff: true },
      [10_000, 30_000],
    ],
  ])('%s is waited for, then told', async (_, fault, waits) => {
    fillDays();
    rig.hub.script({ body: '[]' }, fault, fault, fault);
    await expect(sync()).rejects.toMatchObject(LATER);
    expect(rig.waits.map((ms) => Math.round(ms / 1_000) * 1_000)).toEqual(waits);
    expect(asked().slice(1)).toEqual(['2026-11-20', '2026-11-20', '2026-11-20']);
    // The day is asked for again and nothing is lost.
    await sync();
    expect(await ids()).toHaveLength(5);
  });

  it.each([
    ['a web page', { headers: { 'content-type': 'text/html' }, body: '<html>Welcome</html>' }],
    ['an object', { body: '{"error":"busy"}' }],
    ['an unknown path', { status: 404, body: 'Not Found' }],
    ['another site', { status: 302, headers: { location: 'https://example.com/' } }],
  ])('%s instead of a list is told', async (_, fault) => {
    rig.hub.script(fault, fault, fault);
    await expect(sync()).rejects.toMatchObject(LATER);
    expect(await ids()).toEqual([]);
  });

  it('a site that is not there is told', async () => {
    const closed = await new FakeHuggingFaceServer().listen();
    const gone = createHubSource({ ...parts(), baseUrl: closed.url });
    await closed.close();
    await expect(sync({ source: gone })).rejects.toMatchObject({
      message: expect.stringContaining('nothing answers at its address'),
    });
  });

  it('waits for the next window when nothing is left', async () => {
    fillDays();
    rig.hub.left = 3;
    await sync();
    expect(rig.waits.map((ms) => Math.round(ms / 1_000))).toEqual([300]);
    expect(await ids()).toHaveLength(6);
  });
});

it('goes on where it was cut short', async () => {
  fillDays();
  archive.failNext('savePapers', new Error('killed'));
  await expect(sync()).rejects.toThrow('killed');
  await sync();
  expect(await ids()).toHaveLength(6);
});

describe('one period', () => {
  it.each([
    ['date', '2026-11-20', 1],
    ['week', '2026-W48', 4],
    ['month', '2026-11', 6],
  ] as const)('of a %s is read whole', async (kind, value, count) => {
    fillDays();
    const batch = await readHubPeriod(parts(), { period: { kind, value } });
    expect(batch.records).toHaveLength(count);
    expect(batch.records[0]?.record.listed).toHaveLength(1);
  });

  it('to come is told as such', async () => {
    const period = { kind: 'date', value: '2026-12-24' } as const;
    await expect(readHubPeriod(parts(), { period })).rejects.toMatchObject({ code: 'input' });
  });
});

it('one paper is read by its id, or is not there', async () => {
  fillDays();
  const found = await readHubPaper(parts(), { arxivId: '2611.20000' });
  expect(found).toMatchObject({ kind: 'record', record: { title: 'Paper 0 of 2026-11-20' } });
  expect(await readHubPaper(parts(), { arxivId: '2611.99999' })).toBeUndefined();
});
