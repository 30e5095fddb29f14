import type { ChatConnection, ReplyChunk, TokenCount } from './chat-connection.ts';
import { type ChatServer, chatError } from './chat-errors.ts';
import type { ChatRequest } from './chat-model.ts';
import { splitModelName } from './chat-settings.ts';

/** Four times what English takes: beyond it the server keeps to no limit at all. */
const CHARACTERS_A_TOKEN = 8;

export interface AttemptParts {
  readonly connect: ChatConnection;
  readonly server: ChatServer;
  /** The longest silence, before the first chunk and between two. */
  readonly stallMs: number;
}

export interface Attempt {
  readonly request: ChatRequest;
  readonly signal: AbortSignal;
  readonly onText: (text: string) => void;
}

/**
 * Reads one reply to its end, or to eight characters a token of its limit. Resolves with the
 * tokens that the server counted, if it did. Throws ModelError for what it sees itself (a silence,
 * a cut, a filter), else what the SDK throws, or the signal's reason.
 */
export async function readReply(
  { connect, server, stallMs }: AttemptParts,
  { request, signal, onText }: Attempt,
): Promise<TokenCount | undefined> {
  const watch = watchSilence(stallMs, server);
  const heard = new ReplyRecord();
  try {
    const chunks = await connect(request, AbortSignal.any([signal, watch.signal]));
    watch.heard();
    for await (const chunk of chunks) {
      watch.heard();
      heard.add(chunk);
      if (chunk.text !== '') onText(chunk.text);
      if (heard.characters > request.maxTokens * CHARACTERS_A_TOKEN) return undefined;
    }
  } finally {
    watch.stop();
  }
  checkEnd(heard, server);
  return heard.counted;
}

class ReplyRecord {
  chunks = 0;
  characters = 0;
  finish: string | undefined;
  counted: TokenCount | undefined;

  add({ text, counted, finish }: ReplyChunk): void {
    this.chunks += 1;
    this.characters += text.length;
    this.finish = finish ?? this.finish;
    if (counted === undefined) return;
    const before = this.counted ?? { promptTokens: 0, completionTokens: 0 };
    this.counted = {
      promptTokens: before.promptTokens + counted.promptTokens,
      completionTokens: before.completionTokens + counted.completionTokens,
    };
  }
}

/** Aborts its signal with ModelError `timeout` when for so long nothing was heard any more. */
function watchSilence(stallMs: number, server: ChatServer) {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const abort = () => {
    const reason = `nothing came for ${stallMs / 1_000} seconds`;
    controller.abort(chatError({ failure: 'timeout', server, reason }));
  };
  return {
    signal: controller.signal,
    heard: () => {
      timer = timer?.refresh() ?? setTimeout(abort, stallMs);
    },
    stop: () => {
      clearTimeout(timer);
      // Whatever made the reading end, the request ends with it.
      controller.abort(new Error('The reply is no longer read.'));
    },
  };
}

function checkEnd({ finish, chunks }: ReplyRecord, server: ChatServer): void {
  if (finish === 'content_filter') {
    throw chatError({ failure: 'refused', server, reason: 'its content filter ended the reply' });
  }
  // The clients of other providers notice a cut themselves, and name the end in other ways.
  if (finish !== undefined || splitModelName(server.name).provider !== 'openai') return;
  const reason = chunks === 0 ? 'a stream without events' : 'the stream ended before the reply did';
  throw chatError({ failure: chunks === 0 ? 'malformed' : 'down', server, reason });
}
