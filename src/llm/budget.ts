import { ModelError } from './model-error.ts';
import type { Expense, Reserved, SpendingLedger, Spent } from './spending.ts';

/** Money kept back for a request that runs. */
export interface Reservation {
  /** Books what the request cost, or nothing; the second time does nothing. Never rejects. */
  settle(spent: Spent | undefined): Promise<void>;
}

export interface Budget {
  /**
   * Books the most that a request can cost, before it is sent. Throws ModelError `over-budget`
   * when the day's budget does not hold it, or when the accounts cannot be kept.
   */
  reserve(most: Expense): Promise<Reservation>;
}

/** Without `dailyUsd`, and for what costs nothing, it only books what was spent, afterwards. */
export function createBudget({
  ledger,
  dailyUsd,
}: {
  readonly ledger: SpendingLedger;
  readonly dailyUsd?: number | undefined;
}): Budget {
  return {
    reserve: async (most) => {
      // Not `> 0`: what is no number must not pass unwatched.
      if (dailyUsd === undefined || most.usd === 0) {
        return once(async (spent) => spent && ledger.add({ ...most, ...spent }));
      }
      const reserved = await reserveIn(ledger, { most, dailyUsd });
      if (reserved.kind === 'refused') {
        throw overBudget({ spent: reserved.spentUsd, wanted: most.usd, limit: dailyUsd });
      }
      return once((spent) => ledger.settle(reserved.id, spent));
    },
  };
}

/** What the ledger fails to take stays at the most that it can cost, and the reader waits not. */
function once(book: (spent: Spent | undefined) => Promise<unknown>): Reservation {
  let settled: Promise<void> | undefined;
  return {
    settle: (spent) => {
      settled ??= book(spent).then(
        () => {},
        () => {},
      );
      return settled;
    },
  };
}

async function reserveIn(
  ledger: SpendingLedger,
  { most, dailyUsd }: { readonly most: Expense; readonly dailyUsd: number },
): Promise<Reserved> {
  try {
    return await ledger.reserve(most, dailyUsd);
  } catch (cause) {
    throw new ModelError(
      'over-budget',
      'The chat model was not asked: what was spent today cannot be read or written, so the budget cannot be kept. Check the state store (see the cause); answers are quotations until then.',
      { cause },
    );
  }
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
