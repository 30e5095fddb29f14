import { describe, expect, it } from 'vitest';
import { FootnoteError } from '../../../src/errors.ts';
import { guard, isDamage } from '../../../src/retrieval/lance/connection.ts';

// What LanceDB said when four connections made one table, without its paths.
const CONFLICTS = [
  'lance error: Incompatible transaction: This Update transaction is incompatible with concurrent transaction Overwrite at version 2.',
  'lance error: Retryable commit conflict for version 2: This Overwrite transaction was preempted by concurrent transaction Overwrite at version 2. Please retry.',
  "Table 'facts' already exists",
  'lance error: Too many concurrent writers. Attempted 20 times',
];

/** Fails so often with a reason, then says "done". */
function failing(times: number, reason: string) {
  const calls = { count: 0 };
  const operation = async () => {
    calls.count += 1;
    if (calls.count <= times) throw new Error(reason);
    return 'done';
  };
  return { calls, operation };
}

const told = (reason: string) =>
  guard('/index', failing(Number.POSITIVE_INFINITY, reason).operation).catch((error) => error);

describe('guard', () => {
  // The loser of a race for a new table was told that its index may be damaged.
  it.each(CONFLICTS)('tries again where another writer came between: %s', async (reason) => {
    const { calls, operation } = failing(3, reason);
    expect(await guard('/index', operation)).toBe('done');
    expect(calls.count).toBe(4);
  });

  it.each(CONFLICTS)('never takes another writer for damage: %s', async (reason) => {
    const error = await told(reason);
    expect(error).toBeInstanceOf(FootnoteError);
    expect(error.message).toMatch(/written by other processes.+Run the command again/);
    expect(isDamage(error)).toBe(false);
  });

  it('tells of damage at once, and what to do', async () => {
    const { calls, operation } = failing(1, 'lance error: LanceError(IO): file size is too small');
    const error = await guard('/index', operation).catch((reason) => reason);
    expect([calls.count, isDamage(error), error.code]).toEqual([1, true, 'index']);
    expect(error.message).toContain('--rebuild');
  });

  it.each([
    ['No space left on device (os error 28)', /disk is full/],
    ['Permission denied (os error 13)', /read-only/],
  ])('does not take "%s" for damage', async (reason, sentence) => {
    const error = await told(reason);
    expect([isDamage(error), error.message]).toEqual([false, expect.stringMatching(sentence)]);
  });

  it('passes on what is told in a sentence already', async () => {
    const refusal = new FootnoteError('config', 'Another model made it.');
    await expect(guard('/index', () => Promise.reject(refusal))).rejects.toBe(refusal);
  });
});
