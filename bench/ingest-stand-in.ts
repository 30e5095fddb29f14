// `ingest` with the stand-in for its embedding model: as the command, with its own arguments.
// The file to count in comes first.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runIngest } from '../src/commands/ingest.ts';
import { loadConfig } from '../src/config.ts';
import { forkProgram } from '../src/llm/embed-child.ts';
import { embedInChild } from '../src/llm/process-embedder.ts';
import { createLogger } from '../src/log.ts';
import { createStandIn } from './stand-in-embedder.ts';

const PROGRAM = fileURLToPath(new URL('stand-in-process.ts', import.meta.url));

const [, , counted = '', ...args] = process.argv;
const config = loadConfig();
const cache = join(config.dataDir, 'state', 'vectors.sqlite');
const embedder = embedInChild(createStandIn(counted), {
  fork: () => forkProgram(PROGRAM, [cache, counted]),
});
const { stdout, stderr } = process;
const log = createLogger({ level: 'error', pretty: false });
const { signal } = new AbortController();
process.exitCode = await runIngest({ config, args, stdout, stderr, log, signal }, { embedder });
