import { join } from 'node:path';
import { z } from 'zod';
import type { CommandContext } from '../src/commands/command.ts';
import { MAIN, startNode } from './child.ts';

const QUESTION = 'how many experts does Samba-CoE have?';
// Discards what is sent; nothing listens there.
const NOBODY = 'http://127.0.0.1:9/v1';

const Printed = z.object({ kind: z.literal('answered'), trace: z.object({ mode: z.string() }) });

/** What `ask --json` prints as its mode when the chat model's server is gone. */
export async function askWithModelDown(
  { config, signal }: CommandContext,
  folder: string,
): Promise<string> {
  const child = startNode({
    args: [MAIN, 'ask', '--json', QUESTION],
    settings: {
      DATA_DIR: folder,
      INDEX_LOCATION: join(config.dataDir, 'cache', 'pages'),
      CHAT_MODEL: 'openai:gpt-5-mini',
      OPENAI_API_KEY: 'key',
      OPENAI_BASE_URL: NOBODY,
      LOG_LEVEL: 'error',
    },
    signal,
  });
  await child.done();
  return Printed.parse(JSON.parse(child.stdout())).trace.mode;
}
