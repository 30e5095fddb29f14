import { z } from 'zod';

/** How far a batch is. */
export interface BatchState {
  readonly id: string;
  /** All but `running` are for good; one that expired or was cancelled may have some results. */
  readonly kind: 'running' | 'completed' | 'expired' | 'cancelled' | 'failed';
  /** Requests done, and requests in all; 0 before they are counted. */
  readonly done: number;
  readonly total: number;
  readonly outputFile?: string;
  readonly errorFile?: string;
  /** Why the batch as a whole was refused. */
  readonly reason?: string;
}

const MOST_REASONS = 3;

const batch = z.object({
  id: z.string(),
  status: z.string(),
  request_counts: z.object({ completed: z.number(), total: z.number() }).nullish(),
  output_file_id: z.string().nullish(),
  error_file_id: z.string().nullish(),
  errors: z.object({ data: z.array(z.object({ message: z.string().nullish() })) }).nullish(),
});

const KINDS: Readonly<Record<string, BatchState['kind']>> = {
  completed: 'completed',
  expired: 'expired',
  cancelled: 'cancelled',
  failed: 'failed',
};

/** A batch as the server tells of it. Throws for anything else. */
export function readBatch(foreign: unknown): BatchState {
  const read = batch.parse(foreign);
  const messages = (read.errors?.data ?? []).flatMap(({ message }) => message ?? []);
  const reason = [...new Set(messages)].slice(0, MOST_REASONS).join('; ');
  return {
    id: read.id,
    kind: KINDS[read.status] ?? 'running',
    done: read.request_counts?.completed ?? 0,
    total: read.request_counts?.total ?? 0,
    ...(read.output_file_id && { outputFile: read.output_file_id }),
    ...(read.error_file_id && { errorFile: read.error_file_id }),
    ...(reason !== '' && { reason }),
  };
}
