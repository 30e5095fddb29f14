/** What a call to a model took. */
export interface Spent {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly usd: number;
}

/** One call to a model, as the accounts keep it. */
export interface Expense extends Spent {
  /** When it was made, ISO 8601, UTC; its first ten characters are the day. */
  readonly at: string;
  readonly model: string;
  readonly task: string;
}

export type Reserved =
  | { readonly kind: 'reserved'; readonly id: string }
  | { readonly kind: 'refused'; readonly spentUsd: number };

/**
 * Where the costs of model calls are kept, shared by all processes over one store. Amounts that
 * are not finite or below zero are refused with a plain Error: such a sum would guard nothing.
 */
export interface SpendingLedger {
  /** Books a call that no limit watches. */
  add(expense: Expense): Promise<void>;
  /**
   * Books the most that a call can cost, unless its day would then hold more than `limitUsd`. No
   * other process books in between. What is never settled stays as it was booked.
   */
  reserve(most: Expense, limitUsd: number): Promise<Reserved>;
  /** Corrects a reservation, once; without `spent` the call leaves nothing behind. */
  settle(id: string, spent?: Spent): Promise<void>;
  /** US dollars spent or reserved on a day (`YYYY-MM-DD`, UTC); 0 when nothing was. */
  spentOn(day: string): Promise<number>;
}
