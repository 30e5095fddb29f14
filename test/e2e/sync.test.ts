import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PaperId } from '../../src/papers/paper.ts';
import { openStore } from '../../src/store/open-store.ts';
import {
  finished,
  makeDataDir,
  runFootnote,
  startFootnote,
  written,
} from '../commands/run-footnote.ts';
import { FakeArxivServer } from '../fakes/arxiv-server.ts';
import { FakeHuggingFaceServer } from '../fakes/hugging-face-server.ts';

const ROBOTS = {
  id: '2611.12345',
  title: 'TurtleBox: Compact Memory for Walking Robots',
  summary:
    'Walking robots forget where they stepped. We present TurtleBox, a compact memory for robots that walk.\nOn gravel TurtleBox reduces falls by 37% compared with a recurrent baseline.',
  upvotes: 41,
};

// The program goes by the real clock.
const dayBefore = (days: number) =>
  new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const [TODAY, YESTERDAY] = [dayBefore(0), dayBefore(1)];

let data: { readonly dataDir: string; readonly drop: () => Promise<void> };
let hub: FakeHuggingFaceServer;
let arxiv: FakeArxivServer;
beforeAll(async () => {
  data = await makeDataDir();
});
afterAll(() => data.drop());
beforeEach(async () => {
  hub = await new FakeHuggingFaceServer().listen();
  arxiv = await new FakeArxivServer().listen();
  hub.today = TODAY;
  hub.days.set('2025-11-20', [ROBOTS]);
});
afterEach(async () => {
  await hub.close();
  await arxiv.close();
});

const env = () => ({
  HF_URL: hub.url,
  ARXIV_API_URL: `${arxiv.url}/api/query`,
  ARXIV_OAI_URL: `${arxiv.url}/oai`,
  ARXIV_FEED_URL: arxiv.url,
  SYNC_CONTACT: 'tests@example.org',
});
const run = (args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
  runFootnote(args, { dataDir: data.dataDir, env: { ...env(), ...more } });

interface Cited {
  readonly citations: readonly { readonly paperId: string; readonly url: string }[];
}
const ask = async (question: string) => {
  const { stdout } = await run(['ask', '--json', question]);
  return (JSON.parse(stdout) as Cited).citations; // the contract of `ask --json`
};
const stored = async () => {
  const { stdout } = await run(['papers', '--json']);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>); // the same
};

describe('sync', () => {
  it('stores the papers of a day, and ask cites one by its arXiv link', async () => {
    const { code, stdout } = await run(['sync', '--source', 'hf', '--date', '2025-11-20']);
    expect([code, stdout]).toEqual([
      0,
      'hf 2025-11-20: 1 added, 0 changed, 0 already there\n1 papers added, 0 changed.\n',
    ]);
    const [citation] = await ask('by how much does TurtleBox reduce falls on gravel?');
    expect(citation).toMatchObject({
      paperId: 'arxiv:2611.12345',
      url: 'https://arxiv.org/abs/2611.12345',
    });
  });

  it('tells what it cannot read, keeps the rest and ends with 1', async () => {
    const other = { ...ROBOTS, id: '2611.12399', title: 'Sparse Lanterns for Long Texts' };
    hub.days.set(YESTERDAY, [other]);
    const names = ['--source', 'arxiv:cs.LG', '--source', 'hf', '--since', YESTERDAY];
    const { code, stdout, stderr } = await run(['sync', ...names], { SYNC_CONTACT: '' });
    expect(code).toBe(1);
    expect(stderr).toContain('set SYNC_CONTACT to your e-mail or web address');
    expect(stdout).toContain(`hf ${YESTERDAY}: 1 added`);
    expect(arxiv.requests).toEqual([]);
  });
});

