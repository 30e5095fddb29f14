import { assemble } from '../assembly.ts';
import { findPageFiles } from '../papers/page-files.ts';
import { type CommandContext, readArguments } from './command.ts';
import { build } from './prepare-library.ts';

const USAGE = 'npm run ingest -- [--rebuild] [FILE|DIR ...]';

/** `ingest`: reads saved pages and embeds what is new; 1 when a whole page was refused. */
export async function runIngest(context: CommandContext): Promise<number> {
  const { values, positionals } = readArguments(context.args, {
    options: { rebuild: { type: 'boolean' } },
    usage: USAGE,
  });
  const { config, stderr, stdout, signal } = context;
  const paths = positionals.length > 0 ? positionals : [config.pagesDir];
  await findPageFiles(paths); // wrong names are told before the index is made
  const assembly = await assemble(config, { switchModel: values.rebuild === true });
  try {
    const reports = await assembly.buildLock.hold(
      () => build(assembly, context, { paths, embed: true }),
      {
        signal,
        onWait: () => stderr.write('Another process is building the index; waiting for it.\n'),
      },
    );
    const { papers, embedded } = await assembly.index.status();
    stdout.write(`${papers} papers in the index, ${embedded} of them embedded.\n`);
    return reports.some(({ kind }) => kind === 'refused') ? 1 : 0;
  } finally {
    await assembly.close();
  }
}
