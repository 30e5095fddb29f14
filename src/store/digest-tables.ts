/** The columns that name a channel. */
export interface PlaceColumns {
  readonly platform: string;
  readonly workspace_id: string;
  readonly channel_id: string;
}

/** One row of `subscriptions`; `wish` and `schedule` hold JSON. */
export interface SubscriptionRow extends PlaceColumns {
  readonly id: string;
  /** From 1, in the order of making. */
  readonly sequence: number;
  readonly owner_id: string;
  readonly wish: string;
  readonly schedule: string;
  readonly state: 'active' | 'paused' | 'gone';
  readonly active_from: string;
}

/** One row of `digest_deliveries`; `digest` and `answer` hold JSON. */
export interface DeliveryRow extends PlaceColumns {
  readonly key: string;
  readonly subscription_id: string;
  readonly period: string;
  readonly state: 'open' | 'posted' | 'silent' | 'superseded' | 'given-up' | 'gone';
  readonly opened_at: string;
  readonly attempts: number;
  readonly is_gone: number;
  readonly worker: string | null;
  readonly lease_until: string | null;
  readonly not_before: string | null;
  readonly digest: string | null;
  readonly cutoff: number | null;
  readonly answer: string | null;
  readonly ended_at: string | null;
}

/** One row of `digest_messages`. */
export interface DigestMessageRow extends PlaceColumns {
  readonly message_id: string;
  readonly delivery_key: string;
  readonly paper_id: string | null;
}

/** One row of `digest_seen`. */
export interface SeenRow extends PlaceColumns {
  readonly paper_id: string;
  readonly seen_by: 'digest' | 'link';
  readonly seen_at: string;
  readonly text_hash: string | null;
  readonly delivery_key: string | null;
}

/** One row of `digest_votes`. */
export interface DigestVoteRow extends PlaceColumns {
  readonly paper_id: string;
  readonly author_id: string;
  readonly vote: 'more' | 'less' | 'none';
  readonly at: string;
}

/** The tables of digests as Kysely sees them. */
export interface DigestTables {
  readonly subscriptions: SubscriptionRow;
  readonly digest_deliveries: DeliveryRow;
  readonly digest_messages: DigestMessageRow;
  readonly digest_seen: SeenRow;
  readonly digest_texts: { readonly text_hash: string; readonly abstract: string };
  readonly digest_votes: DigestVoteRow;
  readonly digest_muted: PlaceColumns & { readonly topic: string; readonly at: string };
  readonly paper_arrivals: {
    readonly sequence: number;
    readonly paper_id: string;
    readonly arrived_at: string;
  };
}
