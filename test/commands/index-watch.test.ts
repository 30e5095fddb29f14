import { beforeEach, describe, expect, it } from 'vitest';
import type { Assembly } from '../../src/assembly.ts';
import type { CommandContext } from '../../src/commands/command.ts';
import { createIndexWatch } from '../../src/commands/index-watch.ts';
import { FootnoteError } from '../../src/errors.ts';
import { forgetReading, noteReading } from '../../src/retrieval/unfinished-reading.ts';
import { MemoryIndex } from '../fakes/memory-index.ts';
import { makePaper } from '../retrieval/indexed-paper.ts';

let index: MemoryIndex;
beforeEach(() => {
  index = new MemoryIndex();
});

const paper = (n: number) => makePaper(`Graphs ${n}`, `We study ${n} molecules.`);

function watchIndex({ waitMs = 0, failure }: { waitMs?: number; failure?: Error } = {}) {
  // What the watch uses of them, and no more.
  const assembly = {
    index,
    embedder: { model: 'made-up' },
    config: { pagesDir: import.meta.dirname, dataDir: import.meta.dirname },
    buildLock: { hold: () => Promise.reject(failure) },
  } as unknown as Assembly;
  const context = {
    stderr: { write: () => true },
    log: () => {},
    signal: new AbortController().signal,
  } as unknown as CommandContext;
  return createIndexWatch(assembly, context, { waitMs });
}

describe('the index watch', () => {
  it('tells that it reads until all pages are read, however many papers are there', async () => {
    const watch = watchIndex();
    expect(await watch.status()).toMatchObject({ papers: 0, phase: 'reading' });
    await noteReading(index, [import.meta.dirname]);
    await index.savePapers([paper(1), paper(2)]);
    expect(await watch.status()).toMatchObject({ papers: 2, phase: 'reading' });
    await forgetReading(index);
    expect(await watch.status()).toMatchObject({ papers: 2, phase: 'words-only' });
  });

  it('goes on answering while pages are added later', async () => {
    await index.savePapers([paper(1)]);
    const watch = watchIndex();
    await watch.readable();
    await noteReading(index, [import.meta.dirname]);
    await watch.readable();
    expect(await watch.status()).toMatchObject({ phase: 'words-only' });
  });

  it('lets a question wait until the papers are read', async () => {
    await noteReading(index, [import.meta.dirname]);
    await index.savePapers([paper(1)]);
    const waiting = watchIndex({ waitMs: 20_000 }).readable();
    await forgetReading(index);
    await waiting;
  });

  it('says how far it is and when to ask again where that takes too long', async () => {
    await noteReading(index, [import.meta.dirname]);
    await index.savePapers([paper(1), paper(2), paper(3)]);
    await expect(watchIndex({ waitMs: 150 }).readable()).rejects.toMatchObject({
      code: 'busy',
      message: 'Footnote is still reading the papers, 3 so far; try again in a few seconds.',
      facts: { retryAfter: 3 },
    });
  });

  it('stops waiting for a reader who has left', async () => {
    const reader = AbortSignal.timeout(20);
    await expect(watchIndex({ waitMs: 20_000 }).readable(reader)).rejects.toThrow(/abort/i);
  });

  it('says at once that there are no papers and none will come', async () => {
    const watch = watchIndex({
      waitMs: 20_000,
      failure: new FootnoteError('index', 'The disk is full.'),
    });
    await watch.complete();
    await expect(watch.readable()).rejects.toMatchObject({
      code: 'busy',
      message: expect.stringMatching(/no papers to answer from.+The disk is full\./),
    });
    await index.savePapers([paper(1)]);
    await watch.readable();
  });
});
