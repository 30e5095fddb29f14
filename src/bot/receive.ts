import type { ConversationId } from '../answer/conversation.ts';
import type { Log } from '../log.ts';
import { type ChannelSettings, type SettingsStore, settingsOf } from './channel-settings.ts';
import { conversationIdOf } from './conversation-id.ts';
import { decide, decideAtOnce, type IgnoredBecause } from './decide.ts';
import type { IncomingMessage } from './message.ts';
import type { AcceptRequest, QuestionQueue } from './question-queue.ts';
import { type Quotas, quotaSentence } from './quotas.ts';

export interface ReceiveParts {
  readonly queue: Pick<QuestionQueue, 'accept' | 'isEngaged'>;
  readonly settings: Pick<SettingsStore, 'get' | 'isThreadMuted'>;
  readonly allowedBots: readonly string[];
  readonly quotas: Quotas;
  readonly newId: () => string;
  readonly now: () => Date;
  readonly log: Pick<Log, 'debug' | 'warn'>;
}

/** What becomes of a message: stored to be replied to, refused with a sentence, or left alone. */
export type Received =
  | {
      readonly kind: 'accepted';
      /** Also the delivery key of its reply. */
      readonly id: string;
      readonly isPrivate: boolean;
      /** Nobody asked the bot: show no sign before there is an answer. */
      readonly isUnasked: boolean;
    }
  | {
      readonly kind: 'refused';
      readonly id: string;
      readonly isPrivate: boolean;
      readonly text: string;
    }
  | { readonly kind: 'ignored'; readonly because: IgnoredBecause | 'duplicate' | 'over-quota' };

/** Decides whether a message is for us; then claims and queues it in one step of the store. */
export async function receive(message: IncomingMessage, parts: ReceiveParts): Promise<Received> {
  const atOnce = decideAtOnce(message, { ...parts, now: parts.now() });
  if (atOnce?.kind === 'ignored') {
    if (atOnce.because === 'too-old' && isCalled(message)) warnOfAge(message, parts);
    return atOnce;
  }
  const settings = await settingsOf(message, parts.settings);
  const isPrivate = message.kind !== 'direct' && (message.isPrivate ?? settings.isPrivate);
  const conversationId = conversationIdOf(message, isPrivate);
  const facts = await factsOf(message, { settings, conversationId }, parts);
  const decision = decide(message, facts);
  if (decision.kind === 'ignored') return decision;
  const isUnasked = await isUnaskedFor(message, conversationId, parts);
  return accept(message, { conversationId, isPrivate, isUnasked }, parts);
}

function isCalled({ kind }: IncomingMessage): boolean {
  return kind === 'mention' || kind === 'direct';
}

/** The platform's delay or a clock of ours that is ahead: then nobody gets an answer. */
function warnOfAge({ at }: IncomingMessage, { now, log }: ReceiveParts): void {
  log.warn('bot.message-too-old', {
    writtenAt: at,
    ourClock: now().toISOString(),
    hint: 'Set the clock of this machine where it is ahead.',
  });
}

/** A message in a channel was not put to the bot, nor is one in a thread by somebody new to it. */
async function isUnaskedFor(
  { kind, author, isUnderOurs }: IncomingMessage,
  conversationId: ConversationId,
  { queue }: ReceiveParts,
): Promise<boolean> {
  if (kind !== 'thread-reply') return kind === 'channel-message';
  if (isUnderOurs) return false;
  return !(await queue.isEngaged(conversationId, author.id));
}

async function factsOf(
  message: IncomingMessage,
  { settings, conversationId }: { settings: ChannelSettings; conversationId: ConversationId },
  { queue, settings: store }: ReceiveParts,
) {
  // Most of what a busy channel brings is no reply in a thread: it costs no look-up here.
  if (message.kind !== 'thread-reply') return { settings, isEngaged: false, isThreadMuted: false };
  const [isEngaged, isThreadMuted] = await Promise.all([
    queue.isEngaged(conversationId),
    store.isThreadMuted(conversationId),
  ]);
  return { settings, isEngaged, isThreadMuted };
}

async function accept(
  message: IncomingMessage,
  where: Pick<AcceptRequest, 'conversationId' | 'isPrivate' | 'isUnasked'>,
  { queue, quotas, newId, now, log }: ReceiveParts,
): Promise<Received> {
  const [id, at] = [newId(), now()];
  const accepted = await queue.accept({ id, message, ...where, quotas, now: at });
  const { isPrivate, isUnasked } = where;
  log.debug('bot.received', { question: id, kind: message.kind, accepted: accepted.kind });
  switch (accepted.kind) {
    case 'accepted':
      return { kind: 'accepted', id, isPrivate, isUnasked };
    case 'duplicate':
      return { kind: 'ignored', because: 'duplicate' };
    case 'over-quota':
      // Said once a minute, else refusals would be a flood of their own; a command waits for one.
      if (isUnasked || (accepted.wasTold && message.kind !== 'command')) {
        return { kind: 'ignored', because: 'over-quota' };
      }
      return { kind: 'refused', id, isPrivate, text: quotaSentence(accepted, quotas, at) };
  }
}
