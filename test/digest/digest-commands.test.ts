import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDigestDesk, type DigestResult } from '../../src/digest/digest-commands.ts';
import { parseDigestCommand } from '../../src/digest/parse-digest-command.ts';
import { DEFAULT_SCHEDULE, LIMITS } from '../../src/digest/subscription.ts';
import { makePaper } from '../retrieval/indexed-paper.ts';
import { type DigestRig, openDigestRig } from './digest-rig.ts';
import { makeWish, PLACE } from './made-up-digests.ts';

let rig: DigestRig;
let ids = 0;
beforeEach(async () => {
  rig = await openDigestRig();
});
afterEach(() => rig.close());

async function say(words: string, isAdmin = true): Promise<DigestResult> {
  const desk = createDigestDesk({
    ...rig.parts,
    ...rig.stores,
    newId: () => `s${++ids}`,
  });
  const request = { place: PLACE, author: { id: 'U1' }, isAdmin };
  return desk.run(parseDigestCommand(words), request);
}
const textOf = async (words: string, isAdmin = true) => {
  const result = await say(words, isAdmin);
  return result.kind === 'preview' ? result.digest.headline : result.text;
};

describe('in a channel', () => {
  it('a digest is set up, listed, changed, paused, resumed and removed', async () => {
    expect(await textOf('weekdays at 9 Berlin time, agents and diffusion, at most 5')).toContain(
      'Set up: 1. up to 5 papers about “agents” and “diffusion”, on weekdays at 09:00 (Europe/Berlin).',
    );
    expect(await textOf('watch How many agents plan?')).toContain('2. watches the question');
    expect(await textOf('change 1: at 8:30, at most 3')).toBe(
      'Changed: up to 3 papers about “agents” and “diffusion”, on weekdays at 08:30 (Europe/Berlin).',
    );
    expect(await textOf('pause 1')).toContain('Paused: up to 3 papers');
    expect((await rig.stores.subscriptions.of(PLACE)).map(({ state }) => state)).toEqual([
      'paused',
      'active',
    ]);
    expect(await textOf('list')).toMatch(/^1\. up to 3 papers.*\(paused\)\n2\. watches/);
    expect(await textOf('resume 1')).toContain('Goes on: up to 3 papers');
    expect(await textOf('remove 2')).toContain('Removed: watches the question');
    expect(await rig.stores.subscriptions.of(PLACE)).toHaveLength(1);
  });

  it('a new time that has passed today is not made up for', async () => {
    await say('daily at 8 UTC, agents');
    rig.clock.now = new Date('2026-11-20T12:00:00.000Z');
    await say('change 1 at 11');
    const [one] = await rig.stores.subscriptions.of(PLACE);
    expect(one?.activeFrom).toBe('2026-11-20T12:00:00.000Z');
    await say('change 1 at most 4');
    expect((await rig.stores.subscriptions.of(PLACE))[0]?.activeFrom).toBe(one?.activeFrom);
  });

  it('a preview of any day sends and notes nothing', async () => {
    await rig.arrive(makePaper('Agents', 'We propose agents. Agents act.', { date: '2026-11-20' }));
    await say('daily at 9 UTC, agents');
    expect(await say('preview')).toMatchObject({
      kind: 'preview',
      digest: { kind: 'papers', period: '2026-11-20', from: 'new', items: [{ title: 'Agents' }] },
    });
    expect(await say('preview 1 2026-11-19')).toMatchObject({ digest: { kind: 'empty' } });
    expect(await say('preview 1 2026-11-23')).toMatchObject({ digest: { from: 'library' } });
    expect(await rig.stores.seen.shown(PLACE, 9)).toEqual([]);
    await expect(say('preview 1 2026-02-30')).rejects.toThrow('“2026-02-30” is no day');
  });

  it('a form sets one up and replaces all of it, the number of the list kept', async () => {
    const desk = createDigestDesk({ ...rig.parts, ...rig.stores, newId: () => `s${++ids}` });
    const request = { place: PLACE, author: { id: 'U1' }, isAdmin: true };
    const schedule = { days: [1], time: '08:00', timeZone: 'UTC' } as const;
    await desk.run({ kind: 'add', wish: makeWish({ authors: ['Ada'] }), schedule }, request);
    const again = { kind: 'add', id: 'form 1', wish: makeWish(), schedule } as const;
    for (const _ of [1, 2]) {
      expect(await desk.run(again, request)).toMatchObject({
        text: expect.stringContaining('Set up: 2. up to 5 papers'),
      });
    }
    expect(await rig.stores.subscriptions.of(PLACE)).toHaveLength(2);
    await desk.run({ kind: 'remove', number: 2 }, request);
    const wish = makeWish({ topics: ['diffusion'], most: 2 });
    const replacing = { kind: 'replace', number: 1, wish, schedule } as const;
    expect(await desk.run(replacing, { ...request, isAdmin: false })).toMatchObject({
      kind: 'refused',
    });
    expect(await desk.run(replacing, request)).toMatchObject({
      text: 'Changed: up to 2 papers about “diffusion”, on Mondays at 08:00 (UTC).',
    });
    expect(await rig.stores.subscriptions.of(PLACE)).toMatchObject([{ wish, schedule }]);
    const never = { ...replacing, schedule: { ...schedule, timeZone: 'Nowhere/Atlantis' } };
    await expect(desk.run(never, request)).rejects.toThrow();
  });

  it('those of all channels of the workspace are told to admins alone', async () => {
    const desk = createDigestDesk({ ...rig.parts, ...rig.stores, newId: () => `s${++ids}` });
    const add = { kind: 'add', wish: makeWish(), schedule: DEFAULT_SCHEDULE } as const;
    const request = { place: PLACE, author: { id: 'U1' }, isAdmin: true };
    const elsewhere = [
      { ...PLACE, channelId: 'C2' },
      { ...PLACE, workspaceId: 'T2' },
      { ...PLACE, platform: 'discord' },
    ];
    for (const place of [PLACE, ...elsewhere]) await desk.run(add, { ...request, place });
    const told = await desk.run({ kind: 'everywhere' }, request);
    const channels = told.kind === 'list' && told.subscriptions.map(({ place }) => place.channelId);
    expect(channels).toEqual(['C1', 'C2']);
    const refused = await desk.run({ kind: 'everywhere' }, { ...request, isAdmin: false });
    expect(refused.kind).toBe('refused');
  });

  it('a muted topic is listed, and let in again', async () => {
    await rig.stores.feedback.mute(PLACE, 'Routers', '2026-11-20T00:00:00.000Z');
    expect(await textOf('list')).toContain('Left out here: “Routers”.');
    expect(await textOf('unmute routers')).toBe('“Routers” may come in the digests here again.');
    expect(await textOf('unmute routers')).toBe('“routers” is not left out here.');
  });

  it.each([
    ['pause 3', 'There are no digests here yet.'],
    ['agents at 9 Atlantis time', 'I know no time zone “Atlantis”.'],
    ['weekdays at 9', 'Say what it shall be about'],
    ['help', 'digest watch QUESTION'],
    ['', 'digest WHAT AND WHEN'],
  ])('"%s" is answered with what to do', async (words, expected) => {
    const said = await say(words).catch((error: Error) => ({ text: error.message }));
    expect('text' in said && said.text).toContain(expected);
  });

  it('only those who manage the channel change anything', async () => {
    await say('daily at 9 UTC, agents');
    for (const words of [
      'daily, x',
      'watch Why?',
      'change 1 at 8',
      'pause 1',
      'remove 1',
      'unmute x',
    ]) {
      expect(await say(words, false)).toEqual({
        kind: 'refused',
        text: 'Only those who may manage this channel can change its digests.',
      });
    }
    expect((await say('list', false)).kind).toBe('list');
    expect((await say('preview 1', false)).kind).toBe('preview');
  });

  it('there are only so many digests', async () => {
    for (let n = 0; n < LIMITS.subscriptions; n++) await say('daily, agents');
    expect(await textOf('daily, agents')).toContain(
      `There are ${LIMITS.subscriptions} digests here`,
    );
  });
});
