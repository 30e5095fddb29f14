import type { ChannelSettings } from './channel-settings.ts';
import { commandInMessage } from './commands/parse-command.ts';
import type { IncomingMessage } from './message.ts';
import { isQuestionLike } from './question-like.ts';
import { HOUR_MS } from './quotas.ts';

/** Why a message gets no answer and no sign. */
export type IgnoredBecause =
  | 'self'
  | 'bot'
  | 'empty'
  | 'too-old'
  | 'muted'
  | 'to-others'
  | 'not-addressed';

export type Decision =
  | { readonly kind: 'for-us' }
  | { readonly kind: 'ignored'; readonly because: IgnoredBecause };

/** What is known of the place where a message stands. */
export interface PlaceFacts {
  readonly settings: ChannelSettings;
  /** Whether the bot has been asked in this conversation before. */
  readonly isEngaged: boolean;
  /** Whether somebody told it to keep out of this thread. */
  readonly isThreadMuted: boolean;
}

/** Claims are kept for 24 hours; an hour less leaves room for clocks that differ. */
const CLAIMS_KEPT_MS = 23 * HOUR_MS;

const FOR_US: Decision = { kind: 'for-us' };

/** What can be told without looking anything up; undefined where the place decides. */
export function decideAtOnce(
  { author, text, kind, at }: IncomingMessage,
  { allowedBots, now }: { readonly allowedBots: readonly string[]; readonly now: Date },
): Decision | undefined {
  if (author.isSelf) return ignored('self');
  if (author.isBot && !allowedBots.includes(author.id)) return ignored('bot');
  // A platform may deliver it again hours later; by then its claim is gone.
  if (now.getTime() - Date.parse(at) > CLAIMS_KEPT_MS) return ignored('too-old');
  // Somebody who only mentions us wants to know what we can do.
  const isCalled = kind === 'mention' || kind === 'direct';
  return text.trim() === '' && !isCalled ? ignored('empty') : undefined;
}

/** Whether a message is for the bot, by how it came and by the settings of its channel. */
export function decide(message: IncomingMessage, facts: PlaceFacts): Decision {
  const { settings } = facts;
  switch (message.kind) {
    case 'command':
    case 'direct':
      return FOR_US;
    case 'mention':
      return settings.isMuted ? ignored('muted') : FOR_US;
    case 'thread-reply':
      if (settings.isMuted || facts.isThreadMuted) return ignored('muted');
      return message.isToOthers ? ignored('to-others') : decideInThread(message, facts);
    case 'channel-message':
      if (settings.isMuted) return ignored('muted');
      return message.isToOthers ? ignored('to-others') : decideInChannel(message, facts);
  }
}

/** People thank and chat in a thread: there too only what asks is for us, or what bids us be quiet. */
function decideInThread(message: IncomingMessage, facts: PlaceFacts): Decision {
  const { answerMode, followUps } = facts.settings;
  if (answerMode === 'everything') return FOR_US;
  const isForUs = isQuestionLike(message.text) || commandInMessage(message)?.kind === 'mute';
  const isAbout = message.isUnderOurs === true;
  const isFollowUp = followUps && (isAbout || (facts.isEngaged && isForUs));
  return isFollowUp ? FOR_US : ignored('not-addressed');
}

function decideInChannel({ text }: IncomingMessage, { settings }: PlaceFacts): Decision {
  switch (settings.answerMode) {
    case 'mentions':
      return ignored('not-addressed');
    case 'questions':
      return isQuestionLike(text) ? FOR_US : ignored('not-addressed');
    case 'everything':
      return FOR_US;
  }
}

function ignored(because: IgnoredBecause): Decision {
  return { kind: 'ignored', because };
}
