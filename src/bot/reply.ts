import type { AnswerSentence, Citation } from '../answer/answer.ts';
import type { Turn } from '../answer/conversation.ts';
import type { CommandResult } from './commands/command.ts';
import type { Failure } from './failure.ts';
import type { IncomingMessage } from './message.ts';

/** How a platform shows what comes of a message. The rooms of the platforms implement it. */
export interface ReplyDoor {
  /**
   * Sends nothing yet. After a restart, or when the end could not be sent, the same message is opened
   * again with the same key.
   */
  open(address: ReplyAddress): Reply;
}

/** Where a reply goes. */
export interface ReplyAddress {
  /** Of this message alone and the same in every process: what is sent carries it where it can. */
  readonly deliveryKey: string;
  readonly message: IncomingMessage;
  readonly isPrivate: boolean;
  /** What `place` was last given, perhaps by a process that has ended since. */
  readonly placed?: string;
  /** Keeps where the reply stands, such as the id of a message that will be edited. */
  place(note: string): Promise<void>;
  /**
   * The same before something is sent that cannot be taken back; false when another process has the
   * message by now: then nothing may be sent.
   */
  begin?(note: string): Promise<boolean>;
  /** Somebody stopped the reply on the platform: no more is wanted. */
  stop?(): Promise<unknown>;
}

/**
 * A reply that grows. The bot makes one call at a time and none after `final` or `fail`, except
 * that a call which did not end in time is left to itself.
 */
export interface Reply {
  /**
   * What is going on, instead of what was said before. May fail: it is not tried again. None comes
   * for a message that nobody put to the bot.
   */
  status(text: string, signal: AbortSignal): Promise<void>;
  /** A checked sentence that will stand in the answer as it is. May fail like a status. */
  sentence(grown: GrownSentence, signal: AbortSignal): Promise<void>;
  /**
   * Waits where the platform takes the end later only, such as behind others of the channel; comes
   * before `final` or `fail`, and before the time that those may take. Rejects when it is aborted.
   */
  ready?(signal: AbortSignal): Promise<void>;
  /** The end. Rejecting means "try again later", a CannotDeliver "never". */
  final(final: Final, delivery: Delivery): Promise<void>;
  /** The end, when there is no answer: a sentence for people and a reference number. */
  fail(failure: Failure, delivery: Delivery): Promise<void>;
}

export interface GrownSentence {
  readonly sentence: AnswerSentence;
  /** All so far, of this sentence and those before. */
  readonly citations: readonly Citation[];
}

export interface Delivery {
  /**
   * The end may have been sent before, by a process that died or by a call that timed out: look for
   * the delivery key, or edit what was placed, instead of sending a second one.
   */
  readonly isRepeat: boolean;
  readonly signal: AbortSignal;
}

/** What is delivered at the end. */
export type Final =
  | { readonly kind: 'answer'; readonly turn: Turn }
  | { readonly kind: 'result'; readonly result: CommandResult }
  /** A sentence that says why there is no answer: a quota, or a question that cannot be read. */
  | { readonly kind: 'refused'; readonly text: string }
  | { readonly kind: 'stopped'; readonly text: string };

/** Thrown by a Reply when trying again is of no use: the channel is gone, or the bot left it. */
export class CannotDeliver extends Error {
  constructor(why: string, options?: { readonly cause?: unknown }) {
    super(why, options);
    this.name = 'CannotDeliver';
  }
}
