import type { InteractionResponseType } from 'discord.js';
import { z } from 'zod';
import type { Outgoing } from './outgoing.ts';

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

/** By which an interaction is answered. */
export interface InteractionKey {
  readonly id: string;
  readonly token: string;
}

/** A sign, a form, or a list of choices. */
export interface FirstResponse {
  readonly type: InteractionResponseType;
  readonly data?: object;
}

/** Who sees a further reply. */
export interface FollowUpOptions {
  readonly isEphemeral: boolean;
  readonly signal?: AbortSignal;
}

/** How a message is known again, and what it answers. */
export interface SendOptions {
  /** Of this message alone: a second one with the same key is not sent. */
  readonly key: string;
  /** A message in the same channel. */
  readonly replyTo?: string;
  readonly signal?: AbortSignal;
}

/** Where a message stands. */
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

/** What is read of a message. */
export const FoundMessage = z.object({
  id: z.string(),
  author: z.object({ id: z.string() }),
  components: z.array(z.object({ id: z.number().optional() })).default([]),
  message_reference: z.object({ message_id: z.string().optional() }).nullish(),
  interaction_metadata: z.object({ id: z.string() }).nullish(),
});
/** A message as far as it tells whose it is and what it belongs to. */
export type FoundMessage = z.infer<typeof FoundMessage>;
