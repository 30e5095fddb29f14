import { describe, expect, it } from 'vitest';
import type { FoundMessage, MessagePlace } from '../../src/discord/discord-api.ts';
import { createRoots } from '../../src/discord/roots.ts';

const [us, them] = ['900', '901'];

interface Told {
  readonly by: string;
  readonly to?: string;
  readonly command?: string;
}

/** Roots over a channel with these messages; counts what is read. */
function rootsOver(messages: Readonly<Record<string, Told>>) {
  const read: string[] = [];
  const message = async ({ messageId: id }: MessagePlace): Promise<FoundMessage> => {
    read.push(id);
    const told = messages[id];
    if (told === undefined) throw new Error('Unknown Message');
    return {
      id,
      author: { id: told.by },
      components: [],
      ...(told.to !== undefined && { message_reference: { message_id: told.to } }),
      ...(told.command !== undefined && { interaction_metadata: { id: told.command } }),
    };
  };
  return { read, roots: createRoots({ api: { message }, self: { userId: us } }) };
}

const at = (messageId: string) => ({ channelId: '1', messageId });

describe('the root of a conversation', () => {
  it('is the question that our message answers', async () => {
    const { roots } = rootsOver({ '10': { by: them }, '11': { by: us, to: '10' } });
    expect(await roots.ofMessage(at('11'))).toBe('10');
  });

  it('is the first question when answers are followed up by replies', async () => {
    const { roots } = rootsOver({
      '10': { by: them },
      '11': { by: us, to: '10' },
      '12': { by: them, to: '11' },
      '13': { by: us, to: '12' },
    });
    expect(await roots.ofMessage(at('13'))).toBe('10');
  });

  it('is the interaction that our message answers', async () => {
    const { roots } = rootsOver({ '11': { by: us, command: '77' } });
    expect(await roots.ofMessage(at('11'))).toBe('77');
    expect(await roots.ofThread({ parentId: '1', threadId: '11' })).toBe('77');
  });

  it('of a thread on a question is the question', async () => {
    const { roots } = rootsOver({ '9': { by: them }, '10': { by: them, to: '9' } });
    expect(await roots.ofThread({ parentId: '1', threadId: '10' })).toBe('10');
  });

  it('is the message itself where Discord does not show it', async () => {
    const { roots } = rootsOver({ '11': { by: us, to: '10' } });
    expect(await roots.ofMessage(at('5'))).toBe('5');
    expect(await roots.ofMessage(at('11'))).toBe('10');
  });

  it('is looked up once', async () => {
    const { roots, read } = rootsOver({ '10': { by: them } });
    await Promise.all([1, 2, 3].map(() => roots.ofThread({ parentId: '1', threadId: '10' })));
    expect(read).toEqual(['10']);
  });
});
