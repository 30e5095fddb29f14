import type { Expense, SpendingLedger } from '../../src/llm/spending.ts';

/** A SpendingLedger in memory, which can be told to fail. */
export class MemoryLedger implements SpendingLedger {
  readonly expenses: Expense[] = [];
  failing: 'nothing' | 'reading' | 'adding' = 'nothing';

  async add(expense: Expense): Promise<void> {
    await new Promise(setImmediate);
    if (this.failing === 'adding') throw new Error('disk full');
    this.expenses.push(expense);
  }

  async spentOn(day: string): Promise<number> {
    await new Promise(setImmediate);
    if (this.failing === 'reading') throw new Error('database is locked');
    const ofDay = this.expenses.filter(({ at }) => at.startsWith(day));
    return ofDay.reduce((sum, { usd }) => sum + usd, 0);
  }
}
