import type { Expense, Reserved, SpendingLedger, Spent } from '../../src/llm/spending.ts';

/** A SpendingLedger in memory, which can be told to fail. */
export class MemoryLedger implements SpendingLedger {
  failing: 'nothing' | 'adding' | 'reserving' | 'settling' = 'nothing';
  private readonly booked = new Map<string, Expense>();
  private ids = 0;

  /** Those that run stand there with the most that they can cost. */
  get expenses(): readonly Expense[] {
    return [...this.booked.values()];
  }

  async add(expense: Expense): Promise<void> {
    await new Promise(setImmediate);
    if (this.failing === 'adding') throw new Error('disk full');
    this.book(expense);
  }

  async reserve(most: Expense, limitUsd: number): Promise<Reserved> {
    await new Promise(setImmediate);
    if (this.failing === 'reserving') throw new Error('database is locked');
    const spentUsd = this.sumOf(most.at.slice(0, 10));
    if (!(spentUsd + most.usd <= limitUsd)) return { kind: 'refused', spentUsd };
    return { kind: 'reserved', id: this.book(most) };
  }

  async settle(id: string, spent?: Spent): Promise<void> {
    await new Promise(setImmediate);
    if (this.failing === 'settling') throw new Error('disk full');
    const most = this.booked.get(id);
    if (most === undefined || id.startsWith('settled')) return;
    if (spent !== undefined) this.book({ ...most, ...spent }, 'settled');
    this.booked.delete(id);
  }

  async spentOn(day: string): Promise<number> {
    await new Promise(setImmediate);
    return this.sumOf(day);
  }

  private book(expense: Expense, prefix = 'id'): string {
    const amounts = [expense.promptTokens, expense.completionTokens, expense.usd];
    if (!amounts.every((one) => one >= 0 && one < Number.POSITIVE_INFINITY)) {
      throw new Error(`${amounts.join(', ')} cannot be booked`);
    }
    const id = `${prefix}-${++this.ids}`;
    this.booked.set(id, expense);
    return id;
  }

  private sumOf(day: string): number {
    const ofDay = this.expenses.filter(({ at }) => at.startsWith(day));
    return ofDay.reduce((sum, { usd }) => sum + usd, 0);
  }
}
