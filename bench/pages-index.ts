import type { CommandContext } from '../src/commands/command.ts';
import { openPagesIndex } from '../src/commands/eval-questions.ts';
import { createProcessEmbedder } from '../src/llm/process-embedder.ts';
import { shippedModel } from './shipped-model.ts';

/** Indexes the papers that ship, where that was not done before. */
export async function makePagesIndex(context: CommandContext): Promise<void> {
  const embedder = await createProcessEmbedder({ folder: shippedModel() });
  try {
    (await openPagesIndex(context, embedder)).index.close();
  } finally {
    await embedder.close();
  }
}
