import { describe, expect, it } from 'vitest';
import { createBudget } from '../../src/llm/budget.ts';
import { MemoryLedger } from '../fakes/memory-ledger.ts';

const DAY = '2026-05-04';
const EXPENSE = { at: `${DAY}T12:00:00.000Z`, model: 'openai:tiny', task: 'answer', usd: 0.6 };

/** Answers late, with what it held when it was asked. */
class SlowLedger extends MemoryLedger {
  override async spentOn(day: string): Promise<number> {
    const spent = await super.spentOn(day);
    await new Promise((resolve) => setTimeout(resolve, 50));
    return spent;
  }
}

describe('a budget', () => {
  it('counts a call that is booked while the accounts are read', async () => {
    const budget = createBudget({ ledger: new SlowLedger(), dailyUsd: 1 });
    const first = await budget.reserve(0.6, DAY);
    const second = budget.reserve(0.6, DAY);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await first.settle({ ...EXPENSE, promptTokens: 1, completionTokens: 1 });
    await expect(second).rejects.toMatchObject({ failure: 'over-budget' });
  });

  it('forgets a call that gave its money back', async () => {
    const budget = createBudget({ ledger: new MemoryLedger(), dailyUsd: 1 });
    const first = await budget.reserve(0.6, DAY);
    await expect(budget.reserve(0.6, DAY)).rejects.toMatchObject({ failure: 'over-budget' });
    await first.settle();
    expect(await budget.reserve(0.6, DAY)).toBeDefined();
  });
});
