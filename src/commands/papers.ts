import { openLibrary } from '../assembly.ts';
import { paperLine, renderPaperCount, renderPapers } from '../terminal/render-papers.ts';
import { type CommandContext, readArguments, screenOf, wrongUsage } from './command.ts';
import { prepareLibrary } from './prepare-library.ts';

const USAGE = 'npm run papers -- [--json]';

/** `papers`: every stored paper. */
export async function runPapers(context: CommandContext): Promise<number> {
  const { values, positionals } = readArguments(context.args, {
    options: { json: { type: 'boolean' } },
    usage: USAGE,
  });
  if (positionals.length > 0) throw wrongUsage('papers takes no names.', USAGE);
  const library = await openLibrary(context.config);
  try {
    await prepareLibrary(library, context, { embed: false });
    const screen = screenOf(context.stdout);
    let count = 0;
    for await (const papers of library.index.papers()) {
      count += papers.length;
      context.stdout.write(
        values.json === true
          ? papers.map((paper) => `${paperLine(paper)}\n`).join('')
          : renderPapers({ papers, ...screen }),
      );
    }
    if (values.json !== true) context.stdout.write(renderPaperCount(count, screen.colour));
    return 0;
  } finally {
    await library.close();
  }
}
