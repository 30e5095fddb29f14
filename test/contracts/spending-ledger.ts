import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Expense, SpendingLedger } from '../../src/llm/spending.ts';

const DAY = '2026-02-28';

/** A call that cost a cent; the rest made up. */
export function makeExpense(fields: Partial<Expense> = {}): Expense {
  return {
    at: `${DAY}T12:00:00.000Z`,
    model: "openai:gpt-5-mini'; drop table expenses; --",
    task: 'answer',
    promptTokens: 2_000,
    completionTokens: 300,
    usd: 0.01,
    ...fields,
  };
}

/** What every SpendingLedger holds to; `open` gives an empty one. */
export function testSpendingLedger(
  name: string,
  open: () => Promise<{ expenses: SpendingLedger; close(): Promise<void> }>,
): void {
  describe(`${name} as a SpendingLedger`, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    let ledger: SpendingLedger;
    beforeEach(async () => {
      opened = await open();
      ledger = opened.expenses;
    });
    afterEach(() => opened.close());

    it('says 0 for a day without expenses', async () => {
      expect(await ledger.spentOn(DAY)).toBe(0);
      await ledger.add(makeExpense());
      expect(await ledger.spentOn('2026-02-27')).toBe(0);
    });

    it('sums up a day, whatever the model and the task', async () => {
      await ledger.add(makeExpense({ usd: 0.25 }));
      await ledger.add(makeExpense({ usd: 0.5, model: 'ollama:tiny', task: 'rewrite' }));
      await ledger.add(makeExpense({ usd: 0 }));
      expect(await ledger.spentOn(DAY)).toBe(0.75);
    });

    it('begins a day at midnight UTC', async () => {
      await ledger.add(makeExpense({ at: `${DAY}T00:00:00.000Z`, usd: 1 }));
      await ledger.add(makeExpense({ at: `${DAY}T23:59:59.999Z`, usd: 2 }));
      await ledger.add(makeExpense({ at: '2026-03-01T00:00:00.000Z', usd: 4 }));
      const days = ['2026-02-27', DAY, '2026-03-01'].map((day) => ledger.spentOn(day));
      expect(await Promise.all(days)).toEqual([0, 3, 4]);
    });

    it('counts the same call as often as it is added', async () => {
      for (let n = 0; n < 3; n += 1) await ledger.add(makeExpense({ usd: 0.5 }));
      expect(await ledger.spentOn(DAY)).toBe(1.5);
    });

    it('loses no fraction of a cent of many that come at once', async () => {
      const adding = Array.from({ length: 1_000 }, () => ledger.add(makeExpense({ usd: 0.00013 })));
      await Promise.all(adding);
      expect(await ledger.spentOn(DAY)).toBeCloseTo(0.13, 12);
    });
  });
}
