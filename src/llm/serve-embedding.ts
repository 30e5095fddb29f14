import { FootnoteError } from '../errors.ts';
import type { EmbedReply, EmbedRequest } from './embed-messages.ts';
import type { Embedder } from './embedder.ts';

export interface ServedEmbedder {
  /** The model's folder, to name it when it fails. */
  readonly folder: string;
  /** Called with the first request, and again after it failed. */
  readonly open: () => Promise<Embedder>;
}

/**
 * Makes this process, which must be a child with an IPC channel, embed what it is sent. It ends
 * with its parent: what it is at then is aborted, and ended first where the Embedder wants it so.
 */
export function serveEmbedding(served: ServedEmbedder): void {
  const running = new Map<number, AbortController>();
  const loadOnce = keepOpened(served.open);
  const endWhenIdle = () => {
    if (!process.connected && running.size === 0) process.exit();
  };
  // The parent's end, even by kill -9, closes the channel. Ctrl-C and `systemctl stop` signal both
  // processes; the parent alone decides whether work is to be finished.
  process.on('disconnect', () => {
    for (const controller of running.values()) controller.abort();
    endWhenIdle();
  });
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => {});
  process.on('message', async (request: EmbedRequest) => {
    if (request.kind === 'cancel') {
      running.get(request.id)?.abort();
      return;
    }
    const controller = new AbortController();
    running.set(request.id, controller);
    const reply = await embed(request, { ...served, loadOnce, signal: controller.signal });
    running.delete(request.id);
    if (!controller.signal.aborted && process.connected) process.send?.(reply);
    endWhenIdle();
  });
}

interface EmbedParts {
  readonly folder: string;
  readonly loadOnce: () => Promise<Embedder>;
  readonly signal: AbortSignal;
}

async function embed(
  { id, inputs }: Extract<EmbedRequest, { kind: 'embed' }>,
  { folder, loadOnce, signal }: EmbedParts,
): Promise<EmbedReply> {
  try {
    const embedder = await loadOnce();
    return { kind: 'embedded', id, texts: await embedder.embedTexts(inputs, { signal }) };
  } catch (error) {
    if (error instanceof FootnoteError) {
      const { code, message, cause } = error;
      return { kind: 'failed', id, code, message, cause: String(cause) };
    }
    const message = `The embedding model in ${folder} failed on a text. Restore the folder (git checkout data/models) or set EMBEDDER to another model.`;
    return { kind: 'failed', id, code: 'model', message, cause: String(error) };
  }
}

function keepOpened(open: () => Promise<Embedder>): () => Promise<Embedder> {
  let loading: Promise<Embedder> | undefined;
  return () => {
    loading ??= open().catch((error) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}
