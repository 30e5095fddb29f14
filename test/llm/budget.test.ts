import { beforeEach, describe, expect, it } from 'vitest';
import { createBudget } from '../../src/llm/budget.ts';
import { makeExpense } from '../contracts/spending-ledger.ts';
import { MemoryLedger } from '../fakes/memory-ledger.ts';

const MOST = makeExpense({ usd: 0.6 });
const SPENT = { promptTokens: 1, completionTokens: 1, usd: 0.3 };
const REFUSED = { failure: 'over-budget' };

let ledger = new MemoryLedger();
beforeEach(() => {
  ledger = new MemoryLedger();
});

describe('a budget', () => {
  it('has the most that a call can cost in the ledger before the call', async () => {
    const budget = createBudget({ ledger, dailyUsd: 1 });
    const first = await budget.reserve(MOST);
    expect(ledger.expenses).toEqual([MOST]);
    await expect(createBudget({ ledger, dailyUsd: 1 }).reserve(MOST)).rejects.toMatchObject(
      REFUSED,
    );
    await first.settle(SPENT);
    await first.settle(undefined);
    expect(ledger.expenses).toEqual([{ ...MOST, ...SPENT }]);
    expect(await budget.reserve(MOST)).toBeDefined();
  });

  it('forgets a call that was never made', async () => {
    const budget = createBudget({ ledger, dailyUsd: 1 });
    await (await budget.reserve(MOST)).settle(undefined);
    expect(ledger.expenses).toEqual([]);
  });

  it('is broken by what is no number', async () => {
    const budget = createBudget({ ledger, dailyUsd: 1 });
    const reserving = budget.reserve({ ...MOST, usd: Number.NaN });
    await expect(reserving).rejects.toMatchObject(REFUSED);
  });

  it.each([
    ['without a limit', undefined, 0.6],
    ['for what is free', 0, 0],
  ])('books only afterwards %s', async (_, dailyUsd, usd) => {
    ledger.failing = 'reserving';
    const reservation = await createBudget({ ledger, dailyUsd }).reserve({ ...MOST, usd });
    expect(ledger.expenses).toEqual([]);
    await reservation.settle({ ...SPENT, usd });
    expect(ledger.expenses).toEqual([{ ...MOST, ...SPENT, usd }]);
  });
});
