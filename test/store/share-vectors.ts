// A program for tests and how to run it: embeds 120 texts through the cache in a folder, and counts
// each text that it has to embed in a file there.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withVectorCache } from '../../src/llm/vector-cache.ts';
import { openVectorCache } from '../../src/store/vector-cache.ts';
import { WordCountEmbedder } from '../fakes/word-count-embedder.ts';

const TEXTS = 120;
const AT_ONCE = 4;

/** Starts the program; `ended` resolves to its exit code, null when it was killed. */
export function runSharing(folder: string): { child: ChildProcess; ended: Promise<number | null> } {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return { child, ended: once(child, 'exit').then(([code]) => code) };
}

/** The titles that were embedded, as often as they were. */
export async function countedKeys(folder: string): Promise<readonly string[]> {
  const text = await readFile(join(folder, 'counted'), 'utf8').catch(() => '');
  return text.split('\n').filter(Boolean);
}

class CountingEmbedder extends WordCountEmbedder {
  readonly #file: string;

  constructor(folder: string) {
    super();
    this.#file = join(folder, 'counted');
  }

  override async embedTexts(inputs: Parameters<WordCountEmbedder['embedTexts']>[0]) {
    await new Promise((resolve) => setTimeout(resolve, 2));
    appendFileSync(this.#file, inputs.map(({ title }) => `${title}\n`).join(''));
    return super.embedTexts(inputs);
  }
}

async function embedAll(folder: string): Promise<void> {
  const embedder = withVectorCache(new CountingEmbedder(folder), {
    open: () => openVectorCache(join(folder, 'vectors.sqlite')),
    atOnce: AT_ONCE,
  });
  const inputs = Array.from({ length: TEXTS }, (_, n) => ({ title: `Text ${n}`, sentences: [] }));
  await embedder.embedTexts(inputs);
  await embedder.close();
}

const [, program, folder] = process.argv;
if (program === fileURLToPath(import.meta.url) && folder !== undefined) await embedAll(folder);
