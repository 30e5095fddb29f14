import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CommandRequest } from '../../../src/bot/commands/command.ts';
import { runDigest } from '../../../src/bot/commands/digest-command.ts';
import { createDigestDesk } from '../../../src/digest/digest-commands.ts';
import { parseDigestCommand } from '../../../src/digest/parse-digest-command.ts';
import { type DigestRig, openDigestRig } from '../../digest/digest-rig.ts';
import { PLACE } from '../../digest/made-up-digests.ts';
import { makePaper } from '../../retrieval/indexed-paper.ts';

let rig: DigestRig;
beforeEach(async () => {
  rig = await openDigestRig();
});
afterEach(() => rig.close());

const say = (words: string, isAdmin = true) => {
  const command = parseDigestCommand(words);
  const request: CommandRequest = {
    ...PLACE,
    platform: 'slack',
    author: { id: 'U1' },
    isAdmin,
    isPrivate: false,
    command: { kind: 'digest', command },
  };
  const digests = createDigestDesk({ ...rig.parts, ...rig.stores, newId: () => 's1' });
  return runDigest(request, command, { digests: { [request.platform]: digests } });
};

it('what is said about digests comes back as text, a list and a preview as they are, too', async () => {
  await rig.arrive(makePaper('Agents', 'We propose agents. Agents act.', { date: '2026-11-20' }));
  expect(await say('daily at 9 UTC, agents', false)).toMatchObject({ kind: 'refused' });
  expect(await say('daily at 9 UTC, agents')).toMatchObject({
    kind: 'text',
    text: expect.stringContaining('Set up: 1. up to 5 papers about “agents”'),
  });
  expect(await say('list')).toMatchObject({
    kind: 'digests',
    text: '1. up to 5 papers about “agents”, every day at 09:00 (UTC)',
  });
  expect(await say('preview')).toMatchObject({
    kind: 'digest',
    text: expect.stringContaining('1. Agents\n'),
    digest: { items: [{ title: 'Agents' }] },
  });
});

it('a bot without digests says so', async () => {
  const request = { ...PLACE, platform: 'slack', author: { id: 'U1' }, isAdmin: true } as const;
  const command = { kind: 'list' } as const;
  const asked = { ...request, isPrivate: false, command: { kind: 'digest', command } } as const;
  expect(await runDigest(asked, command, {})).toEqual({
    kind: 'refused',
    text: 'I post no digests here yet.',
  });
});
