/** A stretch of tokens, end exclusive. */
export interface TokenSpan {
  readonly start: number;
  readonly end: number;
}

/** Mean of the token vectors in `span`, scaled to length 1. `hidden` is tokens x dimensions, row by row. */
export function meanPool(hidden: Float32Array, dimensions: number, span: TokenSpan): Float32Array {
  const sum = new Float32Array(dimensions);
  for (let token = span.start; token < span.end; token++) {
    const row = token * dimensions;
    for (let d = 0; d < dimensions; d++) sum[d] = (sum[d] ?? 0) + (hidden[row + d] ?? 0);
  }
  return normalise(sum);
}

/** The vector scaled to length 1; a zero vector stays zero. */
export function normalise(vector: Float32Array): Float32Array {
  let squares = 0;
  for (const x of vector) squares += x * x;
  if (squares === 0) return vector;
  const scale = 1 / Math.sqrt(squares);
  return vector.map((x) => x * scale);
}
