import { setTimeout as sleep } from 'node:timers/promises';
import { type InteractionResponseType, type REST, type RequestData, Routes } from 'discord.js';
import { z } from 'zod';
import { DiscordError, isCode, toDiscordError } from './discord-error.ts';
import { nonceOf, type Outgoing, toBody, toFiles } from './outgoing.ts';

/** The calls to Discord that this room makes. Each throws DiscordError, and waits where asked to. */
export interface DiscordApi {
  /** The first answer to an interaction, within three seconds; `taken` when somebody else gave it. */
  respond(to: InteractionKey, response: FirstResponse): Promise<'done' | 'taken'>;
  /** The reply of an interaction that was acknowledged; good for a quarter of an hour. */
  editOriginal(token: string, message: Outgoing, signal?: AbortSignal): Promise<void>;
  /** A further reply of an interaction. */
  followUp(token: string, message: Outgoing, options: FollowUpOptions): Promise<void>;
  /** Sends a message and returns its id. */
  send(channelId: string, message: Outgoing, options: SendOptions): Promise<string>;
  edit(place: MessagePlace, message: Outgoing, signal?: AbortSignal): Promise<void>;
  /** Our and others' messages after another one, the oldest first, at most a few hundred. */
  messagesAfter(place: MessagePlace, signal?: AbortSignal): Promise<readonly FoundMessage[]>;
  message(place: MessagePlace): Promise<FoundMessage>;
  /** The id of the thread on a message; of the one that is there already, if so. */
  openThread(place: MessagePlace, name: string, signal?: AbortSignal): Promise<string>;
  openDirect(userId: string, signal?: AbortSignal): Promise<string>;
  showTyping(channelId: string, signal?: AbortSignal): Promise<void>;
  self(): Promise<Self>;
}

export interface InteractionKey {
  readonly id: string;
  readonly token: string;
}

export interface FirstResponse {
  readonly type: InteractionResponseType;
  readonly data?: object;
}

export interface FollowUpOptions {
  readonly isEphemeral: boolean;
  readonly signal?: AbortSignal;
}

export interface SendOptions {
  /** Of this message alone: a second one with the same key is not sent. */
  readonly key: string;
  /** A message in the same channel. */
  readonly replyTo?: string;
  readonly signal?: AbortSignal;
}

export interface MessagePlace {
  readonly channelId: string;
  readonly messageId: string;
}

/** Who the token makes us. */
export interface Self {
  readonly userId: string;
  readonly applicationId: string;
  readonly name: string;
}

const Message = z.object({
  id: z.string(),
  author: z.object({ id: z.string() }),
  components: z.array(z.object({ id: z.number().optional() })).default([]),
  message_reference: z.object({ message_id: z.string().optional() }).nullish(),
  interaction_metadata: z.object({ id: z.string() }).nullish(),
});
/** A message as far as it tells whose it is and what it belongs to. */
export type FoundMessage = z.infer<typeof Message>;
const Sent = z.object({ id: z.string() });
const User = z.object({ id: z.string(), username: z.string() });
const Application = z.object({ id: z.string() });

/** Discord shows "did not respond" after three seconds. */
const RESPOND_MS = 2_800;
const PAGE = 100;
const MOST_PAGES = 5;
const ATTEMPTS = 3;
const RETRY_MS = 250;
/** A day; people who come back later find the thread, and writing in it opens it again. */
const ARCHIVE_MINUTES = 1_440;

/** The API with a token; the tries of the library itself are to be switched off. */
export function createDiscordApi(
  rest: REST,
  { applicationId }: { readonly applicationId: string },
): DiscordApi {
  return new RestApi(rest, applicationId);
}

class RestApi implements DiscordApi {
  readonly #rest: REST;
  readonly #applicationId: string;

  constructor(rest: REST, applicationId: string) {
    this.#rest = rest;
    this.#applicationId = applicationId;
  }

  async respond({ id, token }: InteractionKey, body: FirstResponse): Promise<'done' | 'taken'> {
    const data = { body, auth: false, signal: AbortSignal.timeout(RESPOND_MS) };
    try {
      await again('respond', data, (request) =>
        this.#rest.post(Routes.interactionCallback(id, token), request),
      );
      return 'done';
    } catch (error) {
      if (isCode(error, 'alreadyAcknowledged')) return 'taken';
      throw error;
    }
  }

