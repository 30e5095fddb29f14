import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { EmbedderInput } from '../../src/llm/embedder.ts';
import { parseSavedPage } from '../../src/papers/saved-page.ts';
import { splitSentences } from '../../src/papers/sentences.ts';

const DATA = fileURLToPath(new URL('../../data', import.meta.url));

/** The model that ships. */
export const MODEL = join(DATA, 'models', 'footnote-minilm');
export const WEIGHTS = join('onnx', 'model_quantized.onnx');

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'footnote-llm-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A copy of the shipped model to damage. */
export async function copyModel(): Promise<string> {
  const folder = join(await temporaryFolder(), basename(MODEL));
  await cp(MODEL, folder, { recursive: true });
  return folder;
}

/** Rewrites a file of the folder. */
export async function rewrite(file: string, change: (bytes: Buffer) => Buffer): Promise<void> {
  await writeFile(file, change(await readFile(file)));
}

/** `count` papers of a saved page, spread over all of it. */
export async function inputsFromPage(count: number): Promise<readonly EmbedderInput[]> {
  const page = '000_79f9fff56daa8b9e.txt';
  const text = await readFile(join(DATA, 'pages', page), 'utf8');
  const { records } = parseSavedPage({ page, text });
  const step = Math.floor(records.length / count);
  return records
    .filter((_, i) => i % step === 0)
    .slice(0, count)
    .map(({ title, abstract }) => ({
      title,
      sentences: splitSentences(abstract).map(({ start, end }) => abstract.slice(start, end)),
    }));
}
