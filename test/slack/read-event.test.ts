import { describe, expect, it } from 'vitest';
import { readText } from '../../src/slack/message-text.ts';
import { readMessageEvent } from '../../src/slack/read-event.ts';

const self = { teamId: 'T1', botUserId: 'UBOT', botId: 'BBOT' };
const event = {
  type: 'message',
  channel: 'C1',
  channel_type: 'channel',
  ts: '1700000000.000100',
  user: 'U1',
  text: 'What is LoRA?',
};

describe('a message event', () => {
  it('is what somebody wrote, answered in its own thread', () => {
    expect(readMessageEvent(event, self)).toEqual({
      platform: 'slack',
      workspaceId: 'T1',
      channelId: 'C1',
      kind: 'channel-message',
      threadId: '1700000000.000100',
      messageId: '1700000000.000100',
      author: { id: 'U1', isBot: false, isSelf: false, displayName: '' },
      text: 'What is LoRA?',
      at: '2023-11-14T22:13:20.000Z',
      isToOthers: false,
      replyTo: '{}',
    });
  });

  it('asks the papers of the channel that its author looks at, in direct messages only', () => {
    const entities = [{ type: 'slack#/types/channel_id', value: 'C9', team_id: 'T1' }];
    const direct = { ...event, channel_type: 'im', channel: 'D1' };
    const seen = (app_context: unknown, from: object = direct) =>
      readMessageEvent({ ...from, app_context }, self)?.papersOf;
    expect(seen({ entities })).toBe('C9');
    expect(seen({ entities }, event)).toBeUndefined();
    for (const unclear of [{}, { entities: [null, { type: 'other' }] }, 'x', null]) {
      expect(seen(unclear)).toBeUndefined();
    }
  });

  it.each([
    ['mention', { type: 'app_mention', text: '<@UBOT> hi' }],
    ['mention', { text: 'hi <@UBOT>, what is LoRA?' }],
    ['mention', { text: '<@UBOT> and this?', thread_ts: '1600000000.1' }],
    ['thread-reply', { thread_ts: '1600000000.1' }],
    ['channel-message', { thread_ts: '1700000000.000100' }],
    ['direct', { channel_type: 'im', channel: 'D1' }],
    ['direct', { channel_type: 'im', channel: 'D1', thread_ts: '1600000000.1' }],
  ])('is a %s: %j', (kind, more) => {
    expect(readMessageEvent({ ...event, ...more }, self)?.kind).toBe(kind);
  });

  it('is the same message as the mention that comes beside it', () => {
    const text = '<@UBOT> What is LoRA?';
    const message = readMessageEvent({ ...event, text }, self);
    const { channel_type: _, ...rest } = event;
    expect(readMessageEvent({ ...rest, type: 'app_mention', text }, self)).toEqual(message);
  });

  it.each([
    { subtype: 'message_changed' },
    { subtype: 'message_deleted' },
    { subtype: 'channel_join' },
    { user: undefined },
    { ts: 'now' },
    { type: 'reaction_added' },
  ])('is nothing new: %j', (more) => {
    expect(readMessageEvent({ ...event, ...more }, self)).toBeUndefined();
  });

  it('knows bots, and itself by both of its names', () => {
    const of = (more: object) => readMessageEvent({ ...event, ...more }, self)?.author;
    expect(of({ bot_id: 'B9' })).toMatchObject({ isBot: true, isSelf: false });
    expect(of({ subtype: 'bot_message', user: undefined, bot_id: 'B9' })).toMatchObject({
      id: 'B9',
    });
    expect(of({ user: 'UBOT' })).toMatchObject({ isSelf: true });
    expect(of({ user: undefined, bot_id: 'BBOT' })).toMatchObject({ isSelf: true });
  });

  it('keeps the workspace of an asker from another company', () => {
    const read = readMessageEvent({ ...event, user_team: 'T9', team: 'T1' }, self);
    expect(read).toMatchObject({ workspaceId: 'T1', replyTo: '{"userTeam":"T9"}' });
  });
});

describe('the text of a message', () => {
  it.each([
    ['<@UBOT> What is LoRA?', 'What is LoRA?'],
    ['What is <@UBOT|footnote> LoRA?', 'What is LoRA?'],
    ['ask <@U2>', 'ask @someone'],
    ['in <#C1|papers> and <#C2>', 'in #papers and #channel'],
    ['<!here> <!subteam^S1|@team> <!channel|channel>', '@here @team channel'],
    ['<https://arxiv.org/abs/1|this> <https://arxiv.org/abs/2>', 'this https://arxiv.org/abs/2'],
    ['<mailto:a@b.c|a@b.c>', 'a@b.c'],
    ['a &lt; b &amp;&amp; c &gt; d', 'a < b && c > d'],
    ['&amp;lt;', '&lt;'],
    [':wave::skin-tone-2: What is LoRA? :+1:', 'What is LoRA?'],
    [':smile: :tada:', ''],
    ['at 10:30:45, a:b:c, std::vector::size, :1:', 'at 10:30:45, a:b:c, std::vector::size, :1:'],
    ['two  spaces\nand a line', 'two spaces\nand a line'],
  ])('%j reads %j', (written, text) => {
    expect(readText(written, 'UBOT').text).toBe(text);
  });

  it('tells to whom it is put', () => {
    expect(readText('<@U2> look', 'UBOT')).toMatchObject({ isToBot: false, isToOthers: true });
    expect(readText('<@U2> <@UBOT>', 'UBOT')).toMatchObject({ isToBot: true, isToOthers: false });
    expect(readText('hello', 'UBOT')).toMatchObject({ isToBot: false, isToOthers: false });
  });
});
