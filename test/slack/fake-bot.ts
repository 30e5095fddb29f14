import type { Bot } from '../../src/bot/bot.ts';
import { DEFAULT_SETTINGS } from '../../src/bot/channel-settings.ts';
import type { CommandRequest, CommandResult } from '../../src/bot/commands/command.ts';
import type { ChannelPlace, IncomingMessage } from '../../src/bot/message.ts';
import type { RoomParts } from '../../src/slack/room.ts';
import { FakeSlackApi } from './fake-slack-api.ts';

/** A bot that records what it is asked and gives the results that were set up. */
export class FakeBot implements Bot {
  readonly received: IncomingMessage[] = [];
  readonly requests: CommandRequest[] = [];
  readonly stopped: string[] = [];
  readonly suggestedIn: string[] = [];
  introduced = 0;
  suggestions: readonly string[] = ['What does LoRA do?'];
  readonly #results = new Map<string, CommandResult>();

  resultFor(kind: string, result: CommandResult): this {
    this.#results.set(kind, result);
    return this;
  }

  start() {}
  async close() {}

  async receive(message: IncomingMessage) {
    this.received.push(message);
    return { kind: 'accepted', id: 'q1', isPrivate: false, isUnasked: false } as const;
  }

  async run(request: CommandRequest): Promise<CommandResult> {
    this.requests.push(request);
    const result = this.#results.get(request.command.kind);
    if (result === undefined) throw new Error(`No result for ${request.command.kind} is set up.`);
    return result;
  }

  async suggest({ channelId }: ChannelPlace) {
    this.suggestedIn.push(channelId);
    return this.suggestions;
  }

  async introduces() {
    this.introduced += 1;
    return this.introduced === 1;
  }

  async titles() {
    return [];
  }

  async settingsIn() {
    return DEFAULT_SETTINGS;
  }

  async stop() {
    return false;
  }

  async stopIn(id: string) {
    this.stopped.push(id);
    return 1;
  }
}

/** A room with a made-up bot and a Slack in memory. */
export function makeRoom() {
  const [bot, api] = [new FakeBot(), new FakeSlackApi()];
  const write = () => {};
  const parts: RoomParts = {
    bot,
    api,
    self: { teamId: 'T1', botUserId: 'UBOT', botId: 'BBOT' },
    log: Object.assign(write, { debug: write, warn: write }),
    newId: () => 'id-1',
  };
  return { bot, api, parts };
}
