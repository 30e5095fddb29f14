import type { Composer } from '../../src/digest/compose-digest.ts';
import { createDigestScheduler } from '../../src/digest/digest-scheduler.ts';
import { EVERY_DAY, type Subscription } from '../../src/digest/subscription.ts';
import { createLogger } from '../../src/log.ts';
import { makePaper } from '../retrieval/indexed-paper.ts';
import { type DigestRig, openDigestRig } from './digest-rig.ts';
import { FakeDigestDoor } from './fake-digest-door.ts';
import { makeSubscription } from './made-up-digests.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Processes that share a store, a door that records, and a clock that tests turn. */
export interface SchedulerRig extends DigestRig {
  readonly door: FakeDigestDoor;
  process(worker?: string, composer?: Composer): ReturnType<typeof createDigestScheduler>;
  /** To agents, every day at 09:00 UTC, from an hour before on. */
  subscribe(changes?: Partial<Subscription>): Promise<boolean>;
  pass(ms: number): void;
  paperArrives(): Promise<void>;
  /** Of all that was posted. */
  periods(): readonly string[];
}

/** At eight in the morning, UTC, of 2026-11-20. */
export async function openSchedulerRig(): Promise<SchedulerRig> {
  const activeFrom = '2026-11-20T08:00:00.000Z';
  const rig = await openDigestRig({ at: activeFrom });
  const door = new FakeDigestDoor();
  const log = createLogger({ level: 'silent' });
  const now = () => rig.clock.now;
  const schedule = { days: EVERY_DAY, time: '09:00', timeZone: 'UTC' };
  let papers = 0;
  return {
    ...rig,
    door,
    process: (worker = 'w1', composer = rig.composer) =>
      createDigestScheduler({ ...rig.stores, composer, doors: { slack: door }, now, log, worker }),
    subscribe: (changes = {}) =>
      rig.stores.subscriptions.add(makeSubscription({ schedule, activeFrom, ...changes })),
    pass(ms) {
      rig.clock.now = new Date(rig.clock.now.getTime() + ms);
    },
    async paperArrives() {
      papers += 1;
      const date = rig.clock.now.toISOString().slice(0, 10);
      const words = `We propose agents${papers} for agents. The agents of agents${papers} are agents.`;
      await rig.arrive(makePaper(`Agents ${papers} agents`, words, { date }));
    },
    periods: () => door.posted.map(({ digest }) => digest.period),
  };
}
