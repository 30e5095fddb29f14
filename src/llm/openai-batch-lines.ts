import { z } from 'zod';
import { redact } from './redact.ts';

/** One request of a batch: the texts of one paper, whose vectors come back together. */
export interface BatchRequest {
  /** Names the texts by their content; at most 64 characters. */
  readonly id: string;
  readonly texts: readonly string[];
}

/** What became of one request; the vectors are in the order of its texts. */
export type BatchResult =
  | { readonly kind: 'vectors'; readonly id: string; readonly vectors: readonly number[][] }
  | { readonly kind: 'failed'; readonly id: string; readonly reason: string };

const LONGEST_REASON = 300;

const problem = z.object({ message: z.string() });
const vectors = z.object({
  data: z.array(z.object({ index: z.number(), embedding: z.array(z.number()) })),
});
const refusal = z.object({ error: problem });
const result = z.object({
  custom_id: z.string(),
  response: z.object({ status_code: z.number(), body: z.unknown() }).nullish(),
  error: problem.nullish(),
});

/** The request as a line of a batch's input file, without its end. */
export function requestLine({ id, texts }: BatchRequest, model: string): string {
  const body = { model, input: texts, encoding_format: 'float' };
  return JSON.stringify({ custom_id: id, method: 'POST', url: '/v1/embeddings', body });
}

/** A line of an output or error file; undefined when it is none. Reasons never hold the key. */
export function parseResultLine(line: string, apiKey: string): BatchResult | undefined {
  const read = result.safeParse(readJson(line)).data;
  if (read === undefined) return undefined;
  const { custom_id: id, response, error } = read;
  const body = vectors.safeParse(response?.body).data;
  if (response?.status_code === 200 && body !== undefined) {
    const inOrder = body.data.toSorted((a, b) => a.index - b.index);
    return { kind: 'vectors', id, vectors: inOrder.map(({ embedding }) => embedding) };
  }
  const said =
    error?.message ??
    refusal.safeParse(response?.body).data?.error.message ??
    `status ${response?.status_code ?? 'unknown'}`;
  return { kind: 'failed', id, reason: redact(said, apiKey).slice(0, LONGEST_REASON) };
}

function readJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
