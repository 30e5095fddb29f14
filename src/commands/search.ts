import { pageNote } from '../answer/extract/library-notes.ts';
import { checkQuestion, cleanQuestion } from '../answer/read/check-question.ts';
import { openLibrary } from '../assembly.ts';
import { renderSearch } from '../terminal/render-search.ts';
import { stripUnsafe } from '../terminal/safe-text.ts';
import { type CommandContext, readArguments, screenOf, wrongUsage } from './command.ts';
import { FILTER_OPTIONS, FILTER_USAGE, readFilter } from './filter-options.ts';
import { prepareLibrary } from './prepare-library.ts';

const USAGE = `npm run search -- [--json] [--signals] [--limit N] ${FILTER_USAGE} "words or question"`;
const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 100;

/** `search`: the papers that a question finds, with scores. */
export async function runSearch(context: CommandContext): Promise<number> {
  const { values, positionals } = readArguments(context.args, {
    options: {
      ...FILTER_OPTIONS,
      json: { type: 'boolean' },
      signals: { type: 'boolean' },
      limit: { type: 'string' },
    },
    usage: USAGE,
  });
  if (cleanQuestion(positionals.join(' ')) === '')
    throw wrongUsage('There is nothing to search for.', USAGE);
  const limit = readLimit(values.limit);
  const filter = readFilter(values, USAGE);
  const question = checkQuestion(positionals.join(' '));
  const library = await openLibrary(context.config);
  try {
    await prepareLibrary(library, context);
    const { passages, filtered } = await library.retriever.retrieve({
      question,
      limit,
      ...(filter && { filter }),
    });
    const note = filtered && pageNote(filtered);
    if (note !== undefined) context.stderr.write(`${stripUnsafe(note)}\n`);
    for (const { paper, rank, score, signals } of values.json === true ? passages : []) {
      const { id, title, url } = paper;
      context.stdout.write(
        `${JSON.stringify({ rank, score, paperId: id, title, url, signals })}\n`,
      );
    }
    // Where the page is not known nothing was searched.
    if (values.json !== true && (note === undefined || passages.length > 0)) {
      const showSignals = values.signals === true;
      context.stdout.write(renderSearch({ passages, showSignals, ...screenOf(context.stdout) }));
    }
    return 0;
  } finally {
    await library.close();
  }
}

function readLimit(text: string | undefined): number {
  const limit = Number(text ?? DEFAULT_LIMIT);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw wrongUsage(`--limit takes a whole number from 1 to ${MAX_LIMIT}.`, USAGE);
  }
  return limit;
}
