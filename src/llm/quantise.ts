// Layout of one vector: its scale as a 32-bit float, then one signed byte per dimension.
const SCALE_BYTES = 4;
const MAX_BYTE = 127;

/** Packs vectors of one length as 8-bit integers, each with its own scale (error below 0.4%). */
export function packVectors(vectors: readonly Float32Array[]): Uint8Array {
  const dimensions = vectors[0]?.length ?? 0;
  const size = SCALE_BYTES + dimensions;
  const packed = new Uint8Array(vectors.length * size);
  const view = new DataView(packed.buffer);
  vectors.forEach((vector, v) => {
    const scale = vector.reduce((max, x) => Math.max(max, Math.abs(x)), 0) / MAX_BYTE;
    view.setFloat32(v * size, scale, true);
    vector.forEach((x, d) => {
      view.setInt8(v * size + SCALE_BYTES + d, scale === 0 ? 0 : Math.round(x / scale));
    });
  });
  return packed;
}

/** The inverse of `packVectors`. */
export function unpackVectors(packed: Uint8Array, dimensions: number): readonly Float32Array[] {
  const size = SCALE_BYTES + dimensions;
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const bytes = new Int8Array(packed.buffer, packed.byteOffset, packed.byteLength);
  const vectors: Float32Array[] = [];
  for (let at = 0; at + size <= packed.byteLength; at += size) {
    const scale = view.getFloat32(at, true);
    const vector = new Float32Array(dimensions);
    for (let d = 0; d < dimensions; d++) vector[d] = (bytes[at + SCALE_BYTES + d] ?? 0) * scale;
    vectors.push(vector);
  }
  return vectors;
}
