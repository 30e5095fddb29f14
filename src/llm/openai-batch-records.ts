import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** A batch that was, or was about to be, created and whose vectors are not all taken yet. */
export interface BatchRecord {
  /** As the Embedder names it, with its server. */
  readonly model: string;
  readonly digest: string;
  /** The second holds what failed in the first. */
  readonly attempt: number;
  /** The ids of its requests. */
  readonly ids: readonly string[];
  /** Absent from before the batch is created until its id is known. */
  readonly batchId?: string;
}

/** The batches under way, one small file each. Each call happens whole or not at all. */
export interface BatchRecords {
  list(): Promise<readonly BatchRecord[]>;
  save(record: BatchRecord): Promise<void>;
  remove(digest: string): Promise<void>;
}

const stored: z.ZodType<BatchRecord> = z.object({
  model: z.string(),
  digest: z.string(),
  attempt: z.number(),
  ids: z.array(z.string()),
  batchId: z.string().exactOptional(),
});

const ENDING = '.batch.json';

/** The records of one model in a folder; one that cannot be read counts as absent. */
export function createBatchRecords({
  folder,
  model,
}: {
  readonly folder: string;
  readonly model: string;
}): BatchRecords {
  const fileOf = (digest: string) => join(folder, `${digest}${ENDING}`);
  return {
    async list() {
      const names = await readdir(folder).catch(() => []);
      const files = names.filter((name) => name.endsWith(ENDING)).toSorted();
      const records = await Promise.all(files.map((name) => readRecord(join(folder, name))));
      return records.flatMap((record) => (record?.model === model ? [record] : []));
    },
    async save(record) {
      await mkdir(folder, { recursive: true });
      await replaceFile(fileOf(record.digest), JSON.stringify(record));
    },
    remove: (digest) => rm(fileOf(digest), { force: true }),
  };
}

async function readRecord(file: string): Promise<BatchRecord | undefined> {
  try {
    return stored.safeParse(JSON.parse(await readFile(file, 'utf8'))).data;
  } catch {
    // What it named is found again by its digest, when the same requests come up.
    return undefined;
  }
}

async function replaceFile(path: string, text: string): Promise<void> {
  const draft = `${path}.draft`;
  const handle = await open(draft, 'w');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, path);
}
