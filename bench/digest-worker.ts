import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { createAnswerer } from '../src/answer/answerer.ts';
import { createComposer } from '../src/digest/compose-digest.ts';
import type { Digest } from '../src/digest/digest.ts';
import { type DigestDoor, PostFailure, type Posting } from '../src/digest/digest-door.ts';
import { createDigestScheduler } from '../src/digest/digest-scheduler.ts';
import { createArrivalWatch } from '../src/digest/note-arrivals.ts';
import { createLogger } from '../src/log.ts';
import { embedPapers } from '../src/retrieval/embed-papers.ts';
import { createRetriever } from '../src/retrieval/retriever.ts';
import { openStore } from '../src/store/open-store.ts';
import { MemoryIndex } from '../test/fakes/memory-index.ts';
import { WordCountEmbedder } from '../test/fakes/word-count-embedder.ts';
import { type DigestWorld, PLATFORM } from './digest-world.ts';

/** One of the processes of the simulation: it ticks whenever it is told the time. */
const [worldFile = '', worker = ''] = process.argv.slice(2);
const world = JSON.parse(readFileSync(worldFile, 'utf8')) as DigestWorld; // the simulation wrote it
const clock = { now: 0 };
const now = () => new Date(clock.now);
const index = new MemoryIndex();
const embedder = new WordCountEmbedder();
const retriever = createRetriever({ index, embedder });
const { digestStores: digests, close } = await openStore({ file: world.storeFile });
const scheduler = createDigestScheduler({
  ...digests,
  worker,
  now,
  doors: { [PLATFORM]: createDoor() },
  log: createLogger({ level: process.env.LOG_LEVEL === 'debug' ? 'debug' : 'silent' }),
  composer: createComposer({
    ...digests,
    index,
    retriever,
    embedder,
    maps: { map: async () => undefined },
    arrivalWatch: createArrivalWatch({ index, arrivals: digests.arrivals, now }),
    answerer: createAnswerer({ retriever, newId: randomUUID, now }),
    now,
  }),
});

const found = z.object({ posts: z.array(z.unknown()) });
const stored = z.object({ id: z.string() });

process.on('message', (message: { readonly now: number } | 'end') => {
  if (message === 'end') void close().then(() => process.exit(0));
  else void step(message.now);
});
process.send?.('ready');

async function step(time: number): Promise<void> {
  const before = clock.now;
  clock.now = time;
  await addPapers(world.papers.filter(({ at }) => at > before && at <= time));
  await scheduler.tick();
  process.send?.({ done: time });
}

async function addPapers(arriving: DigestWorld['papers']): Promise<void> {
  if (arriving.length === 0) return;
  await index.savePapers(arriving.map(({ paper }) => paper));
  await embedPapers({ archive: index, embedder });
}

function createDoor(): DigestDoor {
  const call = async (path: string, init: RequestInit = {}) => {
    const headers = { 'x-worker': worker };
    const response = await fetch(`${world.platformUrl}${path}`, { ...init, headers });
    if (response.status === 404) throw new PostFailure('gone', 'The channel is gone.');
    if (response.status === 429) {
      const retryAfterMs = Number(response.headers.get('retry-after')) * 1_000;
      throw new PostFailure('later', 'Too many requests.', { retryAfterMs });
    }
    if (!response.ok) throw new Error(`The platform said ${response.status}.`);
    return response.json();
  };
  return {
    async find({ key, place }, { signal }) {
      const { posts } = found.parse(
        await call(`/channels/${place.channelId}?key=${key}`, { signal }),
      );
      return posts.length === 0 ? undefined : { messages: [{ messageId: key }], isWhole: true };
    },
    async post(posting, { signal }) {
      const { place } = posting;
      const body = JSON.stringify(toBody(posting));
      const init = { method: 'POST', body, signal };
      const { id } = stored.parse(await call(`/channels/${place.channelId}`, init));
      return [{ messageId: `${place.channelId}-${id}` }];
    },
    async tell(ownerId, body, { signal }) {
      await call(`/owners/${ownerId}`, { method: 'POST', body, signal });
    },
  };
}

function toBody({ key, digest }: Posting) {
  return { key, period: digest.period, papers: papersOf(digest) };
}

function papersOf(digest: Digest): readonly string[] {
  return digest.kind === 'papers'
    ? digest.items.flatMap(({ paperId, alike }) => [paperId, ...alike.map((one) => one.paperId)])
    : [];
}
