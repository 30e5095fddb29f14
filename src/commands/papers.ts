import { openLibrary } from '../assembly.ts';
import type { Paper } from '../papers/paper.ts';
import { paperLine, renderPapers } from '../terminal/render-papers.ts';
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
    const papers: Paper[] = [];
    for await (const batch of library.index.papers()) {
      if (values.json === true) {
        context.stdout.write(batch.map((paper) => `${paperLine(paper)}\n`).join(''));
      } else {
        papers.push(...batch);
      }
    }
    if (values.json !== true) {
      context.stdout.write(renderPapers({ papers, ...screenOf(context.stdout) }));
    }
    return 0;
  } finally {
    await library.close();
  }
}
