import { openStore } from '../store/open-store.ts';
import { stripUnsafe } from '../terminal/safe-text.ts';
import { type CommandContext, readArguments, wrongUsage } from './command.ts';

const USAGE = 'npm run doctor';

/** `doctor`: tries what the settings name and says what is missing; 1 where something is. */
export async function runDoctor(context: CommandContext): Promise<number> {
  const { positionals } = readArguments(context.args, { options: {}, usage: USAGE });
  if (positionals.length > 0) throw wrongUsage('doctor takes no names.', USAGE);
  const isWell = [await checkSlack(context), await checkDiscord(context)];
  return isWell.every(Boolean) ? 0 : 1;
}

async function checkSlack({ config, stdout }: CommandContext): Promise<boolean> {
  const { slack } = config;
  if (slack === undefined) {
    stdout.write('Slack: not set up (neither SLACK_BOT_TOKEN nor SLACK_CLIENT_ID is set).\n');
    return true;
  }
  const { diagnose } = await import('../slack/diagnose.ts');
  const findings = await diagnose(slack, async () => {
    const { installations: store, close } = await openStore({ file: config.stateFile });
    return { store, close };
  });
  for (const { isGood, text } of findings) {
    stdout.write(`Slack: ${isGood ? 'ok' : 'WRONG'}  ${stripUnsafe(text)}\n`);
  }
  const manifest = slack.kind === 'socket' ? 'slack/manifest.json' : 'slack/manifest.http.json';
  stdout.write(`Slack: Its events cannot be asked for; ${manifest} lists those needed.\n`);
  return findings.every(({ isGood }) => isGood);
}

async function checkDiscord({ config, stdout, log }: CommandContext): Promise<boolean> {
  const { discord } = config;
  if (discord === undefined) {
    stdout.write('Discord: not set up (DISCORD_TOKEN is not set).\n');
    return true;
  }
  const [{ diagnose }, { createRest }] = await Promise.all([
    import('../discord/diagnose.ts'),
    import('../discord/client.ts'),
  ]);
  const findings = await diagnose(discord, createRest(discord, log));
  for (const { isGood, text } of findings) {
    stdout.write(`Discord: ${isGood ? 'ok' : 'WRONG'}  ${stripUnsafe(text)}\n`);
  }
  return findings.every(({ isGood }) => isGood);
}
