import { type CommandContext, readArguments, wrongUsage } from './command.ts';

const USAGE = 'npm run bench -- [NAME ...]';

/** `bench`: measurements with their peers in the same run; each lives in `bench/`. */
export async function runBench(context: CommandContext): Promise<number> {
  const { positionals } = readArguments(context.args, { options: {}, usage: USAGE });
  const { BENCHES } = await import('../../bench/benches.ts');
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
    await run(context);
  }
  return 0;
}
