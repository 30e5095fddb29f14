import { writeFile } from 'node:fs/promises';
import { createEmbedder } from '../llm/create-embedder.ts';
import { type CommandContext, readArguments, wrongUsage } from './command.ts';
import { runBeirEval } from './eval-beir.ts';
import { checkFloors } from './eval-check.ts';
import { runQuestionEval } from './eval-questions.ts';
import { runTuning } from './eval-tune.ts';

const USAGE =
  'npm run eval -- [--check] [--json FILE], npm run eval -- --beir DIR [--run FILE], or npm run eval -- --tune';

/** `eval`: scores the development questions or a BEIR folder, or tunes the ranking on both. */
export async function runEval(context: CommandContext): Promise<number> {
  const { values, positionals } = readArguments(context.args, {
    options: {
      check: { type: 'boolean' },
      json: { type: 'string' },
      beir: { type: 'string' },
      run: { type: 'string' },
      tune: { type: 'boolean' },
    },
    usage: USAGE,
  });
  if (positionals.length > 0) throw wrongUsage('eval takes no names.', USAGE);
  if (values.run !== undefined && values.beir === undefined) {
    throw wrongUsage('--run FILE goes with --beir DIR.', USAGE);
  }
  if (values.beir !== undefined && (values.json ?? values.check ?? values.tune) !== undefined) {
    throw wrongUsage(
      '--beir DIR goes with --run FILE alone, not with --json, --check or --tune.',
      USAGE,
    );
  }
  const embedder = await createEmbedder(context.config.embedder);
  try {
    if (values.beir !== undefined) {
      const { beir: folder, run } = values;
      return await runBeirEval(context, { embedder, folder, ...(run !== undefined && { run }) });
    }
    if (values.tune === true) return await runTuning(context, embedder);
    const report = await runQuestionEval(context, embedder);
    if (values.json !== undefined) {
      await writeFile(values.json, `${JSON.stringify(report, null, 2)}\n`);
    }
    return values.check === true ? await checkFloors(context, { embedder, report }) : 0;
  } finally {
    await embedder.close();
  }
}
