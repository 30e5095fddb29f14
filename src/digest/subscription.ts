/** A channel or a direct conversation on some platform. */
export interface DigestPlace {
  readonly platform: string;
  readonly workspaceId: string;
  readonly channelId: string;
}

/** Monday is 1, Sunday 7, as in ISO 8601. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** When something is posted: a time of day on some days of the week, on the clocks of a time zone. */
export interface Schedule {
  readonly days: readonly Weekday[];
  /** `HH:MM`, 24 hours. */
  readonly time: string;
  /** An IANA name, such as `Europe/Berlin`. */
  readonly timeZone: string;
}

/** How near to a topic a paper has to be. */
export type Pickiness = 'broad' | 'normal' | 'strict';

/** Which papers are wanted, and how many. */
export interface PaperWish {
  readonly kind: 'papers';
  /** In plain language, each a query of its own; any of them will do. */
  readonly topics: readonly string[];
  /** Papers that are known to be of other categories are left out. */
  readonly categories: readonly string[];
  /** Their papers come whatever they are about. */
  readonly authors: readonly string[];
  readonly organizations: readonly string[];
  /** Names of sources; papers of others are left out. */
  readonly sources: readonly string[];
  /** Papers in one digest. */
  readonly most: number;
  readonly pickiness: Pickiness;
  /** Whether a day without papers is told of, once until there are some again. */
  readonly onEmpty: 'say' | 'silent';
  /** The day whose digest looks back on the week as well. */
  readonly rollUp?: Weekday;
}

/** A question whose answer is posted when its evidence has changed. */
export interface QuestionWish {
  readonly kind: 'question';
  readonly question: string;
}

export type Wish = PaperWish | QuestionWish;

/** Why nothing is posted: somebody said so, or the channel is gone. */
export type SubscriptionState = 'active' | 'paused' | 'gone';

/** Who wants what, and when. */
export interface Subscription {
  readonly id: string;
  readonly place: DigestPlace;
  /** Who made it, and is told when it ends by itself. */
  readonly ownerId: string;
  readonly wish: Wish;
  readonly schedule: Schedule;
  readonly state: SubscriptionState;
  /** ISO 8601, UTC; nothing is due that was due before. */
  readonly activeFrom: string;
}

/** What may be changed of a subscription. */
export type SubscriptionChange = Partial<
  Pick<Subscription, 'wish' | 'schedule' | 'state' | 'activeFrom'>
>;

/** Where subscriptions are kept. */
export interface SubscriptionStore {
  /** False when the id is taken, and then nothing is changed. */
  add(subscription: Subscription): Promise<boolean>;
  get(id: string): Promise<Subscription | undefined>;
  /** Those of a place, oldest first. */
  of(place: DigestPlace): Promise<readonly Subscription[]>;
  /** All there are, oldest first. */
  all(): Promise<readonly Subscription[]>;
  /** All that are active on these platforms. */
  active(platforms: readonly string[]): Promise<readonly Subscription[]>;
  /** False when there is none of this id. */
  change(id: string, change: SubscriptionChange): Promise<boolean>;
  /** Its open deliveries end with it; what the channel has seen stays. */
  remove(id: string): Promise<boolean>;
}

export const EVERY_DAY: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
export const WORKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5];

export const DEFAULT_SCHEDULE: Schedule = { days: WORKDAYS, time: '09:00', timeZone: 'UTC' };

export const DEFAULT_WISH: PaperWish = {
  kind: 'papers',
  topics: [],
  categories: [],
  authors: [],
  organizations: [],
  sources: [],
  most: 5,
  pickiness: 'normal',
  onEmpty: 'say',
};

/** What a subscription may hold at most. */
export const LIMITS = {
  topics: 8,
  topicLength: 200,
  names: 20,
  papers: 20,
  /** Of one channel. */
  subscriptions: 20,
} as const;
