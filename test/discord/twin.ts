import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ChannelType } from 'discord.js';
import { DigitalDiscord, type DiscordGateway, generateSnowflake } from 'discord-digital-twin';
import { readPayload } from '../fakes/fault-discord/http.ts';
import { problemsOfRequest, type SentRequest } from './judge.ts';

/** The server and the people of the tests. */
export const SERVER = {
  guild: '100000000000000001',
  papers: '100000000000000002',
  forum: '100000000000000003',
  ada: '100000000000000004',
  bot: '100000000000000005',
  token: 'demo.demo.demo',
} as const;

/**
 * A Discord on this machine that is nobody's work of ours, behind a door that judges every request
 * and answers what it lacks: files, direct channels, the list of commands, whose reply a message is.
 */
export interface Twin {
  readonly discord: DigitalDiscord;
  readonly apiUrl: string;
  readonly requests: readonly SentRequest[];
  /** Names and contents of what was uploaded. */
  readonly files: readonly { readonly name: string; readonly content: string }[];
  /** What Discord would have refused, or must never be sent. */
  readonly problems: readonly string[];
  /** The direct channel of a person. */
  direct(userId: string): Promise<string>;
  /** A new post of a person in the forum; it has the id of its first message. */
  post(userId: string, title: string, content: string): Promise<string>;
  close(): Promise<void>;
}

/** Starts it. */
export async function startTwin(): Promise<Twin> {
  const discord = new DigitalDiscord({
    guild: { id: SERVER.guild, name: 'Demo', ownerId: SERVER.ada },
    channels: [
      { id: SERVER.papers, name: 'papers', type: ChannelType.GuildText },
      { id: SERVER.forum, name: 'questions', type: ChannelType.GuildForum },
    ],
    users: [{ id: SERVER.ada, username: 'ada' }],
    botUser: { id: SERVER.bot, username: 'footnote' },
    botToken: SERVER.token,
  });
  await discord.start();
  const door = createDoor(discord);
  const server = createServer((request, response) => void door.serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  return {
    discord,
    apiUrl: `http://127.0.0.1:${port}/api`,
    ...door,
    async close() {
      server.closeAllConnections();
      server.close();
      await discord.stop();
    },
  };
}

/** Messages in direct channels lack their kind there: the channel has to be known before. */
function gatewayOf(discord: DigitalDiscord): DiscordGateway {
  // A private part of the twin, which has no other way to tell of a channel.
  const { gateway } = Reflect.get(discord, 'server') as { readonly gateway: DiscordGateway };
  return gateway;
}

type Json = Readonly<Record<string, unknown>>;

function createDoor(discord: DigitalDiscord) {
  const requests: SentRequest[] = [];
  const files: { name: string; content: string }[] = [];
  const problems: string[] = [];
  const commands = new Map<string, readonly Json[]>();
  const directs = new Map<string, string>();

  const direct = async (userId: string) => {
    const known = directs.get(userId);
    if (known !== undefined) return known;
    const id = generateSnowflake();
    directs.set(userId, id);
    await discord.prisma.channel.create({ data: { id, type: ChannelType.DM } });
    const recipients = [{ id: userId, username: 'ada' }];
    gatewayOf(discord).broadcast('CHANNEL_CREATE', { id, type: ChannelType.DM, recipients });
    return id;
  };
  const post = async (userId: string, name: string, content: string) => {
    const id = generateSnowflake();
    const thread = { id, name, type: ChannelType.PublicThread, parentId: SERVER.forum };
    await discord.prisma.channel.create({
      data: { ...thread, guildId: SERVER.guild, ownerId: userId },
    });
    await discord.prisma.message.create({ data: { id, channelId: id, authorId: userId, content } });
    gatewayOf(discord).broadcast('THREAD_CREATE', {
      ...(await discord.thread(id).getChannel()),
      newly_created: true,
    });
    const [message] = await discord.thread(id).getMessages();
    if (message !== undefined) gatewayOf(discord).broadcastMessageCreate(message, SERVER.guild);
    return id;
  };
  const own = async ({ method, path, body }: SentRequest): Promise<unknown> => {
    if (path === '/users/@me/channels') {
      const { recipient_id = '' } = body as { recipient_id?: string };
      return { id: await direct(recipient_id), type: ChannelType.DM };
    }
    const scope = /^\/applications\/.*commands/.exec(path)?.[0];
    if (scope !== undefined && method === 'GET') return commands.get(scope) ?? [];
    return undefined;
  };
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = 'GET', url = '' } = request;
    const payload = await readPayload(request);
    files.push(
      ...payload.files.map(({ name, bytes }) => ({ name, content: Buffer.from(bytes).toString() })),
    );
    const path = decodeURIComponent(url.replace(/^\/api\/v10/, ''));
    const sent: SentRequest = { method, path, ...payload };
    requests.push(sent);
    problems.push(...problemsOfRequest(sent));
    const reply =
      (await own(sent)) ?? (await passOn(`${discord.restUrl}/v10${url.slice(8)}`, request, sent));
    if (reply instanceof Response) {
      await freeReply(discord, sent);
      response.writeHead(reply.status, reply.status === 204 ? {} : JSON_TYPE);
      return response.end(await withOrigin(discord, sent, await reply.text()));
    }
    return response.writeHead(200, JSON_TYPE).end(JSON.stringify(reply));
  };
  const keepCommands = async (request: IncomingMessage, response: ServerResponse) => {
    await serve(request, response);
    const last = requests.at(-1);
    if (last?.method !== 'PUT' || !Array.isArray(last.body)) return;
    const listed = last.body.map((each) => ({ ...each, id: generateSnowflake() }));
    commands.set(last.path, listed);
  };
  return { requests, files, problems, direct, post, serve: keepCommands };
}

const JSON_TYPE = { 'content-type': 'application/json' };

/** The twin takes the message of a pressed button for the reply that is to come. */
async function freeReply({ prisma }: DigitalDiscord, { path, body }: SentRequest): Promise<void> {
  const [, interactionId] = /^\/interactions\/(\d+)\//.exec(path) ?? [];
  if (interactionId === undefined || (body as Json).type !== DEFERRED_REPLY) return;
  await prisma.interactionResponse.update({ where: { interactionId }, data: { messageId: null } });
}

const DEFERRED_REPLY = 5;

/** The twin does not say which interaction a message answers. */
async function withOrigin(
  { prisma }: DigitalDiscord,
  { method, path }: SentRequest,
  text: string,
): Promise<string> {
  const [, messageId] = /^\/channels\/\d+\/messages\/(\d+)$/.exec(path) ?? [];
  if (method !== 'GET' || messageId === undefined) return text;
  const origin = await prisma.interactionResponse.findFirst({
    where: { messageId, type: DEFERRED_REPLY },
  });
  if (origin === null) return text;
  const message = JSON.parse(text) as Json;
  return JSON.stringify({ ...message, interaction_metadata: { id: origin.interactionId } });
}

async function passOn(
  url: string,
  request: IncomingMessage,
  { method, body }: SentRequest,
): Promise<Response> {
  const { authorization } = request.headers;
  const headers = { ...JSON_TYPE, ...(authorization !== undefined && { authorization }) };
  return fetch(url, {
    method,
    headers,
    ...(!/^(?:GET|DELETE)$/.test(method) && { body: JSON.stringify(body) }),
  });
}
