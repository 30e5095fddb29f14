import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { FootnoteError } from '../errors.ts';
import { cutToFit } from './cut-to-fit.ts';
import type { Embedder } from './embedder.ts';
import { hashModelFile } from './model-files.ts';
import { embedWholeTexts } from './whole-texts.ts';

export interface HuggingFaceEmbedderOptions {
  /** A folder, or a name on huggingface.co such as `Xenova/bge-small-en-v1.5`. */
  readonly model: string;
  /** Where files from huggingface.co are kept. */
  readonly cacheDir: string;
}

const DEFAULT_MAX_TOKENS = 512;

/**
 * Embedder over a model with ONNX weights in a folder or from huggingface.co, through LangChain's
 * community class: mean pooling, no prefix. Loads it now; throws FootnoteError `model` when it is
 * not there, cannot be downloaded or is damaged.
 */
export async function createHuggingFaceEmbedder({
  model,
  cacheDir,
}: HuggingFaceEmbedderOptions): Promise<Embedder> {
  const place = await findModel(model, cacheDir);
  const { embeddings, tokenizer, dimensions } = await loadModel(place);
  const limits = {
    maxTokens: tokenLimit(tokenizer),
    countTokens: (text: string) => tokenizer.encode(text).length,
  };
  return {
    model: place.name,
    dimensions,
    ...limits,
    ...embedWholeTexts(dimensions, async (texts, signal) => {
      const vectors: (readonly number[])[] = [];
      // One by one: the class starts all batches at once and pads each to its longest text, and
      // in a batch the vectors of an int8 model depend on their neighbours. It is as fast.
      for (const text of texts) {
        signal?.throwIfAborted();
        vectors.push(await embeddings.embedQuery(cutToFit(text, limits)));
      }
      return vectors;
    }),
    close: async () => {},
  };
}

interface ModelPlace {
  readonly kind: 'folder' | 'hub';
  /** Folder path or name on huggingface.co, as transformers takes it. */
  readonly path: string;
  readonly name: string;
  readonly options: {
    readonly dtype: 'q8' | 'fp32';
    readonly local_files_only: boolean;
    readonly cache_dir: string;
  };
}

const HUB_NAME = /^[\w.-]+(\/[\w.-]+)?$/;

async function findModel(model: string, cacheDir: string): Promise<ModelPlace> {
  const folder = resolve(model);
  if (await isThere(folder)) return findInFolder(folder, cacheDir);
  if (!HUB_NAME.test(model) || model.startsWith('.')) {
    throw new FootnoteError(
      'model',
      `There is no folder ${folder} with an embedding model. Correct EMBEDDER=hf:NAME: a folder, or a name on huggingface.co such as Xenova/bge-small-en-v1.5.`,
    );
  }
  const options = { dtype: 'fp32', local_files_only: false, cache_dir: cacheDir } as const;
  return { kind: 'hub', path: model, name: `hf:${model}`, options };
}

/** Full weights where there are any, since a hand-made quantisation may have lost quality. */
async function findInFolder(folder: string, cacheDir: string): Promise<ModelPlace> {
  const full = join(folder, 'onnx', 'model.onnx');
  const hasFull = await isThere(full);
  const weights = hasFull ? full : join(folder, 'onnx', 'model_quantized.onnx');
  if (!(await isThere(weights))) throw unloadable({ kind: 'folder', path: folder });
  const digest = await hashModelFile(weights);
  return {
    kind: 'folder',
    // A path with separators in front is never taken for a name, so nothing is downloaded.
    path: folder,
    name: `hf:${basename(folder)}@${digest.slice(0, 12)}`,
    options: { dtype: hasFull ? 'fp32' : 'q8', local_files_only: true, cache_dir: cacheDir },
  };
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function loadModel(place: ModelPlace) {
  // Not at the top: they cost start-up time.
  const [{ AutoTokenizer }, { HuggingFaceTransformersEmbeddings }] = await Promise.all([
    import('@huggingface/transformers'),
    import('@langchain/community/embeddings/huggingface_transformers'),
  ]);
  const embeddings = new HuggingFaceTransformersEmbeddings({
    model: place.path,
    maxRetries: 0, // What fails in this process fails again.
    pretrainedOptions: { ...place.options, device: 'cpu' },
  });
  try {
    // First, since of a model that is not there the tokeniser gives only a TypeError.
    const probe = await embeddings.embedQuery('dimensions');
    const tokenizer = await AutoTokenizer.from_pretrained(place.path, place.options);
    return { embeddings, tokenizer, dimensions: probe.length };
  } catch (cause) {
    throw unloadable(place, cause);
  }
}

function tokenLimit(tokenizer: { readonly model_max_length: number }): number {
  // Tokenisers without a limit name 10^30 or infinity.
  const limit = tokenizer.model_max_length;
  return limit > 0 && limit <= 1e6 ? limit : DEFAULT_MAX_TOKENS;
}

function unloadable(
  { kind, path }: Pick<ModelPlace, 'kind' | 'path'>,
  cause?: unknown,
): FootnoteError {
  if (kind === 'folder') {
    return new FootnoteError(
      'model',
      `The embedding model in ${path} could not be loaded. It needs config.json, tokenizer.json, tokenizer_config.json and onnx/model.onnx or onnx/model_quantized.onnx, undamaged.`,
      { cause },
    );
  }
  const isMissing = cause instanceof Error && cause.name === 'ModelFileNotFoundError';
  const why = isMissing
    ? 'it is not there, not public, or has no ONNX weights (onnx/model.onnx)'
    : 'no connection to huggingface.co, or it broke off';
  return new FootnoteError(
    'model',
    `The embedding model "${path}" could not be downloaded: ${why}. Correct EMBEDDER=hf:NAME, name a folder that holds the model, or set EMBEDDER=local, which needs no download.`,
    { cause },
  );
}
