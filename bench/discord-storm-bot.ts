import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultDiscord } from '../test/fakes/fault-discord/fault-discord.ts';
import { MAIN, type NodeChild, startNode, stopChild } from './child.ts';

const START_FLAGS = ['--max-semi-space-size=4'];
const READY_MS = 60_000;

export interface StormBotOptions {
  readonly discord: FaultDiscord;
  readonly settings: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Footnote as `npm start` runs it, in a process that can be killed. */
export interface StormBot {
  /** Ends when it is connected. */
  start(): Promise<void>;
  /** With -9; the next one is started at once. */
  killAndRestart(): Promise<void>;
  stop(): Promise<void>;
}

export function createStormBot({ discord, settings, signal }: StormBotOptions): StormBot {
  let child: NodeChild | undefined;
  const start = async () => {
    const before = discord.gateway.counts.identified;
    child = startNode({
      args: [...START_FLAGS, MAIN, 'start'],
      settings: {
        ...settings,
        ...{ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl },
        ...{ HOST: '127.0.0.1', PORT: '0' },
      },
      signal,
    });
    const end = performance.now() + READY_MS;
    while (discord.gateway.counts.identified === before) {
      if (child.process.exitCode !== null || performance.now() > end) {
        throw new Error(`The bot did not connect:\n${child.stderr()}`);
      }
      await sleep(50, undefined, { signal });
    }
  };
  return {
    start,
    async killAndRestart() {
      const killed = child?.process;
      if (killed === undefined) throw new Error('There is no bot to kill.');
      const gone = once(killed, 'exit');
      killed.kill('SIGKILL');
      await gone;
      await start();
    },
    async stop() {
      if (child !== undefined) await stopChild(child.process);
    },
  };
}
