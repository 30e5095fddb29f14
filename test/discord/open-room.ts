import type { ChatConnection } from '../../src/bot/chat-room.ts';
import { openDiscord } from '../../src/commands/with-discord.ts';
import type { LogFields } from '../../src/log.ts';
import { type OpenBotOptions, type OpenedBot, openBot } from '../bot/open-bot.ts';
import { SERVER, type Twin } from './twin.ts';

/** Our room in the twin, with a bot that has a made-up answerer. */
export interface OpenedRoom extends Omit<OpenedBot, 'close'> {
  readonly connection: ChatConnection;
  close(): Promise<void>;
}

/** Opens the room and connects it. */
export async function openRoom(
  twin: Twin,
  {
    messageContent = true,
    ...options
  }: OpenBotOptions & { readonly messageContent?: boolean } = {},
): Promise<OpenedRoom> {
  const logged: OpenedBot['logged'] = [];
  const write = (event: string, fields: LogFields = {}) => void logged.push({ event, fields });
  const log = Object.assign(write, { debug: () => {}, warn: write });
  const choice = { token: SERVER.token, messageContent, apiUrl: twin.apiUrl };
  const room = await openDiscord(choice, log);
  const doors = { discord: room.door };
  const settings = { deliverMs: 5_000, stepMs: 2_000, ...options.settings };
  const parts = { doors, log, ...options.parts };
  const opened = await openBot({ ...options, settings, parts });
  const connection = await room.connect(opened.bot);
  return {
    ...opened,
    logged,
    connection,
    async close() {
      await connection.close();
      await opened.close();
    },
  };
}
