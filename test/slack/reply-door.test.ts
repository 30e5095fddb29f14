import { describe, expect, it } from 'vitest';
import { CannotDeliver } from '../../src/bot/reply.ts';
import { writeNote } from '../../src/slack/address.ts';
import {
  again,
  answer,
  BODY,
  first,
  grown,
  longer,
  modelTurn,
  openDoor,
  signal,
  turn,
} from './open-door.ts';

describe('a reply in a thread', () => {
  it('shows the eyes and a status at once, and takes both away at the end', async () => {
    const { api, open } = openDoor();
    const reply = open();
    await reply.status('Searching…', signal);
    expect([...api.reactions]).toEqual(['10.1 eyes']);
    expect(api.status).toBe('Searching…');
    await reply.final(answer, first);
    expect([...api.reactions]).toEqual([]);
    expect(api.status).toBe('');
  });

  it('is a session with the question as its title, closed at the end', async () => {
    const { api, open } = openDoor();
    const reply = open({ text: 'What is <!here>?' });
    await reply.status('Searching…', signal);
    expect(api.called('agents.sessions.setStatus')[0]).toEqual({
      channel_id: 'C1',
      thread_ts: '10.1',
      status: 'active',
      title: 'What is <\u2060!here>?',
      initiator_user_id: 'U1',
    });
    await reply.final(answer, first);
    expect([...api.sessions]).toEqual([['10.1', 'closed']]);
  });

  it('asks for no session again where the workspace has none', async () => {
    const { api, open } = openDoor();
    api.faultNext('agents.sessions.setStatus', 'feature_disabled');
    const reply = open();
    await reply.status('Searching…', signal);
    await reply.final(answer, first);
    await open().status('Searching…', signal);
    expect(api.called('agents.sessions.setStatus')).toHaveLength(1);
    expect(api.shown).toHaveLength(1);
  });

  it('streams checked sentences to the asker and ends with sources and buttons', async () => {
    const { api, open } = openDoor();
    const reply = open();
    await reply.sentence(grown, signal);
    await reply.final(answer, first);
    expect(api.called('chat.startStream')[0]).toMatchObject({
      thread_ts: '10.1',
      recipient_user_id: 'U1',
      recipient_team_id: 'T1',
    });
    expect(api.shown).toHaveLength(1);
    expect(api.shown[0]).toMatchObject({ text: BODY, isStreaming: false });
    expect(JSON.stringify(api.shown[0]?.blocks)).toContain('container');
    expect(api.called('chat.update')).toEqual([]);
  });

  it('that a process left before it knew of its stream is finished, not doubled', async () => {
    const { api, notes, open } = openDoor();
    const left = open();
    await left.status('Searching…', signal);
    await left.sentence(grown, signal);
    // Noted before the stream is begun; that it stands was noted last.
    const placed = notes.at(-2);
    const reply = open({}, { placed });
    await reply.sentence(grown, signal);
    await reply.final(answer, first);
    expect(api.called('chat.startStream')).toHaveLength(1);
    expect(api.shown).toMatchObject([{ isStreaming: false }]);
  });

  it('names nobody as the recipient of a stream in direct messages', async () => {
    const { api, open } = openDoor();
    await open({ kind: 'direct' }).sentence(grown, signal);
    expect(api.called('chat.startStream')[0]).not.toHaveProperty('recipient_user_id');
  });

  it('flushes by time, in order, and never side by side', async () => {
    const { api, clock, open } = openDoor();
    const reply = open();
    for (let i = 0; i < 10; i += 1) {
      clock.now += 100;
      await reply.sentence(grown, signal);
    }
    await reply.final({ ...answer, turn: longer(modelTurn, 10) }, first);
    expect(api.called('chat.appendStream').length).toBeLessThan(3);
    expect(api.shown[0]?.text).toBe(Array(10).fill(BODY).join(' '));
  });

  it('posts once where there was nothing to stream, without link previews, with its mark', async () => {
    const { api, open } = openDoor();
    await open().final({ kind: 'answer', turn }, first);
    expect(api.called('chat.postMessage')).toHaveLength(1);
    expect(api.called('chat.postMessage')[0]).toMatchObject({
      unfurl_links: false,
      unfurl_media: false,
      metadata: { event_payload: { key: 'key-1' } },
    });
  });

  it('edits what it streamed where the answer turned out otherwise', async () => {
    const { api, open } = openDoor();
    const reply = open();
    await reply.sentence(grown, signal);
    await reply.final({ kind: 'refused', text: 'No.' }, first);
    expect(api.shown).toHaveLength(1);
    expect(JSON.stringify(api.shown[0]?.blocks)).toContain('No.');
  });

  it('ends a stream before it is too old or too long and edits the end in', async () => {
    const { api, clock, open } = openDoor();
    const reply = open();
    await reply.sentence(grown, signal);
    clock.now += 250_000;
    await reply.final(answer, first);
    expect(api.shown).toHaveLength(1);
    expect(api.called('chat.update')).toHaveLength(1);
    const long = openDoor();
    const other = long.open();
    const much = { ...grown, sentence: { text: 'x'.repeat(3_000), citations: [] } };
    for (let i = 0; i < 6; i += 1) {
      long.clock.now += 2_000;
      await other.sentence(much, signal);
    }
    await other.final(answer, first);
    expect(long.api.shown).toHaveLength(1);
    expect(JSON.stringify(long.api.shown[0]?.blocks)).toContain('It costs 0.3 points');
  });
});

