/** One call to a model, as the accounts keep it. */
export interface Expense {
  /** When it was made, ISO 8601, UTC; its first ten characters are the day. */
  readonly at: string;
  readonly model: string;
  readonly task: string;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly usd: number;
}

/** Where the costs of model calls are kept, shared by all processes over one store. */
export interface SpendingLedger {
  add(expense: Expense): Promise<void>;
  /** US dollars spent on a day (`YYYY-MM-DD`, UTC); 0 when nothing was. */
  spentOn(day: string): Promise<number>;
}
