// The program of the process that `startEmbedChild` forks: embeds the batches it is sent, in a
// process of its own so that ending it gives the memory back. Its argument is the model's folder.
import { FootnoteError } from '../errors.ts';
import type { EmbedReply, EmbedRequest } from './embed-messages.ts';
import type { Embedder } from './embedder.ts';
import { createLocalEmbedder } from './local-embedder.ts';

const [, , folder = ''] = process.argv;
const running = new Map<number, AbortController>();
let loading: Promise<Embedder> | undefined;

// The parent's end, even by kill -9, closes the channel. Ctrl-C and `systemctl stop` signal both
// processes; the parent alone decides whether work is to be finished.
process.on('disconnect', () => process.exit());
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.on('message', (request: EmbedRequest) => void handle(request));

async function handle(request: EmbedRequest): Promise<void> {
  if (request.kind === 'cancel') {
    running.get(request.id)?.abort();
    return;
  }
  const controller = new AbortController();
  running.set(request.id, controller);
  const reply = await embed(request, controller.signal);
  running.delete(request.id);
  // The channel may have closed meanwhile; `disconnect` then ends this process.
  if (!controller.signal.aborted && process.connected) process.send?.(reply);
}

async function embed(
  { id, inputs }: Extract<EmbedRequest, { kind: 'embed' }>,
  signal: AbortSignal,
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

function loadOnce(): Promise<Embedder> {
  loading ??= createLocalEmbedder(folder).catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}