describe('where Slack has no streams', () => {
  it('posts and edits, and tries no stream again', async () => {
    const { api, clock, open } = openDoor();
    api.faultNext('chat.startStream', 'unknown_method');
    const reply = open();
    await reply.sentence(grown, signal);
    clock.now += 5_000;
    await reply.sentence(grown, signal);
    await reply.final(answer, first);
    await open({ messageId: '11.1', threadId: '11.1' }).sentence(grown, signal);
    expect(api.called('chat.startStream')).toHaveLength(1);
    expect(api.shown.filter(({ threadTs }) => threadTs === '10.1')).toHaveLength(1);
    expect(api.called('chat.update')).toHaveLength(2);
  });
});

describe('an end that is sent again', () => {
  it('is found by its mark and edited', async () => {
    const { api, open } = openDoor();
    api.faultNext('chat.postMessage', 'http_503', { isDone: true });
    await expect(open().final({ kind: 'answer', turn }, first)).rejects.toThrow('http_503');
    await open().final({ kind: 'answer', turn }, again);
    expect(api.shown).toHaveLength(1);
  });

  it('edits the message that a process before it placed, though its stream is open', async () => {
    const { api, notes, open } = openDoor();
    await open().sentence(grown, signal);
    await open({}, { placed: notes.at(-1) }).final(answer, again);
    expect(api.shown).toHaveLength(1);
    expect(api.shown[0]?.isStreaming).toBe(false);
    expect(JSON.stringify(api.shown[0]?.blocks)).toContain('It costs 0.3 points');
  });

  it('is found as a stream that was begun and never ended', async () => {
    const { api, open } = openDoor();
    api.faultNext('chat.startStream', 'http_503', { isDone: true });
    const reply = open();
    await expect(reply.sentence(grown, signal)).rejects.toThrow('http_503');
    await reply.final(answer, first);
    expect(api.shown).toHaveLength(1);
    expect(api.shown[0]?.isStreaming).toBe(false);
  });

  it('is posted anew where somebody deleted what stood there', async () => {
    const { api, open } = openDoor();
    const placed = writeNote({ ts: '1.2' });
    await open({}, { placed }).final({ kind: 'answer', turn }, again);
    expect(api.shown).toHaveLength(1);
  });
});

describe('what Slack refuses', () => {
  it('is waited for where Slack says how long', async () => {
    const { api, open } = openDoor();
    api.faultNext('chat.postMessage', 'ratelimited', { retryAfter: 0.01 });
    await open().final({ kind: 'answer', turn }, first);
    expect(api.shown).toHaveLength(1);
  });

  it('is sent plainer where a workspace does not know the blocks', async () => {
    const { api, logged, open } = openDoor();
    api.faultNext('chat.postMessage', 'invalid_blocks');
    await open().final({ kind: 'answer', turn }, first);
    expect(JSON.stringify(api.shown[0]?.blocks)).not.toContain('container');
    expect(logged).toContain('slack.blocks-refused');
  });

  it.each(['not_in_channel', 'is_archived', 'token_revoked'])(
    'for good is told: %s',
    async (why) => {
      const { api, open } = openDoor();
      api.faultNext('chat.postMessage', why);
      await expect(open().final({ kind: 'answer', turn }, first)).rejects.toThrow(CannotDeliver);
    },
  );

  it('of the signs costs nobody an answer', async () => {
    const { api, open } = openDoor();
    api.faultNext('assistant.threads.setStatus', 'unknown_method');
    api.faultNext('reactions.add', 'missing_scope');
    const reply = open();
    await reply.status('Searching…', signal);
    await reply.final(answer, first);
    expect(api.shown).toHaveLength(1);
    expect(api.called('assistant.threads.setStatus')).toHaveLength(1);
  });
});
