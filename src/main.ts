import { type Command, type CommandContext, HelpAsked, wrongUsage } from './commands/command.ts';
import { loadConfig } from './config.ts';
import { FootnoteError } from './errors.ts';
import { createLogger } from './log.ts';
import { errorReference, errorSentence, exitCode } from './terminal/report-error.ts';

/** Loaded only when called: each brings what it needs and nothing else. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./commands/start.ts')).runStart,
  ask: async () => (await import('./commands/ask.ts')).runAsk,
  search: async () => (await import('./commands/search.ts')).runSearch,
  papers: async () => (await import('./commands/papers.ts')).runPapers,
  ingest: async () => (await import('./commands/ingest.ts')).runIngest,
  sync: async () => (await import('./commands/sync.ts')).runSync,
  digest: async () => (await import('./commands/digest.ts')).runDigest,
  register: async () => (await import('./commands/register.ts')).runRegister,
  doctor: async () => (await import('./commands/doctor.ts')).runDoctor,
  eval: async () => (await import('./commands/eval.ts')).runEval,
  bench: async () => (await import('./commands/bench.ts')).runBench,
};

const [name = 'start', ...args] = process.argv.slice(2);
const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => interrupt.abort());
}
// A reader that has seen enough, such as head, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
// Without a reader of what is only told by the way, the work still goes on.
process.stderr.on('error', () => {});

try {
  process.exitCode = await run();
} catch (error) {
  process.exitCode = tell(error);
}

/** Says what ended the command; returns its exit code. */
function tell(error: unknown): number {
  if (error instanceof HelpAsked) {
    process.stdout.write(`Usage: ${error.message}\n`);
    return 0;
  }
  const isStopped = interrupt.signal.aborted;
  process.stderr.write(isStopped ? 'Stopped.\n' : `${errorSentence(error)}\n`);
  if (!isStopped && !(error instanceof FootnoteError)) {
    const log = createLogger({ level: 'error', pretty: process.stderr.isTTY });
    log('main.failed', { reference: errorReference(error), err: error });
  }
  return exitCode(error);
}

async function run(): Promise<number> {
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load === undefined) {
    const known = Object.keys(COMMANDS).join(', ');
    throw wrongUsage(`There is no command "${name}".`, `npm run COMMAND, one of ${known}`);
  }
  const config = loadConfig();
  const context: CommandContext = {
    config,
    args,
    stdout: process.stdout,
    stderr: process.stderr,
    log: createLogger({ level: config.logLevel, pretty: process.stderr.isTTY }),
    signal: interrupt.signal,
  };
  return (await load())(context);
}
