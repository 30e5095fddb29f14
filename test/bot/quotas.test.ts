import { afterEach, describe, expect, it } from 'vitest';
import { quotaSentence } from '../../src/bot/quotas.ts';
import { makeMessage } from './make-message.ts';
import { type OpenedBot, openBot } from './open-bot.ts';

let opened: OpenedBot | undefined;
afterEach(() => opened?.close());

describe('quotas', () => {
  it('refuse in a sentence that says when again, once a minute, and always to a command', async () => {
    opened = await openBot({ settings: { quotas: { perPersonAnHour: 1, perWorkspaceADay: 9 } } });
    const { bot, platform, ended } = opened;
    const kinds: string[] = [];
    for (const kind of ['mention', 'mention', 'mention', 'command', 'command'] as const) {
      kinds.push((await bot.receive(makeMessage({ kind }))).kind);
    }
    expect(kinds).toEqual(['accepted', 'refused', 'ignored', 'refused', 'refused']);
    await ended(4);
    const refusals = platform.finals.filter(({ kind }) => kind === 'refused');
    expect(refusals).toHaveLength(3);
    expect(refusals[0]).toEqual({
      kind: 'refused',
      text: 'You have used up your one question an hour. Ask again in an hour.',
    });
    const other = makeMessage({ author: { id: 'U2' } });
    expect((await bot.receive(other)).kind).toBe('accepted');
    await ended(5);
  });

  it.each([
    [1, 'a minute'],
    [60_001, '2 minutes'],
    [59 * 60_000, '59 minutes'],
    [59 * 60_000 + 1, 'an hour'],
    [20 * 3_600_000, '20 hours'],
  ])('name the wait of %i ms as %s', (ms, words) => {
    const [now, quotas] = [new Date(), { perPersonAnHour: 30, perWorkspaceADay: 1_000 }];
    const over = {
      whose: 'workspace',
      againAt: new Date(now.getTime() + ms).toISOString(),
    } as const;
    expect(quotaSentence(over, quotas, now)).toBe(
      `This workspace has used up its 1000 questions a day. Ask again in ${words}.`,
    );
  });
});

describe('fairness', () => {
  it('lets one question of a quiet person pass the hundred of a busy one', async () => {
    opened = await openBot({
      isStarted: false,
      settings: { concurrency: 1, quotas: { perPersonAnHour: 200, perWorkspaceADay: 900 } },
    });
    const { bot, store, answerer } = opened;
    // Accepted while nothing runs, so that all wait.
    const quotas = { perPersonAnHour: 200, perWorkspaceADay: 900 };
    const accept = (id: string, workspaceId: string, author: string) =>
      store.queue.accept({
        id,
        message: makeMessage({ workspaceId, author: { id: author }, text: `What is ${id}?` }),
        conversationId: `thread-${id}` as never,
        isPrivate: false,
        isUnasked: false,
        quotas,
        now: new Date(),
      });
    for (let n = 0; n < 100; n += 1) await accept(`busy-${n}`, 'T1', 'busy');
    await accept('quiet', 'T1', 'quiet');
    await accept('elsewhere', 'T2', 'else');
    bot.start();
    await opened.ended(102);
    expect(answerer.answered.slice(0, 4)).toEqual([
      'What is busy-0?',
      'What is elsewhere?',
      'What is quiet?',
      'What is busy-1?',
    ]);
  });
});
