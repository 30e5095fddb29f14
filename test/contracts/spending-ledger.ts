import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Expense, SpendingLedger } from '../../src/llm/spending.ts';

const DAY = '2026-02-28';
const SPENT = { promptTokens: 1_000, completionTokens: 20, usd: 0.125 };

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
    const reserve = async (usd: number): Promise<string> => {
      const reserved = await ledger.reserve(makeExpense({ usd }), 100);
      if (reserved.kind === 'refused') throw new Error('The limit is far away.');
      return reserved.id;
    };

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

    it('counts a reservation at its most until it is settled, once', async () => {
      const id = await reserve(0.5);
      expect(await ledger.spentOn(DAY)).toBe(0.5);
      await ledger.settle(id, SPENT);
      expect(await ledger.spentOn(DAY)).toBe(0.125);
      await ledger.settle(id, { ...SPENT, usd: 4 });
      await ledger.settle(id);
      expect(await ledger.spentOn(DAY)).toBe(0.125);
    });

    it('forgets a reservation that is settled without costs', async () => {
      await ledger.settle(await reserve(0.5));
      expect(await ledger.spentOn(DAY)).toBe(0);
    });

    it('refuses what the day does not hold beside all else, and books none of it', async () => {
      await ledger.add(makeExpense({ usd: 0.5 }));
      await reserve(0.25);
      const most = makeExpense({ usd: 0.5 });
      expect(await ledger.reserve(most, 1)).toEqual({ kind: 'refused', spentUsd: 0.75 });
      expect(await ledger.spentOn(DAY)).toBe(0.75);
      expect((await ledger.reserve(most, 1.25)).kind).toBe('reserved');
      const tomorrow = { ...most, at: '2026-03-01T00:00:00.000Z' };
      expect((await ledger.reserve(tomorrow, 0.5)).kind).toBe('reserved');
    });

    it('reserves no more than the limit for many that come at once', async () => {
      const wanted = Array.from({ length: 50 }, () =>
        ledger.reserve(makeExpense({ usd: 0.25 }), 1),
      );
      const kinds = (await Promise.all(wanted)).map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === 'reserved')).toHaveLength(4);
    });

    it.each([Number.NaN, -1, Number.POSITIVE_INFINITY])('stores no amount of %d', async (usd) => {
      const id = await reserve(0.5);
      const no = expect.any(Error);
      await expect(ledger.add(makeExpense({ usd }))).rejects.toEqual(no);
      await expect(ledger.settle(id, { ...SPENT, usd })).rejects.toEqual(no);
      await expect(ledger.settle(id, { ...SPENT, promptTokens: usd })).rejects.toEqual(no);
      await ledger.reserve(makeExpense({ usd }), Number.POSITIVE_INFINITY).catch(() => {});
      expect(await ledger.spentOn(DAY)).toBe(0.5);
    });
  });
}
