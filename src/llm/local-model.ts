import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { AutoModel, AutoTokenizer, env, Tensor } from '@huggingface/transformers';
import { FootnoteError } from '../errors.ts';

/** A loaded encoder: token ids in, hidden states out. */
export interface LocalModel {
  /** Folder name and the first hex digits of the weights' SHA-256. */
  readonly name: string;
  readonly cls: number;
  readonly sep: number;
  /** Token ids of a text without special tokens. */
  tokenise(text: string): readonly number[];
  /** Hidden states of a padded batch: batch x longest x dimensions, flat. */
  forward(batch: readonly (readonly number[])[]): Promise<HiddenStates>;
  close(): Promise<void>;
}

export interface HiddenStates {
  readonly values: Float32Array;
  readonly longest: number;
  readonly dimensions: number;
}

const WEIGHTS = join('onnx', 'model_quantized.onnx');
const CHECKSUMS = 'SHA256SUMS';

/**
 * Loads a BERT-like ONNX encoder from a folder (`tokenizer.json`, `onnx/model_quantized.onnx`).
 * Throws FootnoteError `model` when a file is missing or differs from the folder's `SHA256SUMS`.
 */
export async function loadLocalModel(folder: string): Promise<LocalModel> {
  const path = resolve(folder);
  const digest = await verifyFiles(path);
  env.allowRemoteModels = false;
  env.localModelPath = `${dirname(path)}/`;
  try {
    const name = basename(path);
    const tokenizer = await AutoTokenizer.from_pretrained(name);
    const model = await AutoModel.from_pretrained(name, { dtype: 'q8', device: 'cpu' });
    const ends = tokenizer.encode('');
    return {
      name: `${name}@${digest.slice(0, 12)}`,
      cls: ends[0] ?? 0,
      sep: ends[1] ?? 0,
      tokenise: (text) => tokenizer.encode(text, { add_special_tokens: false }),
      forward: (batch) => forward(model, batch),
      close: async () => void (await model.dispose()),
    };
  } catch (cause) {
    throw new FootnoteError(
      'model',
      `The embedding model in ${path} could not be loaded. Restore the folder (git checkout data/models) or set EMBEDDER to another model.`,
      { cause },
    );
  }
}

type EncoderModel = Awaited<ReturnType<typeof AutoModel.from_pretrained>>;

async function forward(
  model: EncoderModel,
  batch: readonly (readonly number[])[],
): Promise<HiddenStates> {
  const longest = Math.max(...batch.map((ids) => ids.length));
  const size = batch.length * longest;
  const ids = new BigInt64Array(size);
  const mask = new BigInt64Array(size);
  batch.forEach((row, r) => {
    row.forEach((id, c) => {
      ids[r * longest + c] = BigInt(id);
      mask[r * longest + c] = 1n;
    });
  });
  const shape = [batch.length, longest];
  const output = await model({
    input_ids: new Tensor('int64', ids, shape),
    attention_mask: new Tensor('int64', mask, shape),
    token_type_ids: new Tensor('int64', new BigInt64Array(size), shape),
  });
  const hidden: Tensor = output.last_hidden_state;
  const values = Float32Array.from(hidden.data as Float32Array); // the model's output is float32
  const dimensions = hidden.dims[2] ?? 0;
  hidden.dispose();
  return { values, longest, dimensions };
}

async function verifyFiles(folder: string): Promise<string> {
  const sums = await readChecksums(folder);
  let weights = '';
  for (const file of ['config.json', 'tokenizer.json', 'tokenizer_config.json', WEIGHTS]) {
    const digest = await sha256(join(folder, file));
    const expected = sums.get(file);
    if (expected !== undefined && expected !== digest) throw damaged(join(folder, file));
    if (file === WEIGHTS) weights = digest;
  }
  return weights;
}

async function readChecksums(folder: string): Promise<ReadonlyMap<string, string>> {
  const file = join(folder, CHECKSUMS);
  const known = await access(file).then(
    () => true,
    () => false,
  );
  if (!known) return new Map();
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  return new Map(lines.map((line) => [line.slice(66).trim(), line.slice(0, 64)]));
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(file)) hash.update(piece);
  } catch (cause) {
    throw new FootnoteError(
      'model',
      `The embedding model's file ${file} cannot be read. Restore it (git checkout data/models) or set EMBEDDER to another model.`,
      { cause },
    );
  }
  return hash.digest('hex');
}

function damaged(file: string): FootnoteError {
  return new FootnoteError(
    'model',
    `The embedding model's file ${file} is damaged: its checksum is not the one in ${CHECKSUMS}. Restore it (git checkout data/models).`,
  );
}
