import { ModelError } from './model-error.ts';
import type { Expense, SpendingLedger } from './spending.ts';

/** Money kept back for a call that runs. */
export interface Reservation {
  /** Gives it back and books what the call cost; nothing without an expense. Never rejects. */
  settle(expense?: Expense): Promise<void>;
}

export interface Budget {
  /**
   * Keeps `usd` back, the most that a call made on `day` can cost. Throws ModelError `over-budget`
   * when the day's budget does not hold it, or when the accounts cannot be read.
   */
  reserve(usd: number, day: string): Promise<Reservation>;
}

interface Held {
  readonly usd: number;
  readonly day: string;
}

/**
 * Other processes count once their calls are booked: what they have running may go beyond the
 * budget. Without `dailyUsd` it only keeps the accounts.
 */
export function createBudget({
  ledger,
  dailyUsd,
}: {
  readonly ledger: SpendingLedger;
  readonly dailyUsd?: number | undefined;
}): Budget {
  const held = new Set<Held>();
  // What the ledger failed to take: the budget counts it all the same.
  const unbooked: Held[] = [];

  const check = async (wanted: Held, limit: number): Promise<void> => {
    const before = new Set(held);
    const booked = await readLedger(ledger, wanted.day);
    // A call that ended during the reading may be missing in `booked`: it counts as held.
    const others = [...held.union(before), ...unbooked];
    const spent = booked + totalOf(others.filter(({ day }) => day === wanted.day));
    if (spent + wanted.usd > limit) throw overBudget({ spent, wanted: wanted.usd, limit });
  };

  return {
    reserve: async (usd, day) => {
      const wanted = { usd, day };
      // A call that costs nothing breaks no budget.
      if (dailyUsd !== undefined && usd > 0) await check(wanted, dailyUsd);
      held.add(wanted);
      return {
        settle: async (expense) => {
          if (expense !== undefined) {
            await ledger.add(expense).catch(() => unbooked.push({ usd: expense.usd, day }));
          }
          held.delete(wanted);
        },
      };
    },
  };
}

async function readLedger(ledger: SpendingLedger, day: string): Promise<number> {
  try {
    return await ledger.spentOn(day);
  } catch (cause) {
    throw new ModelError(
      'over-budget',
      'The chat model was not asked: what was spent today cannot be read, so the budget cannot be kept. Check the state store (see the cause); answers are quotations until then.',
      { cause },
    );
  }
}

function totalOf(held: readonly Held[]): number {
  return held.reduce((sum, { usd }) => sum + usd, 0);
}

function overBudget(facts: {
  readonly spent: number;
  readonly wanted: number;
  readonly limit: number;
}): ModelError {
  const { spent, wanted, limit } = facts;
  return new ModelError(
    'over-budget',
    `The chat model was not asked: ${dollars(spent)} of today's ${dollars(limit)} are spent or kept back for running calls, and this one may cost ${dollars(wanted)}. Raise DAILY_BUDGET_USD, or wait for the next day (UTC).`,
    { facts },
  );
}

function dollars(usd: number): string {
  return `$${usd.toFixed(4)}`;
}
