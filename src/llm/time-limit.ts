import { orAborted } from './abortable.ts';

/** The work's result; rejects when it takes longer, and tells the work so by its signal. */
export async function within<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new Error(`It took over ${ms} ms.`)), ms);
  try {
    return await orAborted(work(controller.signal), controller.signal);
  } finally {
    clearTimeout(timer);
  }
}
