import { join } from 'node:path';
import type { CommandContext } from '../src/commands/command.ts';
import { parseConfig } from '../src/config.ts';
import { type HostileSlack, TOKENS } from '../test/fakes/hostile-slack/hostile-slack.ts';
import { type NodeChild, ROOT, startNode, stopChild } from './child.ts';

/** The bot as a process that is killed and started again. */
export interface StormBot {
  readonly stateFile: string;
  readonly kills: number;
  /** Ends when it is connected. */
  start(): Promise<void>;
  killAndRestart(): Promise<void>;
  end(): Promise<void>;
}

const CONNECTIONS = 2;

export function createStormBot({
  folder,
  slack,
  context: { config, signal },
}: {
  readonly folder: string;
  readonly slack: HostileSlack;
  readonly context: CommandContext;
}): StormBot {
  let child: NodeChild | undefined;
  let kills = 0;
  const settings = {
    DATA_DIR: folder,
    INDEX_LOCATION: join(config.dataDir, 'cache', 'pages'),
    LOG_LEVEL: 'error',
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: TOKENS.bot,
    SLACK_APP_TOKEN: TOKENS.app,
  };
  const start = async () => {
    const program = join(ROOT, 'bench', 'slack-storm-bot.ts');
    // As `npm start` does.
    const args = ['--max-semi-space-size=4', program];
    const started = startNode({ args, settings, signal });
    child = started;
    const ended = started.done().then(
      () => Promise.reject(new Error('The bot ended by itself.')),
      // Whoever kills it waits for it; else it is told here why it ended.
      (error: unknown) => Promise.reject(error),
    );
    ended.catch(() => {});
    await Promise.race([slack.sockets.connected(CONNECTIONS), ended]);
  };
  return {
    stateFile: parseConfig({ DATA_DIR: folder }).stateFile,
    get kills() {
      return kills;
    },
    start,
    async killAndRestart() {
      kills += 1;
      child?.process.kill('SIGKILL');
      await start();
    },
    async end() {
      if (child !== undefined) await stopChild(child.process);
    },
  };
}