describe('ingest', () => {
  it('adds a paper by its link, and tells of one that is not there', async () => {
    arxiv.papers = [
      {
        id: '2401.00001',
        title: 'Ocean Clocks: Keeping Time with Waves',
        abstract:
          'Waves keep time. We build an ocean clock that drifts by less than two seconds a day.',
      },
    ];
    const { code, stdout, stderr } = await run([
      'ingest',
      'https://arxiv.org/abs/2401.00001v1',
      '2401.99999',
    ]);
    expect(code).toBe(1);
    expect(stdout).toContain('arXiv: 1 added');
    expect(stderr).toContain('arXiv has no paper 2401.99999; check the id.');
    expect(await stored()).toContainEqual(
      expect.objectContaining({
        id: 'arxiv:2401.00001',
        version: 1,
        categories: ['cs.LG', 'cs.AI'],
      }),
    );
  });

  it('asks Hugging Face for a paper where arXiv cannot be asked', async () => {
    const paper = { ...ROBOTS, id: '2611.12777', title: 'Borrowed Light' };
    hub.days.set('2025-11-21', [paper]);
    const { code, stdout, stderr } = await run(['ingest', 'arXiv:2611.12777'], {
      SYNC_CONTACT: '',
    });
    expect([code, stdout]).toEqual([0, expect.stringContaining('Hugging Face: 1 added')]);
    expect(stderr).toContain('Asking Hugging Face instead.');
    expect(arxiv.requests).toEqual([]);
  });

  it('finds the arXiv ids of papers that are known by their titles alone, once', async () => {
    const untitled = (await stored()).filter(({ arxivId }) => arxivId === undefined);
    const [known] = untitled;
    // All others count as asked for, since three seconds lie between two questions.
    const { title = '', abstract = '', id = '' } = known ?? {};
    await rememberAsked(untitled.filter((one) => one !== known).map((one) => String(one.id)));
    arxiv.papers = [{ id: '2502.00007', title: String(title), abstract: String(abstract) }];
    const { code, stdout } = await run(['ingest', '--resolve']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('arXiv has 1 of the 1 papers')]);
    const papers = await stored();
    expect(papers.filter((one) => one.id === id)).toEqual([]);
    expect(papers).toContainEqual(
      expect.objectContaining({
        id: 'arxiv:2502.00007',
        url: 'https://arxiv.org/abs/2502.00007',
        title,
      }),
    );
    const again = await run(['ingest', '--resolve']);
    expect(again.stdout).toContain('No titles to ask arXiv for');
    expect(arxiv.requests).toHaveLength(1);
  });

  it.each(['https://example.com/paper', '2401.0001', 'arXiv:2413.00001v2'])(
    'refuses %s, which leads to no paper',
    async (one) => {
      const { code, stderr } = await run(['ingest', one]);
      const sentence = `${one} is neither an arXiv id nor a link to a paper there.`;
      expect([code, stderr]).toEqual([1, expect.stringContaining(sentence)]);
    },
  );
});

it('start reads what was missed, and stops at once', async () => {
  hub.days.set(TODAY, [{ ...ROBOTS, id: '2611.12400', title: 'Quiet Engines at Dawn' }]);
  const child = startFootnote(['start'], {
    dataDir: data.dataDir,
    env: { ...env(), PORT: '0', SYNC_SOURCES: 'hf', SYNC_TIMES: '0 6 * * 1-5 Europe/Berlin' },
  });
  const ended = finished(child);
  await written(child, /New papers were read: \d+ papers added/);
  child.kill('SIGINT');
  expect((await ended).code).toBe(0);
  expect(await stored()).toContainEqual(expect.objectContaining({ id: 'arxiv:2611.12400' }));
});

async function rememberAsked(ids: readonly string[]): Promise<void> {
  const store = await openStore({ file: join(data.dataDir, 'state', 'footnote.sqlite') });
  const askedAt = new Date().toISOString();
  for (const id of ids) {
    await store.resolvedTitles.put({ titleId: id as PaperId, askedAt }); // an id that was stored
  }
  await store.close();
}
