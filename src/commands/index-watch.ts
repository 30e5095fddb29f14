import type { Assembly } from '../assembly.ts';
import { completeLibrary, isLibraryWhole } from '../retrieval/build-index.ts';
import { errorReference, errorSentence } from '../terminal/report-error.ts';
import type { WebStatus } from '../web/parts.ts';
import type { CommandContext } from './command.ts';
import { buildParts } from './prepare-library.ts';

/** Makes what the index lacks in the background and tells how far it is. */
export interface IndexWatch {
  status(): Promise<WebStatus>;
  /** Ends when the index is whole or cannot be made; never throws. */
  complete(): Promise<void>;
}

export function createIndexWatch(assembly: Assembly, context: CommandContext): IndexWatch {
  const state: { failure?: string } = {};
  return {
    async status() {
      const { papers, embedded } = await assembly.index.status();
      if (state.failure !== undefined) {
        return { papers, embedded, phase: 'failed', message: state.failure };
      }
      const isWhole = papers > 0 && embedded >= papers;
      if (isWhole) return { papers, embedded, phase: 'ready' };
      return { papers, embedded, phase: papers === 0 ? 'reading' : 'words-only' };
    },
    async complete() {
      try {
        await completeIndex(assembly, context);
        // Loads the model and the term statistics, so that the first person need not wait for them.
        await assembly.retriever.retrieve({ question: 'warm up' });
      } catch (error) {
        if (context.signal.aborted) return;
        state.failure = `The index could not be completed. ${errorSentence(error)}`;
        context.stderr.write(`${state.failure}\n`);
        context.log('index.failed', { reference: errorReference(error), err: error });
      }
    },
  };
}

async function completeIndex(assembly: Assembly, context: CommandContext): Promise<void> {
  const { index, buildLock, config } = assembly;
  const { stderr, signal, log } = context;
  if (await isLibraryWhole(index, { embed: true })) return;
  await buildLock.hold(
    () =>
      completeLibrary({
        ...buildParts(assembly, context, true),
        pagesDir: config.pagesDir,
        onWords: () =>
          stderr.write('Questions are answered from words alone while the vectors are made.\n'),
      }),
    { signal },
  );
  const { papers } = await index.status();
  stderr.write(`The index is whole: ${papers} papers.\n`);
  log('index.completed', { papers });
}
