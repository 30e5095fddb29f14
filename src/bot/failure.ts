import { FootnoteError } from '../errors.ts';

/** What a person is told when something went wrong; the log has the error under the reference. */
export interface Failure {
  readonly text: string;
  readonly reference: string;
}

/** Why a question got no answer. */
export type FailureKind = 'error' | 'busy' | 'too-slow' | 'gave-up';

/** What kind of failure an error is to the person who asked. */
export function failureKindOf(error: unknown): FailureKind {
  return error instanceof FootnoteError && error.code === 'busy' ? 'busy' : 'error';
}

/** The sentence for a failure. None holds the text of an error. */
export function failureOf(kind: FailureKind, reference: string): Failure {
  return { text: `${sentenceFor(kind)} The reference is ${reference}.`, reference };
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
