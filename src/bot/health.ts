import type { Trace } from '../answer/answer.ts';

/** What became of the chat model the last time that it was called. */
export type ModelState = 'none' | 'up' | 'down' | 'over-budget' | 'not-set-up';

/** How the bot fares. */
export interface HealthReport {
  readonly startedAt: Date;
  /** `model` names it; undefined while nothing was asked. */
  readonly model?: { readonly state: ModelState; readonly name: string; readonly at: Date };
  /** The latest first. */
  readonly failures: readonly { readonly reference: string; readonly at: Date }[];
}

/** Notes how the bot fares, in this process and since it began. */
export interface Health {
  answered(trace: Trace): void;
  failed(reference: string): void;
  report(): HealthReport;
}

const MOST_FAILURES = 3;

export function createHealth(now: () => Date): Health {
  const startedAt = now();
  let model: HealthReport['model'];
  let failures: HealthReport['failures'] = [];
  return {
    answered(trace) {
      const state = stateIn(trace);
      if (state !== undefined) model = { state, name: trace.model ?? '', at: now() };
    },
    failed(reference) {
      failures = [{ reference, at: now() }, ...failures].slice(0, MOST_FAILURES);
    },
    report: () => ({ startedAt, failures, ...(model !== undefined && { model }) }),
  };
}

/** Undefined where an answer needed no model: an earlier one, or a refusal before it. */
function stateIn({ mode, model, modelCalls, notes = [] }: Trace): ModelState | undefined {
  if (mode === 'extractive-fallback') {
    if (notes.includes('the model failed: over-budget')) return 'over-budget';
    return notes.some((note) => /^the model failed: (?:no-key|unknown-model)$/.test(note))
      ? 'not-set-up'
      : 'down';
  }
  if (model === undefined) return 'none';
  return modelCalls > 0 ? 'up' : undefined;
}
