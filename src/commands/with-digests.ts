import { randomUUID } from 'node:crypto';
import type { Assembly } from '../assembly.ts';
import { type Composer, createComposer } from '../digest/compose-digest.ts';
import { createDigestDesk, type DigestDesk } from '../digest/digest-commands.ts';
import type { DigestDoor } from '../digest/digest-door.ts';
import { createMapMaker } from '../digest/digest-map.ts';
import { createDigestReplies, type DigestReplies } from '../digest/digest-replies.ts';
import { createDigestScheduler, type DigestScheduler } from '../digest/digest-scheduler.ts';
import type { ArrivingIndex } from '../digest/note-arrivals.ts';
import { createArrivalWatch } from '../digest/note-arrivals.ts';
import type { PreviewParts } from '../digest/preview-digest.ts';
import type { Log } from '../log.ts';
import type { PaperIndex } from '../retrieval/paper-index.ts';
import type { DigestStores } from '../store/open-store.ts';
import type { IndexWatch } from './index-watch.ts';

export interface WithDigestsParts {
  readonly assembly: Pick<Assembly, 'answerer' | 'retriever' | 'embedder' | 'summaries'> & {
    readonly index: PaperIndex & ArrivingIndex;
  };
  readonly stores: DigestStores;
}

interface RunningParts {
  readonly watch: Pick<IndexWatch, 'readable'>;
  readonly log: Log;
}

/** Everything that makes digests, wired; it posts nothing before `schedule` is started. */
export interface Digests {
  readonly desk: DigestDesk;
  readonly replies: DigestReplies;
  readonly previewParts: PreviewParts;
  /** Posts what is due through these doors, by platform. */
  schedule(doors: Readonly<Record<string, DigestDoor>>, running: RunningParts): DigestScheduler;
}

export function createDigests({ assembly, stores }: WithDigestsParts): Digests {
  const { index, summaries } = assembly;
  const now = () => new Date();
  const parts = {
    ...assembly,
    ...stores,
    now,
    maps: createMapMaker(index),
    arrivalWatch: createArrivalWatch({ index, arrivals: stores.arrivals, now }),
    ...(summaries !== undefined && { writer: summaries }),
  };
  return {
    previewParts: parts,
    desk: createDigestDesk({ ...parts, newId: randomUUID }),
    replies: createDigestReplies(parts),
    schedule: (doors, { watch, log }) =>
      createDigestScheduler({
        ...stores,
        now,
        doors,
        log,
        worker: randomUUID(),
        composer: patient(createComposer(parts), watch),
      }),
  };
}

/** Chooses nothing from a library that is not there yet: the digest is put off until it is. */
function patient(composer: Composer, watch: Pick<IndexWatch, 'readable'>): Composer {
  return {
    async compose(request) {
      await watch.readable(request.signal);
      return composer.compose(request);
    },
  };
}
