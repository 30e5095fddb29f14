import { join } from 'node:path';
import { HuggingFaceTransformersEmbeddings } from '@langchain/community/embeddings/huggingface_transformers';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { EmbedderInput } from '../src/llm/embedder.ts';
import { openLocalModel, type Tokeniser } from '../src/llm/local-model.ts';

/** Texts that are embedded together, as one measurement. */
export type Texts = readonly EmbedderInput[];

type EmbedTexts = (texts: Texts) => Promise<unknown>;
type Feeds = Readonly<Record<string, Tensor>>;

const MAX_TOKENS = 512;

/**
 * The same model on the same token ids and nothing else: no tokenising, no pooling, no sentence
 * vectors. Takes only the texts named here, whose ids it makes ready before anything is timed.
 */
export async function createBareOnnx(folder: string, known: readonly Texts[]): Promise<EmbedTexts> {
  const model = await openLocalModel(folder);
  const tokeniser = model.tokeniser();
  const ready = new Map(
    known.map((texts) => [texts, texts.map((text) => toFeeds(tokenIds(tokeniser, text)))]),
  );
  const session = await InferenceSession.create(join(folder, 'onnx', 'model_quantized.onnx'));
  return async (texts) => {
    for (const feeds of ready.get(texts) ?? []) await session.run(feeds);
  };
}

/** The ids that `createLocalEmbedder` gives its model for this text. */
function tokenIds({ cls, sep, tokenise }: Tokeniser, { title, sentences }: EmbedderInput) {
  const body = [`${title}.`, ...sentences].flatMap((part) => [...tokenise(part)]);
  return [cls, ...body.slice(0, MAX_TOKENS - 2), sep];
}

function toFeeds(ids: readonly number[]): Feeds {
  const shape = [1, ids.length];
  return {
    input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), shape),
    attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), shape),
    token_type_ids: new Tensor('int64', new BigInt64Array(ids.length), shape),
  };
}

/** LangChain community's class with its defaults, given all texts in one call. */
export function createCommunityEmbeddings(folder: string): EmbedTexts {
  const embeddings = new HuggingFaceTransformersEmbeddings({
    model: folder,
    pretrainedOptions: { dtype: 'q8', device: 'cpu', local_files_only: true },
  });
  return (texts) =>
    embeddings.embedDocuments(
      texts.map(({ title, sentences }) => `${title}. ${sentences.join(' ')}`),
    );
}
