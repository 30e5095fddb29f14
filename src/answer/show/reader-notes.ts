import { foldTitle } from '../../papers/fold.ts';
import type { Answer, AskedBefore, Trace } from '../answer.ts';

/** Whether the sentences are a model's own, to be read as prose, and not taken from the papers. */
export function isModelWritten({ mode }: Trace): boolean {
  return mode === 'model' || mode === 'cached';
}

// What whoever runs Footnote must mend; it does not pass by itself.
const SET_UP = /^the model failed: (?:no-key|unknown-model)$/;
const CUT = /^reply cut short\b/;

/** What readers are told when the model failed, wholly or in the middle; why is for the log. */
export function fallbackNote({ kind, trace }: Answer): string | undefined {
  const notes = trace.notes ?? [];
  if (trace.mode === 'model' && notes.some((note) => CUT.test(note))) {
    return 'The language model broke off: there may be more to say than this.';
  }
  if (trace.mode !== 'extractive-fallback') return undefined;
  const missing = notes.some((note) => SET_UP.test(note))
    ? 'The language model is not set up right; tell whoever runs Footnote'
    : 'The language model could not be used just now';
  return kind === 'answered' ? `${missing}; these are the papers' own sentences.` : `${missing}.`;
}

/** When the same was asked before, and the titles that came since, best first. */
export interface AskedBeforeNote {
  readonly text: string;
  readonly titles: readonly string[];
}

/** The question of then is told where it had other words than the one of now. */
export function askedBeforeNote(
  { question, at, newPapers }: AskedBefore,
  asked: string,
): AskedBeforeNote {
  const then = foldTitle(question) === foldTitle(asked) ? '' : ` as “${question}”`;
  const since = newPapers.length === 0 ? 'nothing new since.' : 'new since:';
  return {
    text: `Asked before on ${formatDay(at)}${then}; ${since}`,
    titles: newPapers.map(({ title }) => title),
  };
}

/** Who wrote the answer, in the words of its footer. */
export function describeMaker({ mode, model }: Trace): string {
  switch (mode) {
    case 'model':
      return `written by ${model ?? 'a model'}`;
    case 'cached':
      return `written by ${model ?? 'a model'} earlier`;
    case 'extractive-fallback':
    case 'extractive':
      return 'quoted from the abstracts';
    default:
      return mode.replace(/^extractive, /, 'quoted from the abstracts, found ');
  }
}

/** `853 ms`, `3.7 s`. */
export function describeTime({ ms }: Trace): string {
  const total = ms.total ?? Object.values(ms).reduce((sum, each) => sum + each, 0);
  return total < 1000 ? `${Math.round(total)} ms` : `${(total / 1000).toFixed(1)} s`;
}

const LEAST_SHOWN = 0.0001;

/** What the model calls cost; nothing where they were free or the price is not known. */
export function describeCost({ usd = 0 }: Trace): string | undefined {
  if (usd <= 0) return undefined;
  return usd < LEAST_SHOWN ? `under $${LEAST_SHOWN}` : `$${usd.toFixed(usd < 1 ? 4 : 2)}`;
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `24 Nov 2026`, in UTC. */
function formatDay(at: string): string {
  const date = new Date(at);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}
