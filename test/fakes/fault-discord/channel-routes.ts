import { isJson } from './message-totals.ts';
import { announce, fieldsOf } from './messages.ts';
import { BOT_PERMISSIONS, type Channel, INTENT, type Json, Refusal } from './model.ts';
import { check, type Route, type Site } from './site.ts';
import { channelJson, guildJson, memberJson, messageJson, userJson } from './wire.ts';

/** Channels, threads, servers, people, and what is registered for the app. */
export const CHANNEL_ROUTES: Readonly<Record<string, Route>> = {
  'GET /users/@me': (_, { world }) => userJson(world.bot),
  'GET /users/:user': ({ params }, { world }) => userJson(world.person(params.user ?? '')),
  'POST /users/@me/channels': ({ body }, { world }) =>
    channelJson(world.directChannel(world.person(String(body.recipient_id))), world),
  'GET /oauth2/applications/@me': (_, { world }) => applicationJson(world),
  'GET /applications/@me': (_, { world }) => applicationJson(world),
  'GET /users/@me/guilds': (_, { world }) =>
    [...world.guilds.values()]
      .filter(({ hasBot }) => hasBot)
      .map(({ id, name, denied = 0n }) => ({
        ...{ id, name, icon: null, owner: false, features: [] },
        permissions: (BOT_PERMISSIONS & ~denied).toString(),
      })),
  'GET /guilds/:guild': ({ params }, { world }) => guildJson(guildOf(params.guild, world), world),
  'GET /guilds/:guild/channels': ({ params }, { world }) =>
    guildJson(guildOf(params.guild, world), world).channels,
  'GET /guilds/:guild/threads/active': ({ params }, { world }) => ({
    threads: guildJson(guildOf(params.guild, world), world).threads,
    members: [],
  }),
  'GET /guilds/:guild/members/:user': ({ params }, { world }) =>
    memberJson(world.person(params.user ?? '')),
  'GET /channels/:channel': ({ params }, { world }) => {
    const channel = world.channel(params.channel ?? '');
    world.demand(channel);
    return channelJson(channel, world);
  },
  'PATCH /channels/:channel': ({ params, body }, { world }) => {
    const channel = world.channel(params.channel ?? '');
    world.demand(channel);
    if (typeof body.name === 'string') channel.name = threadName(body.name);
    if (typeof body.archived === 'boolean') channel.isArchived = body.archived;
    return channelJson(channel, world);
  },
  'POST /channels/:channel/messages/:message/threads': (call, site) => {
    const { world } = site;
    const channel = world.channel(call.params.channel ?? '');
    world.demand(channel, 'CreatePublicThreads');
    const message = world.message(channel.id, call.params.message ?? '');
    check({ kind: 'messageThread', payload: call }, site);
    if (world.channels.has(message.id)) {
      throw new Refusal(400, 160_004, 'A thread has already been created for this message');
    }
    return channelJson(openThread(channel, String(call.body.name), site, message.id), world);
  },
  'POST /channels/:channel/threads': (call, site) => {
    const { world } = site;
    const channel = world.channel(call.params.channel ?? '');
    world.demand(channel, 'CreatePublicThreads');
    check({ kind: 'thread', payload: call }, site);
    const thread = openThread(channel, String(call.body.name), site);
    const first = call.body.message;
    if (!isJson(first)) return channelJson(thread, world);
    const fields = fieldsOf({ body: first, files: call.files }, world);
    const message = world.addMessage({ ...fields, channelId: thread.id, author: world.bot });
    announce(message, site);
    return { ...channelJson(thread, world), message: messageJson(message, world) };
  },
  'PUT /channels/:channel/thread-members/@me': ({ params }, { world }) => {
    world.channel(params.channel ?? '');
  },
};

/** A thread of the bot; of a message it has the same id. */
export function openThread(parent: Channel, name: string, site: Site, id?: string): Channel {
  const { world, gateway } = site;
  const thread = world.addChannel('thread', threadName(name), {
    ...(id !== undefined && { id }),
    ...(parent.guildId !== undefined && { guildId: parent.guildId }),
    parentId: parent.id,
    ownerId: world.bot.id,
  });
  const data = { ...channelJson(thread, world), newly_created: true };
  gateway.dispatch({ event: 'THREAD_CREATE', intent: INTENT.guilds, data });
  return thread;
}

function threadName(name: string): string {
  if (name.length >= 1 && [...name].length <= 100) return name;
  throw new Refusal(400, 50_035, 'Invalid Form Body: name: Must be between 1 and 100 in length.');
}

function guildOf(id: string | undefined, world: Site['world']) {
  const guild = world.guilds.get(id ?? '');
  if (!guild?.hasBot) throw new Refusal(404, 10_004, 'Unknown Guild');
  return guild;
}

function applicationJson({ appId, bot, guilds }: Site['world']): Json {
  const common = { description: '', icon: null, bot_public: true, verify_key: '', flags: 0 };
  const approximate_guild_count = [...guilds.values()].filter(({ hasBot }) => hasBot).length;
  return { id: appId, name: bot.name, ...common, approximate_guild_count, bot: userJson(bot) };
}
