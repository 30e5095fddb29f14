import type { ReplyChunk } from './chat-connection.ts';
import type { TokenCount } from './token-count.ts';

// Of English, where a server does not count them.
const CHARACTERS_A_TOKEN = 4;

/** What was heard of one request so far; it is read while the request runs. */
export class HeardReply {
  /** From the moment it is sent; not any more once the server turned it away unread. */
  mayBeBilled = false;
  /** Whether the reply came to its end, so that a count of the server is its last. */
  isWhole = false;
  chunks = 0;
  characters = 0;
  /** At least one for each piece, thoughts too. */
  tokens = 0;
  finish: string | undefined;
  /** What the connection saw of the server's count, before its client hands it on. */
  told: TokenCount | undefined;
  #summed: TokenCount | undefined;

  get counted(): TokenCount | undefined {
    return this.#summed ?? this.told;
  }

  add({ text, thoughts = 0, counted, finish }: ReplyChunk): void {
    this.chunks += 1;
    this.characters += text.length;
    this.finish = finish ?? this.finish;
    this.tokens += Math.max(
      Math.ceil((text.length + thoughts) / CHARACTERS_A_TOKEN),
      // The first and the last are often empty; between them the model thinks.
      this.chunks > 1 && this.finish === undefined && counted === undefined ? 1 : 0,
    );
    if (counted === undefined) return;
    const before = this.#summed ?? { promptTokens: 0, completionTokens: 0 };
    this.#summed = {
      promptTokens: before.promptTokens + counted.promptTokens,
      completionTokens: before.completionTokens + counted.completionTokens,
    };
  }
}
