import { RESPOND_MS } from './journal.ts';
import type { SentKind } from './judge.ts';
import { announce, edit, fieldsOf, remove } from './messages.ts';
import { FLAG, type Json, Refusal, type StoredInteraction, type StoredMessage } from './model.ts';
import { type Call, check, type Route, type Site } from './site.ts';
import { isEphemeral, messageJson } from './wire.ts';

const TOKEN_MS = 15 * 60_000;
const MOST_FOLLOW_UPS = 5;
const CALLBACK = { message: 4, deferred: 5, deferredUpdate: 6, update: 7, choices: 8, modal: 9 };

/** First answers to interactions, and what follows over their tokens. They need no token of the bot. */
export const INTERACTION_ROUTES: Readonly<Record<string, Route>> = {
  'POST /interactions/:interaction/:token/callback': (call, site) => {
    const interaction = unanswered(call, site);
    // The kind was found by its type.
    const { type, data = {} } = call.body as { type: number; data?: Json };
    demandFitting(interaction, type);
    const before = type === CALLBACK.update ? interaction.onMessage : undefined;
    const kind = callbackKind(type);
    check({ kind, payload: call, ...(before && { before }) }, site);
    interaction.callback = { type, data };
    site.journal.acknowledged(interaction.id);
    const message = firstMessage(interaction, { type, data, files: call.files }, site);
    if (call.query.get('with_response') !== 'true') return undefined;
    return callbackResponse(interaction, message, site);
  },
  'POST /webhooks/:app/:token': (call, site) => {
    const interaction = acknowledged(call, site);
    check({ kind: 'webhook', payload: call }, site);
    const original = site.world.messages.get(interaction.originalId ?? '');
    // What follows a deferred answer takes its place.
    if (original !== undefined && (original.flags & FLAG.loading) !== 0) {
      edit(original, call, site);
      return messageJson(original, site.world);
    }
    interaction.followUps += 1;
    if (interaction.isUserInstall && interaction.followUps > MOST_FOLLOW_UPS) {
      throw new Refusal(400, 40_094, 'Maximum number of follow-up messages reached');
    }
    return messageJson(addAnswer(interaction, call, site), site.world);
  },
  'GET /webhooks/:app/:token/messages/:message': (call, site) =>
    messageJson(answerOf(call, site), site.world),
  'PATCH /webhooks/:app/:token/messages/:message': (call, site) => {
    const message = answerOf(call, site);
    check({ kind: 'webhookEdit', payload: call, before: message }, site);
    edit(message, call, site);
    return messageJson(message, site.world);
  },
  'DELETE /webhooks/:app/:token/messages/:message': (call, site) => {
    remove(answerOf(call, site), site);
  },
};

function unanswered({ params }: Call, { world }: Site): StoredInteraction {
  const interaction = world.interactions.get(params.interaction ?? '');
  const isKnown = interaction !== undefined && interaction.token === params.token;
  if (isKnown && interaction.callback !== undefined) {
    throw new Refusal(400, 40_060, 'Interaction has already been acknowledged.');
  }
  const isLate = isKnown && world.clock.now() - interaction.sentAt > RESPOND_MS;
  if (!isKnown || isLate) throw new Refusal(404, 10_062, 'Unknown interaction');
  return interaction;
}

function acknowledged({ params }: Call, { world }: Site): StoredInteraction {
  const found = [...world.interactions.values()].find(({ token }) => token === params.token);
  if (found?.callback === undefined || params.app !== world.appId) {
    throw new Refusal(404, 10_015, 'Unknown Webhook');
  }
  if (world.clock.now() - found.sentAt > TOKEN_MS) {
    throw new Refusal(401, 50_027, 'Invalid Webhook Token');
  }
  return found;
}

function answerOf(call: Call, site: Site): StoredMessage {
  const interaction = acknowledged(call, site);
  const { message: id } = call.params;
  const found = site.world.messages.get((id === '@original' ? interaction.originalId : id) ?? '');
  const isTheirs = found?.interactionId === interaction.id || found === interaction.onMessage;
  if (found === undefined || !isTheirs || found.isDeleted) {
    throw new Refusal(404, 10_008, 'Unknown Message');
  }
  return found;
}

function demandFitting({ kind, onMessage }: StoredInteraction, type: number): void {
  const forMessages = [CALLBACK.deferredUpdate, CALLBACK.update];
  const isFitting =
    kind === 'autocomplete'
      ? type === CALLBACK.choices
      : type !== CALLBACK.choices &&
        (type !== CALLBACK.modal || kind !== 'modal') &&
        (!forMessages.includes(type) || onMessage !== undefined);
  if (!isFitting) throw new Refusal(400, 50_035, `Invalid Form Body: type ${type} for ${kind}`);
}

function callbackKind(type: number): SentKind {
  if (type === CALLBACK.choices) return 'choices';
  if (type === CALLBACK.modal) return 'modal';
  return type === CALLBACK.update || type === CALLBACK.deferredUpdate ? 'update' : 'answer';
}

interface First extends Pick<Call, 'files'> {
  readonly type: number;
  readonly data: Json;
}

/** What people see at once: a message, one that thinks, or a change of the one with the button. */
function firstMessage(
  interaction: StoredInteraction,
  { type, data, files }: First,
  site: Site,
): StoredMessage | undefined {
  const { onMessage } = interaction;
  if (type === CALLBACK.update && onMessage !== undefined) {
    edit(onMessage, { body: data, files }, site);
  }
  if (type === CALLBACK.update || type === CALLBACK.deferredUpdate) {
    if (onMessage !== undefined) interaction.originalId = onMessage.id;
    return onMessage;
  }
  if (type !== CALLBACK.message && type !== CALLBACK.deferred) return undefined;
  const message = addAnswer(interaction, { body: data, files }, site);
  if (type === CALLBACK.deferred) message.flags |= FLAG.loading;
  interaction.originalId = message.id;
  return message;
}

function addAnswer(
  { id, channelId, person, isUserInstall }: StoredInteraction,
  payload: Pick<Call, 'body' | 'files'>,
  site: Site,
): StoredMessage {
  const { world } = site;
  const isPrivate = isEphemeral(payload.body.flags) || isUserInstall;
  const message = world.addMessage({
    ...fieldsOf(payload, world),
    channelId,
    author: world.bot,
    interactionId: id,
    ...(isPrivate && { onlyFor: person.id }),
  });
  announce(message, site);
  return message;
}

function callbackResponse(
  { id, callback, originalId }: StoredInteraction,
  message: StoredMessage | undefined,
  { world }: Site,
): unknown {
  const interaction = { id, type: 2, response_message_id: originalId };
  if (message === undefined) return { interaction };
  const resource = { type: callback?.type, message: messageJson(message, world) };
  return { interaction, resource };
}
