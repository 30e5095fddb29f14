import { assemble } from '../assembly.ts';
import { findPageFiles } from '../papers/page-files.ts';
import { buildIndex } from '../retrieval/build-index.ts';
import { type CommandContext, readArguments } from './command.ts';
import { buildParts, tellWait, withProgress } from './prepare-library.ts';

const USAGE = 'npm run ingest -- [--rebuild] [FILE|DIR ...]';

/** `ingest`: reads saved pages and embeds what is new; 1 when a whole page was refused. */
export async function runIngest(context: CommandContext): Promise<number> {
  const { values, positionals } = readArguments(context.args, {
    options: { rebuild: { type: 'boolean' } },
    usage: USAGE,
  });
  const { config, stdout, signal } = context;
  const paths = positionals.length > 0 ? positionals : [config.pagesDir];
  await findPageFiles(paths); // wrong names are told before the index is made
  const assembly = await assemble(config, { switchModel: values.rebuild === true });
  try {
    const { pages } = await assembly.buildLock.hold(
      () =>
        withProgress(context, (events) =>
          buildIndex({ ...buildParts(assembly, context, true), ...events, paths }),
        ),
      { signal, onWait: () => tellWait(context) },
    );
    const { papers, embedded } = await assembly.index.status();
    stdout.write(`${papers} papers in the index, ${embedded} of them embedded.\n`);
    return pages.some(({ kind }) => kind === 'refused') ? 1 : 0;
  } finally {
    await assembly.close();
  }
}
