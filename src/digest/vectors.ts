import { normalise } from '../llm/pooling.ts';

/** A unit vector along the mean of these; undefined of none, or of zero vectors alone. */
export function meanVector(vectors: readonly Float32Array[]): Float32Array | undefined {
  const [first] = vectors;
  if (first === undefined) return undefined;
  const sum = new Float32Array(first.length);
  for (const vector of vectors) {
    for (let d = 0; d < sum.length; d++) sum[d] = (sum[d] ?? 0) + (vector[d] ?? 0);
  }
  return sum.some((x) => x !== 0) ? normalise(sum) : undefined;
}
