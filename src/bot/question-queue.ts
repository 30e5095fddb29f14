import type { ConversationId, Turn } from '../answer/conversation.ts';
import type { Failure } from './failure.ts';
import type { ChannelPlace, IncomingMessage, Platform } from './message.ts';
import type { OverQuota, Quotas } from './quotas.ts';
import type { Final } from './reply.ts';

/**
 * Accepted messages on their way to a reply: accepted, working, done. Every method is one step for
 * all processes over the store. Times are ISO 8601, UTC, and given by the caller.
 */
export interface QuestionQueue {
  /** Claims the message and queues it; a message that was claimed within a day is a duplicate. */
  accept(request: AcceptRequest): Promise<Accepted>;
  /** The next message whose turn it is, leased to the worker; undefined when there is none. */
  take(request: TakeRequest): Promise<QueuedQuestion | undefined>;
  /** Prolongs the lease; `lost` when another worker has the message or it is done. */
  renew(lease: Lease, until: string): Promise<'held' | 'lost' | 'stopped'>;
  /** Keeps what is to be delivered, and the turn of an answer; false when the lease is lost. */
  settle(lease: Lease, settled: Settled): Promise<boolean>;
  /** Right before the end is sent: how often that was begun before; undefined when lost. */
  beginDelivery(lease: Lease): Promise<number | undefined>;
  /** The end was sent, or never will be. Needs no lease: what is sent is sent. */
  finish(id: string, finishedAt: string): Promise<void>;
  /** Gives the message back, to be taken again from then on. Does nothing when lost. */
  release(lease: Lease, notBefore: string): Promise<void>;
  /** Keeps where the reply stands. */
  place(id: string, note: string): Promise<void>;
  /** The same for whoever holds the lease; false, and nothing is kept, when it is lost. */
  placeHeld(lease: Lease, note: string): Promise<boolean>;
  /** How many waiting messages will be taken before this one, about; undefined once it is taken. */
  ahead(id: string): Promise<number | undefined>;
  /** Asks whoever has or gets the message to stop; false when it is done or not known. */
  stop(id: string): Promise<boolean>;
  /** Whether anybody, or this person, put a question to the bot there or got an answer. */
  isEngaged(id: ConversationId, authorId?: string): Promise<boolean>;
  /** What is not done yet in a conversation, the oldest first. */
  openIn(id: ConversationId): Promise<readonly string[]>;
  load(): Promise<QueueLoad>;
}

export interface AcceptRequest {
  readonly id: string;
  readonly message: IncomingMessage;
  readonly conversationId: ConversationId;
  readonly isPrivate: boolean;
  /** Nobody asked the bot: it answers if it can and else keeps quiet. */
  readonly isUnasked: boolean;
  readonly quotas: Quotas;
  readonly now: Date;
}

export type Accepted =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'duplicate' }
  /** `wasTold`: this person was refused within the last minute already. */
  | ({ readonly kind: 'over-quota'; readonly wasTold: boolean } & OverQuota);

export interface TakeRequest {
  /** New for every take: it is what a lease is known by. */
  readonly worker: string;
  /** Those that this process can reply on. */
  readonly platforms: readonly Platform[];
  /** Messages being worked out at once, over all processes; those that are settled do not count. */
  readonly most: number;
  readonly now: string;
  readonly until: string;
}

export interface Lease {
  readonly id: string;
  readonly worker: string;
}

/** A message in work. */
export interface QueuedQuestion {
  readonly lease: Lease;
  readonly message: IncomingMessage;
  readonly conversationId: ConversationId;
  readonly isPrivate: boolean;
  readonly isUnasked: boolean;
  /** How often it was taken, this time included. */
  readonly attempts: number;
  /** What is to be delivered, when that is known already from an attempt before. */
  readonly outcome?: Outcome;
  readonly placed?: string;
  /** Whether somebody asked to stop it while it waited. */
  readonly isStopped: boolean;
}

/** What came of a message, as it is kept until it is delivered. */
export type Outcome =
  | { readonly kind: 'answer'; readonly answerId: string }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** Nobody asked, and there is nothing worth saying. */
  | { readonly kind: 'nothing' }
  | Exclude<Final, { kind: 'answer' }>;

export type Settled =
  | { readonly kind: 'answer'; readonly turn: Turn }
  | Exclude<Outcome, { kind: 'answer' }>;

export interface QueueLoad {
  readonly waiting: number;
  readonly working: number;
  /** When the longest waiting one was accepted. */
  readonly waitingSince?: string;
}

/** What people asked and may look up, export, judge or have forgotten. */
export interface AskedQuestions {
  /** A person's latest questions, the latest first; those of one channel where one is given. */
  recent(asker: Asker, limit: number): Promise<readonly AskedQuestion[]>;
  /** Whether the question was asked in this channel, in these words, for all to see. */
  wasAskedIn(place: ChannelPlace, question: string): Promise<boolean>;
  /** Where an answer was given; undefined for an unknown one. */
  placeOfAnswer(answerId: string): Promise<AnswerPlace | undefined>;
  /**
   * Shows a private answer to its whole channel, or takes that back; false when it was so already.
   */
  share(answerId: string, isShared: boolean): Promise<boolean>;
  /** Deletes a person's questions with their answers and votes; says how many there were. */
  forget(asker: Omit<Asker, 'channelId'>): Promise<number>;
}

export interface Asker extends Omit<ChannelPlace, 'channelId'> {
  readonly authorId: string;
  readonly channelId?: string;
}

export interface AskedQuestion {
  readonly id: string;
  readonly channelId: string;
  readonly question: string;
  readonly askedAt: string;
  readonly answerId?: string;
  readonly isDone: boolean;
}

export interface AnswerPlace extends ChannelPlace {
  readonly conversationId: ConversationId;
  readonly authorId: string;
  /** Only its asker may see it; false once it was shared. */
  readonly isPrivate: boolean;
}
