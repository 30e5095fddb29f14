import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConversationId } from '../../src/answer/conversation.ts';
import {
  DEFAULT_SETTINGS,
  type SettingsStore,
  settingsOf,
  WHOLE_WORKSPACE,
} from '../../src/bot/channel-settings.ts';

const PLACE = { platform: 'slack', workspaceId: 'T1', channelId: 'C1' } as const;

/** What every SettingsStore holds to; `open` gives an empty one. */
export function testSettingsStore(
  name: string,
  open: () => Promise<{ settings: SettingsStore; close(): Promise<void> }>,
): void {
  describe(`${name} as a SettingsStore`, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    let store: SettingsStore;
    beforeEach(async () => {
      opened = await open();
      store = opened.settings;
    });
    afterEach(() => opened.close());

    it('has nothing for a channel that was never set', async () => {
      expect(await store.get(PLACE)).toEqual({});
      expect(await settingsOf(PLACE, store)).toEqual(DEFAULT_SETTINGS);
    });

    it('changes what is named and leaves the rest', async () => {
      const papers = { sources: ["it's.txt"], fromYear: 2020 };
      await store.change(PLACE, { answerMode: 'questions', papers });
      await store.change(PLACE, { isPrivate: true });
      await store.change(PLACE, { answerMode: 'everything' });
      const expected = { answerMode: 'everything', isPrivate: true, papers };
      expect(await store.get(PLACE)).toEqual(expected);
    });

    it.each([{ platform: 'discord' }, { workspaceId: 'T2' }, { channelId: 'C2' }] as const)(
      'keeps channels apart that differ by %j alone',
      async (other) => {
        await store.change(PLACE, { isMuted: true });
        expect(await store.get({ ...PLACE, ...other })).toEqual({});
      },
    );

    it('loses no change of many that come at once', async () => {
      await Promise.all([
        store.change(PLACE, { followUps: false }),
        store.change(PLACE, { isMuted: true }),
        store.change(PLACE, { isPrivate: true }),
        store.change(PLACE, { answerMode: 'questions' }),
      ]);
      expect(Object.keys(await store.get(PLACE))).toHaveLength(4);
    });

    it('lets a workspace stand in for channels without settings of their own', async () => {
      const workspace = { ...PLACE, channelId: WHOLE_WORKSPACE };
      await store.change(workspace, { answerMode: 'questions', followUps: false });
      await store.change(PLACE, { followUps: true });
      const expected = { ...DEFAULT_SETTINGS, answerMode: 'questions', followUps: true };
      expect(await settingsOf(PLACE, store)).toEqual(expected);
    });

    it('mutes a thread, and lets it speak again', async () => {
      const [thread, other] = ['a', 'b'] as ConversationId[];
      if (thread === undefined || other === undefined) return;
      await store.muteThread(thread, true);
      await store.muteThread(thread, true);
      expect(await store.isThreadMuted(thread)).toBe(true);
      expect(await store.isThreadMuted(other)).toBe(false);
      await store.muteThread(thread, false);
      expect(await store.isThreadMuted(thread)).toBe(false);
    });
  });
}
