import type { ErrorCode } from '../errors.ts';
import type { EmbeddedText, EmbedderInput } from './embedder.ts';

/** What the embedding process is told. */
export type EmbedRequest =
  | { readonly kind: 'embed'; readonly id: number; readonly inputs: readonly EmbedderInput[] }
  | { readonly kind: 'cancel'; readonly id: number };

/** What it says to an `embed`; to one that was cancelled, nothing. */
export type EmbedReply =
  | { readonly kind: 'embedded'; readonly id: number; readonly texts: readonly EmbeddedText[] }
  | {
      readonly kind: 'failed';
      readonly id: number;
      readonly code: ErrorCode;
      readonly message: string;
      /** The text of the error beneath; errors themselves lose their class on the way. */
      readonly cause: string;
    };
