import { cp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { createProcessLock } from '../../src/store/process-lock.ts';
import { FakeOpenAIServer } from '../fakes/openai-server.ts';
import { killFootnote, startFootnote } from '../fixtures/footnote-process.ts';
import { makeLibrary, QUESTION, withAbstract } from './made-library.ts';

const { root, pages, expected, ...made } = await makeLibrary();
const { folder, settingsOf, run, papersIn, countsIn, expectWhole, expectAnswer } = made;
afterAll(() => rm(root, { recursive: true, force: true, maxRetries: 5 }));

describe('an ingest that is killed', () => {
  it.each([
    ['at its start', '', 450],
    ['between two pages', 'graphs.txt', 0],
    ['as its vectors are made', 'spaced.txt', 400],
  ])('%s loses and doubles nothing when it is run again', async (_, text, later) => {
    const dataDir = await folder();
    const { code } = await killFootnote(['ingest'], settingsOf(dataDir), { text, later });
    expect(code).toBeNull();
    expect((await run(['ingest'], dataDir)).code).toBe(0);
    await expectWhole(dataDir);
    await expectAnswer(dataDir);
  });

  // Any paper at all was taken for the whole library.
  it('is completed by the next question where the question itself had begun it', async () => {
    const dataDir = await folder();
    await killFootnote(['ask', QUESTION], settingsOf(dataDir), { text: 'graphs.txt', later: 0 });
    expect((await countsIn(dataDir)).papers).toBeLessThan(expected.length);
    await expectAnswer(dataDir);
    await expectWhole(dataDir);
  });

  // It left a part of its papers for good: only a question's own reading was ever completed.
  it.each([0, 3, 10, 30, 80])(
    'is completed by whatever runs next, %i ms after its first page',
    async (later) => {
      const dataDir = await folder();
      const killed = await killFootnote(['ingest', pages], settingsOf(dataDir), {
        text: 'graphs.txt',
        later,
      });
      expect(killed.code).toBeNull();
      const before = (await countsIn(dataDir)).papers;
      if (later === 0) expect(before).toBeLessThan(expected.length);
      // Nothing but what was noted can bring the pages back.
      const settings = { PAGES_DIR: join(root, 'nowhere') };
      const next = await run(['papers', '--json'], dataDir, settings);
      expect([next.code, next.stdout.match(/\n/g)?.length]).toEqual([0, expected.length]);
      if (before < expected.length) {
        expect(next.stderr).toContain(`The reading of ${pages} was cut short the last time`);
      }
      expect(await papersIn(dataDir)).toEqual(expected);
      expect((await run(['papers'], dataDir, settings)).stderr).toBe('');
    },
  );

  it('is completed once by two questions at the same time', async () => {
    const dataDir = await folder();
    await killFootnote(['ingest'], settingsOf(dataDir), { text: 'graphs.txt', later: 0 });
    const [one, other] = await Promise.all([
      run(['ask', QUESTION], dataDir),
      run(['ask', QUESTION], dataDir),
    ]);
    expect([one.code, other.code]).toEqual([0, 0]);
    const told = `${one.stderr}${other.stderr}`;
    expect(told).toContain('was cut short the last time');
    expect(told).not.toContain('reference');
    await expectWhole(dataDir);
  });

  it('is completed by start, which says so', async () => {
    const dataDir = await folder();
    await killFootnote(['ingest'], settingsOf(dataDir), { text: 'graphs.txt', later: 0 });
    const started = startFootnote(['start'], { ...settingsOf(dataDir), PORT: '0' });
    onTestFinished(() => void started.child.kill('SIGKILL'));
    await started.said(`The index is whole: ${expected.length} papers.`);
    started.child.kill('SIGTERM');
    expect((await started.finished).stderr).toContain(`The reading of ${pages} was cut short`);
    await expectWhole(dataDir);
  });

  it('is not touched by a question while another process builds, which is told', async () => {
    const dataDir = await folder();
    await killFootnote(['ingest'], settingsOf(dataDir), { text: 'graphs.txt', later: 0 });
    const lock = createProcessLock(join(dataDir, 'state', 'build.lock'));
    const { code, stderr } = await lock.hold(() => run(['papers'], dataDir));
    expect([code, stderr]).toEqual([
      0,
      'Another process is building the index; answering from what is there.\n',
    ]);
    expect((await countsIn(dataDir)).papers).toBeLessThan(expected.length);
  });

  it('is told of, with what to do, when its pages are gone', async () => {
    const [dataDir, away] = [await folder(), await folder()];
    await cp(pages, away, { recursive: true });
    const moment = { text: 'graphs.txt', later: 0 };
    await killFootnote(['ingest', away], settingsOf(dataDir), moment);
    await rm(away, { recursive: true });
    const { code, stderr } = await run(['papers', '--json'], dataDir);
    expect(code).toBe(0);
    expect(stderr).toMatch(
      new RegExp(`${away} was cut short .+ no pages are there any more.+npm run ingest`),
    );
    expect((await run(['papers'], dataDir)).stderr).toBe('');
  });

  it('embeds no text again whose vectors were stored', async () => {
    const server = await FakeOpenAIServer.start();
    onTestFinished(() => server.close());
    const dataDir = await folder();
    const page = join(root, 'many.txt');
    const titles = Array.from({ length: 150 }, (_, n) => `Paper Number ${n} on Graphs`);
    await writeFile(page, titles.map(withAbstract).join(''));
    const openAI = {
      EMBEDDER: 'openai:m',
      OPENAI_API_KEY: 'none',
      OPENAI_BASE_URL: server.baseUrl,
    };
    const settings = { ...openAI, DATA_DIR: dataDir };
    const killed = startFootnote(['ingest', page], settings);
    // One request learns the dimensions, two embed the first batch; of the next two none is answered.
    while (server.requests.length < 3) await sleep(2);
    server.script({ kind: 'hang' }, { kind: 'hang' });
    while (server.requests.length < 5) await sleep(2);
    killed.child.kill('SIGKILL');
    await killed.finished;
    const before = new Set(server.requests.splice(0).slice(0, 3).flat());
    const { code, stdout } = await startFootnote(['ingest', page], settings).finished;
    expect([code, stdout]).toEqual([0, '150 papers in the index, 150 of them embedded.\n']);
    const again = server.requests.flat();
    const missing = titles.filter((title) => !before.has(title));
    expect(missing).toHaveLength(150 - 64);
    expect(titles.filter((title) => again.includes(title))).toEqual(missing);
  });
});
