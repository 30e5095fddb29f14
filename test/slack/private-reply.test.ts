import { describe, expect, it } from 'vitest';
import { writeNote } from '../../src/slack/address.ts';
import { again, first, openDoor, signal, turn } from './open-door.ts';

describe('a private reply', () => {
  const replyTo = writeNote({
    responseUrl: 'https://hooks.slack.com/commands/1',
    isMessage: false,
  });
  const isPrivate = { isPrivate: true };

  it('replaces what the slash command showed, and can be shared', async () => {
    const { api, open } = openDoor();
    await open({ kind: 'command', replyTo }, isPrivate).final({ kind: 'answer', turn }, first);
    expect(api.responses[0]?.body).toMatchObject({
      response_type: 'ephemeral',
      replace_original: true,
    });
    expect(JSON.stringify(api.responses)).toContain('Share to channel');
    expect(api.shown).toEqual([]);
  });

  it('is posted for the asker alone where the address is used up', async () => {
    const { api, open } = openDoor();
    api.faultNext('respond', 'http_404');
    await open({ kind: 'command', replyTo }, isPrivate).final({ kind: 'answer', turn }, first);
    expect(api.messages[0]).toMatchObject({ user: 'U1', channel: 'C1' });
  });

  it('to a message puts the eyes on it meanwhile', async () => {
    const { api, open } = openDoor();
    const reply = open({}, isPrivate);
    await reply.status('Searching…', signal);
    expect([...api.reactions]).toEqual(['10.1 eyes']);
    await reply.final({ kind: 'answer', turn }, first);
    expect([...api.reactions]).toEqual([]);
  });

  it('goes to direct messages where the asker is not in the channel', async () => {
    const { api, open } = openDoor();
    api.faultNext('chat.postEphemeral', 'user_not_in_channel');
    await open({}, isPrivate).final({ kind: 'answer', turn }, first);
    expect(api.messages[0]).toMatchObject({ channel: 'U1' });
    const shown = JSON.stringify(api.messages[0]?.blocks);
    expect(shown).toContain('I am not in the channel where you asked');
    expect(shown).not.toContain('Share to channel');
  });

  it('to a message of a channel can be posted in its thread', async () => {
    const { api, open } = openDoor();
    const note = writeNote({ isMessage: false, shareIn: '5.1' });
    const asked = { kind: 'command', replyTo: note, threadId: '5.1' } as const;
    await open(asked, isPrivate).final({ kind: 'answer', turn }, first);
    expect(api.messages).toMatchObject([{ user: 'U1', threadTs: '5.1' }]);
    const shown = JSON.stringify(api.messages[0]?.blocks);
    expect(shown).toContain('Post in thread');
    expect(shown).toContain('"value":"a1 5.1"');
  });

  it.each(['U1', 'D1'])('that was asked in no channel comes directly: %s', async (channelId) => {
    const { api, open } = openDoor();
    const asked = { kind: 'command', channelId, replyTo: '{"isMessage":false}' } as const;
    await open(asked, isPrivate).final({ kind: 'answer', turn }, first);
    expect(api.messages).toMatchObject([{ channel: 'U1' }]);
    const shown = JSON.stringify(api.messages);
    expect(shown).not.toContain('Share to channel');
    expect(shown).not.toContain('I am not in the channel');
  });

  it('sends a file by direct message and says so', async () => {
    const { api, open } = openDoor();
    const file = { kind: 'file', name: 'p.bib', content: '@misc{}', text: 'One.' } as const;
    const result = { ...file, isPrivate: true };
    await open({}, isPrivate).final({ kind: 'result', result }, first);
    expect(api.uploads).toMatchObject([{ channel: 'DU1' }]);
    expect(JSON.stringify(api.messages)).toContain('as a direct message');
  });
});

describe('a file', () => {
  it('is uploaded to the thread, once', async () => {
    const { api, open } = openDoor();
    const result = {
      kind: 'file',
      name: 'papers.bib',
      content: '@misc{}',
      text: 'One paper.',
      isPrivate: false,
    } as const;
    await open().final({ kind: 'result', result }, first);
    await open().final({ kind: 'result', result }, again);
    expect(api.uploads).toMatchObject([{ name: 'papers.bib', threadTs: '10.1' }]);
    expect(api.shown).toHaveLength(1);
  });
});
