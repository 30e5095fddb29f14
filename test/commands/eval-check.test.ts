import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommandContext } from '../../src/commands/command.ts';
import { checkFloors } from '../../src/commands/eval-check.ts';
import { WordCountEmbedder } from '../fakes/word-count-embedder.ts';

const FIXTURE = join(import.meta.dirname, '../fixtures/beir');
const REPORT = { retrieval: { Footnote: { ndcg10: 0.9 } }, answers: { Footnote: { refusal: 1 } } };

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'eval-check-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true, maxRetries: 5 }));

async function check(modern: Readonly<Record<string, number>>) {
  const written: string[] = [];
  const stream = { write: (text: string) => written.push(text) };
  // What the check uses of it, and no more.
  const context = {
    config: { dataDir },
    stdout: stream,
    stderr: { write: () => true },
    signal: new AbortController().signal,
  } as unknown as CommandContext;
  const floorsFile = join(dataDir, 'floors.json');
  const floors = { retrieval: { ndcg10: 0.8 }, answers: { refusal: 0.9 }, modern };
  await writeFile(floorsFile, JSON.stringify(floors));
  const code = await checkFloors(context, {
    embedder: new WordCountEmbedder(),
    report: REPORT,
    floorsFile,
    modernFolder: FIXTURE,
  });
  return { code, text: written.join('') };
}

describe('eval --check', () => {
  it('measures the modern set beside the questions and holds both against the floors', async () => {
    const { code, text } = await check({ recall10: 1, queries: 3 });
    expect([code, text]).toEqual([
      0,
      expect.stringMatching(/Modern set, 3 questions: S@1 .+R@10 1\.000.+\nAll floors hold\.\n$/),
    ]);
  });

  // Only the questions on the shipped papers had floors.
  it('fails when the modern set falls below a floor of its own', async () => {
    const { code, text } = await check({ recall10: 1.01 });
    expect(code).toBe(1);
    expect(text).toContain('modern recall10 is 1.000, below its floor 1.01\n1 floors are broken.');
  });
});
