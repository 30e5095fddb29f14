import type { DigestDoor, Posting } from '../../src/digest/digest-door.ts';
import type { DrawDigest } from '../../src/digest/draw-digest.ts';
import { createDigestDoor } from '../../src/slack/digest-door.ts';
import { makeDigest, PLACE } from '../digest/made-up-digests.ts';
import { FakeSlackApi } from './fake-slack-api.ts';

export const KEY = 'abcdefghij0123456789AB';
export const signal = new AbortController().signal;

export function makePosting(titles: readonly string[], changes: Partial<Posting> = {}): Posting {
  return { key: KEY, place: PLACE, digest: makeDigest(titles), ...changes };
}

/** A door onto a Slack in memory. */
export function openDigestDoor({ draw = () => undefined }: { readonly draw?: DrawDigest } = {}) {
  const api = new FakeSlackApi();
  const logged: string[] = [];
  const write = (event: string) => void logged.push(event);
  const log = Object.assign(write, { debug: write, warn: write });
  const self = { teamId: 'T1', botUserId: 'UBOT', botId: 'BBOT' };
  const door: DigestDoor = createDigestDoor({
    workspaces: { find: async ({ teamId }) => (teamId === 'T1' ? { api, self } : undefined) },
    draw,
    log,
  });
  return { api, door, logged };
}
