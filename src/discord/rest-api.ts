import { setTimeout as sleep } from 'node:timers/promises';
import { type REST, type RequestData, Routes } from 'discord.js';
import { z } from 'zod';
import { type ClosedChannels, createClosedChannels } from './closed-channels.ts';
import {
  type DiscordApi,
  type FirstResponse,
  type FollowUpOptions,
  FoundMessage,
  type InteractionKey,
  type MessagePlace,
  type Self,
  type SendOptions,
} from './discord-api.ts';
import { DiscordError, isCode, toDiscordError } from './discord-error.ts';
import { nonceOf, type Outgoing, plainer, toBody, toFiles } from './outgoing.ts';

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
  readonly #closed: ClosedChannels = createClosedChannels(() => performance.now());

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
    await orPlainer(message, async (shown) => {
      const data = { body: toBody(shown), files: toFiles(shown), auth: false, ...until(signal) };
      await again('edit-reply', data, (request) => this.#rest.patch(route, request));
    });
  }

  async followUp(token: string, message: Outgoing, options: FollowUpOptions): Promise<void> {
    const { isEphemeral, signal } = options;
    const route = Routes.webhook(this.#applicationId, token);
    await orPlainer(message, async (shown) => {
      const body = toBody(shown, { isEphemeral });
      const data = { body, files: toFiles(shown), auth: false, ...until(signal) };
      // Once: Discord does not know a second one from the first.
      await once('follow-up', () => this.#rest.post(route, data));
    });
  }

  async send(channelId: string, message: Outgoing, options: SendOptions): Promise<string> {
    const { key, replyTo, signal } = options;
    const known = { nonce: nonceOf(key), enforce_nonce: true };
    const route = Routes.channelMessages(channelId);
    const post = (shown: Outgoing, reference: object) => {
      const body = { ...toBody(shown), ...known, ...reference };
      const data = { body, files: toFiles(shown), ...until(signal) };
      return again('send', data, (request) => this.#rest.post(route, request));
    };
    const sent = await this.#closed.guard(channelId, () =>
      orPlainer(message, (shown) =>
        post(shown, replying(replyTo)).catch((error) => {
          // Replying needs to see what was said before; saying does not.
          if (!isCode(error, 'cannotReply')) throw error;
          return post(shown, {});
        }),
      ),
    );
    return Sent.parse(sent).id;
  }

  async edit(place: MessagePlace, message: Outgoing, signal?: AbortSignal): Promise<void> {
    const { channelId, messageId } = place;
    const route = Routes.channelMessage(channelId, messageId);
    await this.#closed.guard(channelId, () =>
      orPlainer(message, async (shown) => {
        const data = { body: toBody(shown), ...until(signal) };
        await again('edit', data, (request) => this.#rest.patch(route, request));
      }),
    );
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
      const messages = z.array(FoundMessage).parse(read).toSorted(byId);
      found.push(...messages);
      after = messages.at(-1)?.id ?? after;
      if (messages.length < PAGE) break;
    }
    return found;
  }

  async message({ channelId, messageId }: MessagePlace): Promise<FoundMessage> {
    const route = Routes.channelMessage(channelId, messageId);
    return FoundMessage.parse(await again('read', {}, (request) => this.#rest.get(route, request)));
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
    await this.#closed.guard(channelId, () =>
      once('typing', () => this.#rest.post(route, until(signal))),
    );
  }

  self(): Promise<Self> {
    return readSelf(this.#rest);
  }
}

/** Who a token makes us. */
export async function readSelf(rest: REST): Promise<Self> {
  const user = await again('self', {}, () => rest.get(Routes.user()));
  const ours = await again('application', {}, () => rest.get(Routes.currentApplication()));
  return once('self', async () => {
    const { id, username } = User.parse(user);
    return { userId: id, applicationId: Application.parse(ours).id, name: username };
  });
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

/** Where Discord does not take a message as it is, its words alone. */
async function orPlainer<T>(
  message: Outgoing,
  send: (message: Outgoing) => Promise<T>,
): Promise<T> {
  try {
    return await send(message);
  } catch (error) {
    if (!isCode(error, 'invalidForm')) throw error;
    return send(plainer(message));
  }
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
