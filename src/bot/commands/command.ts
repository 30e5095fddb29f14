import type { RankedPaper } from '../../answer/answer.ts';
import type { ConversationId, Turn } from '../../answer/conversation.ts';
import type { Digest } from '../../digest/digest.ts';
import type { DigestCommand } from '../../digest/digest-commands.ts';
import type { Subscription } from '../../digest/subscription.ts';
import type { Paper } from '../../papers/paper.ts';
import type { ChannelSettings } from '../channel-settings.ts';
import type { ChannelPlace } from '../message.ts';
import type { AskedQuestion, QueueLoad } from '../question-queue.ts';

/** What a person asks the bot to do; questions, comparisons among them, are messages instead. */
export type Command =
  /** `instead`: the words that were no command. */
  | { readonly kind: 'help'; readonly instead?: string }
  | { readonly kind: 'search'; readonly words: string }
  /** A paper is named by id, by title, or by its number in the conversation's last answer. */
  | { readonly kind: 'similar'; readonly paper: string }
  | { readonly kind: 'show'; readonly paper: string }
  | { readonly kind: 'status' }
  /** Papers of one answer; without one those of the whole conversation. */
  | { readonly kind: 'export'; readonly answerId?: string }
  /** A stored answer, to show its evidence. */
  | { readonly kind: 'answer'; readonly answerId: string }
  /** Lets the whole channel see a private answer, or takes that back where it was not shown. */
  | { readonly kind: 'share' | 'unshare'; readonly answerId: string }
  | { readonly kind: 'settings'; readonly scope?: SettingsScope }
  | {
      readonly kind: 'change-settings';
      readonly change: Partial<ChannelSettings>;
      readonly scope?: SettingsScope;
    }
  /** Keeps follow-ups out of a thread, or lets them in again. */
  | { readonly kind: 'mute' | 'unmute' }
  | { readonly kind: 'forget' }
  | { readonly kind: 'feedback'; readonly answerId: string; readonly vote: 'up' | 'down' }
  | { readonly kind: 'recent' }
  | { readonly kind: 'digest'; readonly command: DigestCommand };

/** Settings of one channel, or of all channels of the workspace without settings of their own. */
export type SettingsScope = 'channel' | 'workspace';

/** A command with what decides whether it may be done; both facts hold for this request only. */
export interface CommandRequest extends ChannelPlace {
  readonly command: Command;
  readonly author: { readonly id: string };
  /** The author may change settings here, as the platform says now. */
  readonly isAdmin: boolean;
  /** Nobody but the author sees the result. */
  readonly isPrivate: boolean;
  /** Where the command was given, when that was a conversation. */
  readonly conversationId?: ConversationId;
}

/** What comes of a command, for the platform to render. Text and titles are not escaped. */
export type CommandResult =
  | { readonly kind: 'text'; readonly text: string }
  /** Why it was not done: not permitted, or nothing was found. */
  | { readonly kind: 'refused'; readonly text: string }
  | { readonly kind: 'papers'; readonly heading: string; readonly papers: readonly FoundPaper[] }
  | { readonly kind: 'paper'; readonly paper: Paper }
  | { readonly kind: 'answer'; readonly turn: Turn; readonly isPrivate: boolean }
  | ({ readonly kind: 'status' } & BotStatus)
  | ({ readonly kind: 'settings' } & SettingsInForce)
  | {
      readonly kind: 'file';
      readonly name: string;
      readonly content: string;
      readonly text: string;
      /** Of an answer that others may not see. */
      readonly isPrivate: boolean;
    }
  | { readonly kind: 'recent'; readonly questions: readonly AskedQuestion[] }
  /** A digest that is looked at before it is due; `text` is the same for rooms without a better way. */
  | { readonly kind: 'digest'; readonly text: string; readonly digest: Digest }
  /** The digests of a channel in sentences, and as they are kept, in the same order. */
  | {
      readonly kind: 'digests';
      readonly text: string;
      readonly subscriptions: readonly Subscription[];
    };

export interface FoundPaper extends RankedPaper {
  readonly url: string;
  readonly date?: string;
}

export interface SettingsInForce {
  readonly scope: SettingsScope;
  readonly settings: ChannelSettings;
  /** The same in sentences. */
  readonly lines: readonly string[];
  /** Pages that may be chosen. */
  readonly sources: readonly string[];
  readonly mayChange: boolean;
}

export interface BotStatus {
  readonly papers: number;
  /** How many can be found by meaning. */
  readonly embedded: number;
  /** The latest publication day among the papers, where one is known. */
  readonly latest?: string;
  readonly load: QueueLoad;
  readonly settings: ChannelSettings;
  readonly sections: readonly StatusSection[];
  /** Those of all sections. */
  readonly lines: readonly string[];
}

/** What a status tells of one thing, in sentences. */
export interface StatusSection {
  readonly title: string;
  readonly lines: readonly string[];
}