  async editOriginal(token: string, message: Outgoing, signal?: AbortSignal): Promise<void> {
    const route = Routes.webhookMessage(this.#applicationId, token);
    const data = { body: toBody(message), files: toFiles(message), auth: false, ...until(signal) };
    await again('edit-reply', data, (request) => this.#rest.patch(route, request));
  }

  async followUp(token: string, message: Outgoing, options: FollowUpOptions): Promise<void> {
    const { isEphemeral, signal } = options;
    const body = toBody(message, { isEphemeral });
    const data = { body, files: toFiles(message), auth: false, ...until(signal) };
    const route = Routes.webhook(this.#applicationId, token);
    // Once: Discord does not know a second one from the first.
    await once('follow-up', () => this.#rest.post(route, data));
  }

  async send(channelId: string, message: Outgoing, options: SendOptions): Promise<string> {
    const { key, replyTo, signal } = options;
    const known = { nonce: nonceOf(key), enforce_nonce: true };
    const body = { ...toBody(message), ...known, ...replying(replyTo) };
    const data = { body, files: toFiles(message), ...until(signal) };
    const route = Routes.channelMessages(channelId);
    return Sent.parse(await again('send', data, (request) => this.#rest.post(route, request))).id;
  }

  async edit(place: MessagePlace, message: Outgoing, signal?: AbortSignal): Promise<void> {
    const route = Routes.channelMessage(place.channelId, place.messageId);
    const data = { body: toBody(message), ...until(signal) };
    await again('edit', data, (request) => this.#rest.patch(route, request));
  }

  async messagesAfter(
    { channelId, messageId }: MessagePlace,
    signal?: AbortSignal,
  ): Promise<readonly FoundMessage[]> {
    const found: FoundMessage[] = [];
    let after = messageId;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const query = new URLSearchParams({ after, limit: String(PAGE) });
      const read = await again('look', { query, ...until(signal) }, (request) =>
        this.#rest.get(Routes.channelMessages(channelId), request),
      );
      const messages = z.array(Message).parse(read).toSorted(byId);
      found.push(...messages);
      after = messages.at(-1)?.id ?? after;
      if (messages.length < PAGE) break;
    }
    return found;
  }

  async message({ channelId, messageId }: MessagePlace): Promise<FoundMessage> {
    const route = Routes.channelMessage(channelId, messageId);
    return Message.parse(await again('read', {}, (request) => this.#rest.get(route, request)));
  }

  async openThread(place: MessagePlace, name: string, signal?: AbortSignal): Promise<string> {
    const body = { name, auto_archive_duration: ARCHIVE_MINUTES };
    const route = Routes.threads(place.channelId, place.messageId);
    const data = { body, ...until(signal) };
    try {
      const thread = await again('open-thread', data, (request) => this.#rest.post(route, request));
      return Sent.parse(thread).id;
    } catch (error) {
      // The thread of a message has its id.
      if (isCode(error, 'threadExists')) return place.messageId;
      throw error;
    }
  }

  async openDirect(userId: string, signal?: AbortSignal): Promise<string> {
    const data = { body: { recipient_id: userId }, ...until(signal) };
    const opened = await again('open-direct', data, (request) =>
      this.#rest.post(Routes.userChannels(), request),
    );
    return Sent.parse(opened).id;
  }

  async showTyping(channelId: string, signal?: AbortSignal): Promise<void> {
    const route = Routes.channelTyping(channelId);
    await once('typing', () => this.#rest.post(route, until(signal)));
  }

  self(): Promise<Self> {
    return readSelf(this.#rest);
  }
}

/** Who a token makes us. */
export async function readSelf(rest: REST): Promise<Self> {
  const user = User.parse(await again('self', {}, () => rest.get(Routes.user())));
  const ours = await again('application', {}, () => rest.get(Routes.currentApplication()));
  return { userId: user.id, applicationId: Application.parse(ours).id, name: user.username };
}

/** Ids grow with time; they are too long for numbers. */
function byId(a: FoundMessage, b: FoundMessage): number {
  return BigInt(a.id) < BigInt(b.id) ? -1 : 1;
}

function replying(messageId: string | undefined) {
  // Whoever deletes a question loses the arrow to it, not the answer.
  if (messageId === undefined) return {};
  return { message_reference: { message_id: messageId, fail_if_not_exists: false } };
}

function until(signal: AbortSignal | undefined): RequestData {
  return signal === undefined ? {} : { signal };
}

/** What may be done twice is tried again where nobody knows whether it was done. */
async function again<T>(
  what: string,
  data: RequestData,
  work: (request: RequestData) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(what, () => work(data));
    } catch (error) {
      const isWorthIt = error instanceof DiscordError && error.isUncertain;
      if (!isWorthIt || attempt === ATTEMPTS || data.signal?.aborted) throw error;
      await sleep(RETRY_MS * 2 ** (attempt - 1));
    }
  }
}

async function once<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toDiscordError(what, error);
  }
}
