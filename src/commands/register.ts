import { join } from 'node:path';
import { FootnoteError } from '../errors.ts';
import { createProcessLock } from '../store/process-lock.ts';
import { type CommandContext, readArguments, wrongUsage } from './command.ts';

const USAGE = 'npm run register';

/** `register`: tells Discord our commands where its list differs; done again it changes nothing. */
export async function runRegister(context: CommandContext): Promise<number> {
  const { positionals } = readArguments(context.args, { options: {}, usage: USAGE });
  if (positionals.length > 0) throw wrongUsage('register takes no names.', USAGE);
  const { config, stdout, log } = context;
  const { discord, dataDir } = config;
  if (discord === undefined) {
    throw new FootnoteError(
      'config',
      'There is nobody to register commands for: DISCORD_TOKEN is not set. Set it in the environment or in .env (see .env.example).',
    );
  }
  const [{ createRest }, { registerCommands }, { explainRegister }] = await Promise.all([
    import('../discord/client.ts'),
    import('../discord/register.ts'),
    import('../discord/explain.ts'),
  ]);
  const { guildId } = discord;
  const where = guildId === undefined ? 'all servers' : `the server ${guildId}`;
  const options = guildId === undefined ? {} : { guildId };
  const lock = createProcessLock(join(dataDir, 'state', 'register.lock'));
  const { kind, names } = await lock
    .hold(() => registerCommands(createRest(discord, log), options))
    .catch((error) => {
      throw explainRegister(error);
    });
  const listed = names.join(', ');
  stdout.write(
    kind === 'set'
      ? `Registered for ${where}: ${listed}.\n`
      : `Nothing to do for ${where}: these are there already: ${listed}.\n`,
  );
  return 0;
}
