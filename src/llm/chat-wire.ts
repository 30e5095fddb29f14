import { z } from 'zod';
import { type ChatServer, chatError } from './chat-errors.ts';
import { readTokenCount, type TokenCount } from './token-count.ts';

/** Unpacked; a reply of a few thousand tokens takes a tenth of it, each in an event of its own. */
const LONGEST_RESPONSE_BYTES = 4 * 1_024 * 1_024;
/** An event with a count is short; of a longer line only the beginning is kept. */
const LONGEST_LINE = 16_384;

const event = z.object({
  usage: z.object({ prompt_tokens: z.unknown(), completion_tokens: z.unknown() }),
});

/**
 * A `fetch` for OpenAI's client that ends a response beyond 4 MB with ModelError `malformed`, and
 * tells of the server's count as it comes: the client keeps it until the end of the stream, and
 * loses it with a failure.
 */
export function createChatFetch(
  server: ChatServer,
  onCount: (count: TokenCount | undefined) => void,
): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (response.body === null) return response;
    const { status, statusText, headers } = response;
    const body = response.body.pipeThrough(watch(server, onCount));
    return new Response(body, { status, statusText, headers });
  };
}

function watch(
  server: ChatServer,
  onCount: (count: TokenCount | undefined) => void,
): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder();
  let bytes = 0;
  let line = '';
  return new TransformStream({
    transform(piece, stream) {
      bytes += piece.byteLength;
      if (bytes > LONGEST_RESPONSE_BYTES) {
        const reason = `more than ${LONGEST_RESPONSE_BYTES} bytes came`;
        throw chatError({ failure: 'malformed', server, reason });
      }
      const lines = (line + decoder.decode(piece, { stream: true })).split('\n');
      line = (lines.pop() ?? '').slice(0, LONGEST_LINE);
      for (const one of lines) tellCount(one, onCount);
      stream.enqueue(piece);
    },
  });
}

function tellCount(line: string, onCount: (count: TokenCount | undefined) => void): void {
  if (!line.startsWith('data:') || !line.includes('"usage"')) return;
  const read = event.safeParse(parse(line.slice('data:'.length)));
  if (!read.success) return;
  const { prompt_tokens: promptTokens, completion_tokens: completionTokens } = read.data.usage;
  onCount(readTokenCount({ promptTokens, completionTokens }));
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // The client meets the same line and says so.
    return undefined;
  }
}
