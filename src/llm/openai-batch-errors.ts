import { FootnoteError } from '../errors.ts';
import { explainOpenAIError, isPassing, type OpenAIServer } from './openai-errors.ts';

const NOT_FOUND = 404;

/** Whether the same request to the Batch API may succeed a little later. */
export function isPassingBatchError(error: unknown): boolean {
  return isPassing(asKnown(error));
}

/** As `explainOpenAIError`, with what a server without the Batch API, or a broken reply, means. */
export function explainBatchError(error: unknown, server: OpenAIServer): FootnoteError {
  const known = asKnown(error);
  if (known instanceof Error && 'status' in known && known.status === NOT_FOUND) {
    const { host, model } = server;
    return new FootnoteError(
      'model',
      `The embedding server at ${host} has no Batch API, or the batch is no longer there (404). Run it without --embed-batch, or correct OPENAI_BASE_URL.`,
      { facts: { host, model, status: NOT_FOUND } },
    );
  }
  return explainOpenAIError(known, server);
}

/** The client of `openai` names what LangChain calls a TimeoutError by its class alone. */
function asKnown(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const isTimeout = error.constructor.name === 'APIConnectionTimeoutError';
  return isTimeout || isBrokenOff(error)
    ? Object.assign(new Error(error.message), { name: 'TimeoutError' })
    : error;
}

/** A connection that broke within a reply: `fetch` calls it "terminated". */
function isBrokenOff(error: Error): boolean {
  return error instanceof TypeError && error.message === 'terminated';
}
