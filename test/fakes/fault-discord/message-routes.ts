import { isLater, isoOf } from './clock.ts';
import { announce, edit, fieldsOf, remove, seen } from './messages.ts';
import { type Channel, INTENT, PERMISSION, Refusal, type StoredMessage } from './model.ts';
import { type Call, check, type Route, type Site } from './site.ts';
import { messageJson } from './wire.ts';

const NONCE_MS = 300_000;

/** Messages in channels, threads and direct conversations. */
export const MESSAGE_ROUTES: Readonly<Record<string, Route>> = {
  'POST /channels/:channel/messages': (call, site) => {
    const channel = site.world.channel(call.params.channel ?? '');
    demandToPost(channel, call, site);
    check({ kind: 'message', payload: call }, site);
    return messageJson(postOnce(channel, call, site), site.world);
  },
  'GET /channels/:channel/messages': ({ params, query }, site) => {
    const channel = site.world.channel(params.channel ?? '');
    site.world.demand(channel, 'ReadMessageHistory');
    return page(site.world.messagesIn(channel.id), query).map((message) => read(message, site));
  },
  'GET /channels/:channel/messages/:message': ({ params }, site) => {
    const channel = site.world.channel(params.channel ?? '');
    site.world.demand(channel, 'ReadMessageHistory');
    return read(site.world.message(channel.id, params.message ?? ''), site);
  },
  'PATCH /channels/:channel/messages/:message': (call, site) => {
    const message = ownMessage(call, site);
    check({ kind: 'messageEdit', payload: call, before: message }, site);
    edit(message, call, site);
    return messageJson(message, site.world);
  },
  'DELETE /channels/:channel/messages/:message': (call, site) => {
    remove(ownMessage(call, site), site);
  },
  'POST /channels/:channel/messages/:message/crosspost': (call, site) => {
    const message = ownMessage(call, site);
    if (site.world.channel(message.channelId).kind !== 'announcement') {
      throw new Refusal(400, 50_024, 'Cannot execute action on this channel type');
    }
    if (message.isCrossposted) throw new Refusal(400, 40_033, 'Already crossposted');
    message.isCrossposted = true;
    return messageJson(message, site.world);
  },
  'PUT /channels/:channel/messages/:message/reactions/:emoji/@me': ({ params }, site) => {
    const channel = site.world.channel(params.channel ?? '');
    site.world.demand(channel, 'AddReactions', 'ReadMessageHistory');
    const message = site.world.message(channel.id, params.message ?? '');
    const emoji = params.emoji ?? '';
    if (!message.reactions.includes(emoji)) message.reactions.push(emoji);
    site.journal.acknowledged(message.id);
    const data = { user_id: site.world.bot.id, channel_id: channel.id, message_id: message.id };
    const intent = channel.guildId ? INTENT.guildReactions : INTENT.directReactions;
    site.gateway.dispatch({
      event: 'MESSAGE_REACTION_ADD',
      intent,
      data: { ...data, guild_id: channel.guildId, emoji: { name: emoji, id: null }, type: 0 },
    });
  },
  'DELETE /channels/:channel/messages/:message/reactions/:emoji/@me': ({ params }, site) => {
    const message = site.world.message(params.channel ?? '', params.message ?? '');
    const at = message.reactions.indexOf(params.emoji ?? '');
    if (at < 0) throw new Refusal(404, 10_014, 'Unknown Emoji');
    message.reactions.splice(at, 1);
  },
  'POST /channels/:channel/typing': ({ params }, site) => {
    const channel = site.world.channel(params.channel ?? '');
    site.world.demand(
      channel,
      channel.kind === 'thread' ? 'SendMessagesInThreads' : 'SendMessages',
    );
  },
};

function demandToPost(channel: Channel, { body, files }: Call, { world }: Site): void {
  const { kind, withId } = channel;
  if (kind === 'forum') throw new Refusal(400, 50_008, 'Cannot send messages in a forum');
  if (withId !== undefined && world.person(withId).isClosed) {
    throw new Refusal(403, 50_007, 'Cannot send messages to this user');
  }
  world.demand(channel, kind === 'thread' ? 'SendMessagesInThreads' : 'SendMessages');
  if (channel.isLocked) throw new Refusal(403, 160_005, 'Thread is locked');
  if (files.length > 0) world.demand(channel, 'AttachFiles');
  const replyTo = replyToOf(body);
  if (replyTo === undefined) return;
  const canRead = (world.permissions(channel) & PERMISSION.ReadMessageHistory) !== 0n;
  if (!canRead) throw new Refusal(403, 160_002, 'Cannot reply without ReadMessageHistory');
  const answered = world.messages.get(replyTo.id);
  const isThere = answered?.channelId === channel.id && !answered.isDeleted;
  if (!isThere && replyTo.mustExist) {
    throw new Refusal(400, 50_035, 'Invalid Form Body: message_reference: Unknown message');
  }
}

function replyToOf(body: Call['body']): { readonly id: string; mustExist: boolean } | undefined {
  // The schema is held against it after this; what is missing is not replied to.
  const reference = body.message_reference as
    | { message_id?: string; fail_if_not_exists?: boolean }
    | undefined;
  if (reference?.message_id === undefined) return undefined;
  return { id: reference.message_id, mustExist: reference.fail_if_not_exists !== false };
}

/** With `enforce_nonce` the same message is not posted twice within some minutes. */
function postOnce(channel: Channel, call: Call, site: Site): StoredMessage {
  const { world } = site;
  const { nonce, enforce_nonce } = call.body;
  const key = nonce === undefined || nonce === null ? undefined : String(nonce);
  if (key !== undefined && enforce_nonce === true) {
    const since = world.clock.now() - NONCE_MS;
    const known = [...world.messages.values()].find(
      (m) => m.nonce === key && m.channelId === channel.id && m.author === world.bot,
    );
    if (known !== undefined && Date.parse(isoOf(known.id)) > since) {
      return known;
    }
  }
  const replyTo = replyToOf(call.body);
  const isThere = replyTo !== undefined && world.messages.get(replyTo.id)?.isDeleted === false;
  const message = world.addMessage({
    ...fieldsOf(call, world),
    channelId: channel.id,
    author: world.bot,
    ...(key !== undefined && { nonce: key }),
    ...(isThere && { replyTo: replyTo.id }),
  });
  channel.isArchived = false;
  if (isThere) site.journal.acknowledged(replyTo.id);
  announce(message, site);
  return message;
}

function ownMessage({ params }: Call, { world }: Site): StoredMessage {
  const channel = world.channel(params.channel ?? '');
  world.demand(channel);
  const message = world.message(channel.id, params.message ?? '');
  if (message.author === world.bot) return message;
  throw new Refusal(403, 50_005, 'Cannot edit a message authored by another user');
}

/** Over REST the same content is left out as over the gateway. */
function read(message: StoredMessage, site: Site): unknown {
  const { data, stripped } = seen(message, site);
  return site.gateway.hasContentIntent ? data : stripped;
}

/** Newest first, as Discord gives them. */
function page(messages: readonly StoredMessage[], query: URLSearchParams) {
  const [after, before] = [query.get('after'), query.get('before')];
  const limit = Number(query.get('limit') ?? 50);
  const within = messages.filter(
    ({ id }) => (after === null || isLater(id, after)) && (before === null || isLater(before, id)),
  );
  const chosen = after === null ? within.slice(-limit) : within.slice(0, limit);
  return chosen.toReversed();
}
