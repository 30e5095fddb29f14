import { setTimeout as sleep } from 'node:timers/promises';
import type { Library } from '../assembly.ts';
import { FootnoteError } from '../errors.ts';
import { completeLibrary, isLibraryWhole } from '../retrieval/build-index.ts';
import { errorReference, errorSentence } from '../terminal/report-error.ts';
import type { WebStatus } from '../web/parts.ts';
import type { CommandContext } from './command.ts';
import { batchesUnderWay } from './ingest-batches.ts';
import { unfinishedLines } from './page-lines.ts';
import { buildParts } from './prepare-library.ts';

/** Makes what the index lacks in the background and tells how far it is. */
export interface IndexWatch {
  status(): Promise<WebStatus>;
  /**
   * Ends once the words of all papers can be searched. Throws FootnoteError `busy` where that takes
   * longer than a person waits, and where there are no papers and none will come.
   */
  readable(signal?: AbortSignal): Promise<void>;
  /** Ends when the index is whole or cannot be made; never throws. */
  complete(): Promise<void>;
}

export interface IndexWatchOptions {
  /** How long a question waits for the papers to be read, in milliseconds. */
  readonly waitMs?: number;
}

const UNDER_WAY =
  'Vectors are under way through batches: questions are answered from words alone until "npm run ingest -- --embed-batch" has taken them in.\n';
const WAIT_MS = 5_000;
const POLL_MS = 100;
const RETRY_AFTER_SECONDS = 3;

export function createIndexWatch(
  library: Library,
  context: CommandContext,
  { waitMs = WAIT_MS }: IndexWatchOptions = {},
): IndexWatch {
  const state: { failure?: string; isRead?: boolean } = {};
  const status = () => readStatus(library, state);
  return {
    status,
    async readable(signal) {
      const until = performance.now() + waitMs;
      for (;;) {
        const now = await status();
        if (canAnswer(now)) return;
        if (now.phase === 'failed' || performance.now() >= until) throw notYet(now);
        await sleep(POLL_MS, undefined, signal === undefined ? {} : { signal });
      }
    },
    async complete() {
      try {
        await completeIndex(library, context);
        // Loads the model and the term statistics, so that the first person need not wait for them.
        await library.retriever.retrieve({ question: 'warm up' });
      } catch (error) {
        if (context.signal.aborted) return;
        state.failure = `The index could not be completed. ${errorSentence(error)}`;
        context.stderr.write(`${state.failure}\n`);
        context.log('index.failed', { reference: errorReference(error), err: error });
      }
    },
  };
}

async function readStatus(
  { index }: Pick<Library, 'index'>,
  state: { readonly failure?: string; isRead?: boolean },
): Promise<WebStatus> {
  // First: what is read by then is in the counts below. Pages that are added later are no reason to
  // answer nothing meanwhile.
  state.isRead ||= await isLibraryWhole(index, { embed: false });
  const { papers, embedded } = await index.status();
  if (state.failure !== undefined) {
    return { papers, embedded, phase: 'failed', message: state.failure };
  }
  if (!state.isRead) return { papers, embedded, phase: 'reading' };
  return { papers, embedded, phase: embedded >= papers ? 'ready' : 'words-only' };
}

function canAnswer({ phase, papers }: WebStatus): boolean {
  return phase === 'failed' ? papers > 0 : phase !== 'reading';
}

function notYet({ phase, papers, message = '' }: WebStatus): FootnoteError {
  if (phase === 'failed') {
    return new FootnoteError('busy', `There are no papers to answer from. ${message}`);
  }
  const sofar = papers === 0 ? '' : `, ${papers} so far`;
  return new FootnoteError(
    'busy',
    `Footnote is still reading the papers${sofar}; try again in a few seconds.`,
    { facts: { retryAfter: RETRY_AFTER_SECONDS } },
  );
}

async function completeIndex(library: Library, context: CommandContext): Promise<void> {
  const { index, buildLock, config } = library;
  const { stderr, signal, log } = context;
  const embed = (await batchesUnderWay(library)) === 0;
  if (!embed) stderr.write(UNDER_WAY);
  if (await isLibraryWhole(index, { embed })) return;
  await buildLock.hold(
    () =>
      completeLibrary({
        ...buildParts(library, context, embed),
        pagesDir: config.pagesDir,
        onUnfinished: (unfinished) => {
          for (const line of unfinishedLines(unfinished)) stderr.write(`${line}\n`);
        },
        onWords: () =>
          stderr.write('Questions are answered from words alone while the vectors are made.\n'),
      }),
    { signal },
  );
  const { papers } = await index.status();
  stderr.write(`The index is whole: ${papers} papers.\n`);
  log('index.completed', { papers });
}
