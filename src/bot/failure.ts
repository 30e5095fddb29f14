import { FootnoteError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Health } from './health.ts';

/** What a person is told when something went wrong; the log has the error under the reference. */
export interface Failure {
  readonly text: string;
  readonly reference: string;
}

/** Why a question got no answer. */
export type FailureKind = 'error' | 'busy' | 'too-slow' | 'gave-up';

export interface FailureParts {
  readonly newId: () => string;
  readonly log: Log;
  readonly health?: Pick<Health, 'failed'>;
}

const REFERENCE_LENGTH = 8;

/**
 * Logs what went wrong under a new reference number and gives the sentence for people, which never
 * holds the text of an error. Without a kind the error tells it.
 */
export function reportFailure(
  {
    error,
    kind = kindOf(error),
    ...facts
  }: { readonly error?: unknown; readonly kind?: FailureKind; readonly question?: string },
  { newId, log, health }: FailureParts,
): Failure {
  const reference = newId().slice(0, REFERENCE_LENGTH);
  health?.failed(reference);
  log('bot.failed', { reference, kind, ...facts, err: error ?? new Error(kind) });
  return { text: `${sentenceFor(kind)} The reference is ${reference}.`, reference };
}

/** What is wrong with what was asked, in words for its asker; undefined for any other error. */
export function spokenError(error: unknown): string | undefined {
  return error instanceof FootnoteError && error.code === 'input' ? error.message : undefined;
}

function kindOf(error: unknown): FailureKind {
  return error instanceof FootnoteError && error.code === 'busy' ? 'busy' : 'error';
}

function sentenceFor(kind: FailureKind): string {
  switch (kind) {
    case 'error':
      return 'Something went wrong on our side, so I have no answer.';
    case 'busy':
      return 'The library is busy just now; please ask again in a minute.';
    case 'too-slow':
      return 'This took too long, so I stopped; please ask again or ask for less.';
    case 'gave-up':
      return 'I tried several times and did not get to an answer.';
  }
}
