import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { AutoModel, PreTrainedTokenizer, Tensor } from '@huggingface/transformers';
import { FootnoteError } from '../errors.ts';
import { verifyModelFiles } from './model-files.ts';

/** An encoder in a folder: token ids in, hidden states out. */
export interface LocalModel {
  /** Folder name and the first hex digits of the weights' SHA-256. */
  readonly name: string;
  tokeniser(): Tokeniser;
  /**
   * Hidden states of one text. One at a time: in a batch, int8 activations take their scale from
   * all its texts, so that a vector would depend on its neighbours (cosine .993); it is as fast.
   */
  forward(ids: readonly number[]): Promise<HiddenStates>;
  /** Gives the weights' memory back. */
  close(): Promise<void>;
}

export interface Tokeniser {
  readonly cls: number;
  readonly sep: number;
  /** Token ids of a text without special tokens. */
  tokenise(text: string): readonly number[];
}

export interface HiddenStates {
  /** Tokens x dimensions, flat. */
  readonly values: Float32Array;
  readonly dimensions: number;
}

const WEIGHTS = join('onnx', 'model_quantized.onnx');

/**
 * Opens a BERT-like ONNX encoder in a folder (`tokenizer.json`, `onnx/model_quantized.onnx`): the
 * files are checked now, the tokeniser and the weights read when first needed. Throws
 * FootnoteError `model`, as `tokeniser` and `forward` do, when a file is missing or damaged.
 */
export async function openLocalModel(folder: string): Promise<LocalModel> {
  const path = resolve(folder);
  const files = [WEIGHTS, 'config.json', 'tokenizer.json', 'tokenizer_config.json'];
  const [digest = ''] = await verifyModelFiles(path, files);
  let tokeniser: Tokeniser | undefined;
  let weights: Promise<EncoderModel> | undefined;
  const loadOnce = () => {
    weights ??= loadWeights(path).catch((error) => {
      weights = undefined; // The next call tries again: the folder may be restored by then.
      throw error;
    });
    return weights;
  };
  return {
    name: `${basename(path)}@${digest.slice(0, 12)}`,
    tokeniser: () => {
      tokeniser ??= readTokeniser(path);
      return tokeniser;
    },
    forward: async (ids) => forward(await loadOnce(), ids),
    close: async () => {
      const loaded = await weights?.catch(() => undefined);
      weights = undefined;
      await loaded?.dispose();
    },
  };
}

// Built from its files at once instead of by AutoTokenizer: a third of the time, and synchronous.
function readTokeniser(folder: string): Tokeniser {
  try {
    const [vocabulary, settings] = ['tokenizer.json', 'tokenizer_config.json'].map((file) =>
      JSON.parse(readFileSync(join(folder, file), 'utf8')),
    );
    const tokenizer = new PreTrainedTokenizer(vocabulary, settings);
    const [cls = 0, sep = 0] = tokenizer.encode('');
    return {
      cls,
      sep,
      tokenise: (text) => tokenizer.encode(text, { add_special_tokens: false }),
    };
  } catch (cause) {
    throw unloadable(folder, cause);
  }
}

type EncoderModel = Awaited<ReturnType<typeof AutoModel.from_pretrained>>;

// By path and per-call options, never through transformers' `env`: other embedders share that.
async function loadWeights(folder: string): Promise<EncoderModel> {
  try {
    const options = { dtype: 'q8', device: 'cpu', local_files_only: true } as const;
    return await AutoModel.from_pretrained(folder, options);
  } catch (cause) {
    throw unloadable(folder, cause);
  }
}

function unloadable(folder: string, cause: unknown): FootnoteError {
  return new FootnoteError(
    'model',
    `The embedding model in ${folder} could not be loaded. Restore the folder (git checkout data/models) or set EMBEDDER to another model.`,
    { cause },
  );
}

async function forward(model: EncoderModel, ids: readonly number[]): Promise<HiddenStates> {
  const shape = [1, ids.length];
  const output = await model({
    input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), shape),
    attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), shape),
    token_type_ids: new Tensor('int64', new BigInt64Array(ids.length), shape),
  });
  const hidden: Tensor = output.last_hidden_state;
  const values = Float32Array.from(hidden.data as Float32Array); // the model's output is float32
  const dimensions = hidden.dims[2] ?? 0;
  hidden.dispose();
  return { values, dimensions };
}
