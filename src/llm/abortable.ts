/** The work's result, or the signal's reason as soon as it aborts; the work itself goes on. */
export async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', abort));
}

/**
 * What the source yields until the signal aborts; then throws its reason at once, even while the
 * source waits. However it ends, the source meets an exception where it stands, not a `return`:
 * LangChain closes the trace of a run only then.
 */
export async function* untilAborted<T>(
  source: AsyncGenerator<T>,
  signal: AbortSignal,
): AsyncGenerator<T> {
  try {
    for (;;) {
      const step = await orAborted(source.next(), signal);
      if (step.done) return;
      yield step.value;
    }
  } finally {
    // Not waited for, since it may hang; the exception comes back here, as the work it ends.
    source.throw(signal.reason ?? new Error('The reader left.')).catch(() => {});
  }
}
