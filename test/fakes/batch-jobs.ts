import { createHash } from 'node:crypto';

/** How a batch ends; those before completion answer only their first requests. */
export type BatchEnding = 'completed' | 'expired' | 'cancelled' | 'failed';

export interface FakeBatch {
  readonly id: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly lines: readonly FakeLine[];
  readonly ending: BatchEnding;
  /** How often it still says that it runs. */
  looksLeft: number;
  /** Once it has ended. */
  results?: FakeResults;
}

/** The lines of the output and of the error file. */
export interface FakeResults {
  readonly output: readonly string[];
  readonly errors: readonly string[];
}

export interface FakeLine {
  readonly custom_id: string;
  readonly method: string;
  readonly url: string;
  readonly body: { readonly model: string; readonly input: readonly string[] };
}

export const DIMENSIONS = 8;
/** Of a batch that ends before completion. */
const ANSWERED = 1;

/** A vector of eight numbers that only this text has, not of length 1. */
export function vectorOf(text: string): number[] {
  const bytes = createHash('sha256').update(text).digest();
  return Array.from({ length: DIMENSIONS }, (_, i) => ((bytes[i] ?? 0) - 127.5) / 32);
}

/** The batch as the API tells of it. */
export function describeBatch(batch: FakeBatch) {
  const { results } = batch;
  const isOver = results !== undefined;
  const status = isOver ? batch.ending : 'in_progress';
  const hasResults = isOver && batch.ending !== 'failed';
  return {
    id: batch.id,
    object: 'batch',
    endpoint: '/v1/embeddings',
    status,
    metadata: batch.metadata,
    request_counts: { total: batch.lines.length, completed: results?.output.length ?? 0 },
    output_file_id: hasResults ? `output-${batch.id}` : null,
    error_file_id: hasResults ? `errors-${batch.id}` : null,
    errors:
      isOver && batch.ending === 'failed'
        ? { data: [{ code: 'token_limit_exceeded', message: 'Enqueued token limit reached.' }] }
        : null,
  };
}

/** The lines of the output and the error file, in another order than the requests. */
export function resultsOf(
  batch: FakeBatch,
  refuse: (line: FakeLine) => string | undefined,
): FakeResults {
  const output: string[] = [];
  const errors: string[] = [];
  batch.lines.toReversed().forEach((line, i) => {
    const refused = refuse(line);
    const isLate = batch.ending !== 'completed' && i >= ANSWERED;
    if (isLate) errors.push(lateLine(line, batch.ending));
    else if (refused === undefined) output.push(vectorsLine(line));
    else errors.push(refusedLine(line, refused));
  });
  return { output, errors };
}

function vectorsLine({ custom_id, body }: FakeLine): string {
  const data = body.input.map((text, index) => ({ index, embedding: vectorOf(text) }));
  const response = { status_code: 200, body: { object: 'list', data: data.toReversed() } };
  return JSON.stringify({ custom_id, response, error: null });
}

function refusedLine({ custom_id }: FakeLine, message: string): string {
  const response = { status_code: 400, body: { error: { message } } };
  return JSON.stringify({ custom_id, response, error: null });
}

function lateLine({ custom_id }: FakeLine, ending: BatchEnding): string {
  const error = { code: `batch_${ending}`, message: `This request was too late: ${ending}.` };
  return JSON.stringify({ custom_id, response: null, error });
}

/** What OpenAI says to an input file; undefined when it takes it. */
export function findProblem(lines: readonly FakeLine[], bytes: number, mostInputs: number) {
  const ids = new Set(lines.map(({ custom_id }) => custom_id));
  const inputs = lines.flatMap(({ body }) => body.input);
  if (bytes > 200_000_000) return 'The file is larger than 200 MB.';
  if (lines.length === 0 || lines.length > 50_000) return 'A batch takes 1 to 50,000 requests.';
  if (inputs.length > mostInputs) return `A batch takes ${mostInputs} embedding inputs.`;
  if (ids.size < lines.length) return 'A custom_id comes twice.';
  if (lines.some(({ custom_id }) => custom_id.length > 64)) return 'A custom_id is too long.';
  if (lines.some(({ body }) => body.input.length > 2_048)) return 'A request has too many inputs.';
  if (lines.some(({ url, method }) => url !== '/v1/embeddings' || method !== 'POST'))
    return 'A request is for another endpoint.';
  if (inputs.some((input) => input.trim() === '')) return 'An input is empty.';
  return undefined;
}
