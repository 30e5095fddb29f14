import { type CommandContext, readArguments, wrongUsage } from './command.ts';

const USAGE = 'npm run bench -- [NAME ...], or npm run bench -- NAME OPTIONS';

/** `bench`: measurements with their peers in the same run; each lives in `bench/`. */
export async function runBench(context: CommandContext): Promise<number> {
  const { BENCHES, BENCH_OPTIONS } = await import('../../bench/benches.ts');
  const [first = ''] = context.args;
  const options = Object.hasOwn(BENCH_OPTIONS, first) ? (BENCH_OPTIONS[first] ?? {}) : {};
  const { values, positionals } = readArguments(context.args, { options, usage: USAGE });
  if (Object.keys(values).length > 0 && positionals.length > 1) {
    throw wrongUsage(`Options go with one bench; ${first} is not the only one named.`, USAGE);
  }
  const names = positionals.length > 0 ? positionals : Object.keys(BENCHES);
  for (const name of names) {
    const load = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
    if (load === undefined) {
      throw wrongUsage(
        `There is no bench "${name}".`,
        `${USAGE}, of ${Object.keys(BENCHES).join(', ')}`,
      );
    }
    const run = await load();
    await run(context, values);
  }
  return 0;
}
