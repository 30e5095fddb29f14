import { describe, expect, it } from 'vitest';
import { judge } from '../fakes/fault-discord/judge.ts';
import type { Json } from '../fakes/fault-discord/model.ts';

const RULES = { hosts: new Set(['arxiv.org']), commandIds: new Set(['77']) };
const NOBODY = { allowed_mentions: { parse: [], replied_user: false } };
const V2 = 32_768;

function faultsOf(body: Json, files: readonly { name: string; bytes: Uint8Array }[] = []) {
  const { refused, unsafe } = judge({ kind: 'message', body, files }, RULES);
  return [...refused, ...unsafe].join('; ');
}

const text = (content: string) => ({ type: 10, content });
const card = (components: readonly Json[]) => ({ ...NOBODY, flags: V2, components });

describe('what is sent', () => {
  it('is let through when it is plain and quiet', () => {
    expect(faultsOf({ ...NOBODY, content: 'See <https://arxiv.org/abs/1> and </ask:77>' })).toBe(
      '',
    );
    expect(
      faultsOf(card([text('`@everyone` is code'), text('a [paper](https://arxiv.org/a)')])),
    ).toBe('');
  });

  it.each([
    ['characters of content', { ...NOBODY, content: 'a'.repeat(2_001) }],
    [
      'characters in all embeds',
      { ...NOBODY, embeds: Array(2).fill({ description: 'a'.repeat(3_001) }) },
    ],
    ['characters in all text displays', card([text('a'.repeat(2_001)), text('a'.repeat(2_000))])],
    ['components', card([{ type: 17, components: Array(40).fill({ type: 14 }) }])],
    ['content beside', { ...card([text('a')]), content: 'b' }],
    ['embeds beside', { ...card([text('a')]), embeds: [{ title: 'b' }] }],
    ['without the flag', { ...NOBODY, content: 'a', components: [text('b')] }],
    ['an empty message', { ...NOBODY }],
    ['nonce', { ...NOBODY, content: 'a', nonce: 'n'.repeat(26) }],
    ['no allowed_mentions', { content: 'a' }],
    ['that allow some', { allowed_mentions: { parse: ['users'] }, content: 'a' }],
    ['that allow some', { allowed_mentions: { parse: [], replied_user: true }, content: 'a' }],
    ['a mention of everyone', { ...NOBODY, content: 'hey @everyone' }],
    ['a mention of a person', card([{ type: 17, components: [text('hey <@!12>')] }])],
    ['a mention of a role', { ...NOBODY, embeds: [{ fields: [{ name: 'a', value: '<@&12>' }] }] }],
    ['a channel', { ...NOBODY, content: 'in <#12>' }],
    ['not ours', { ...NOBODY, content: 'try </ban:12>' }],
    ['a foreign link', { ...NOBODY, content: '[paper](https://evil.example/x)' }],
    ['a foreign link', { ...NOBODY, content: 'http://arxiv.org/abs/1' }],
    [
      'a foreign link',
      card([
        { type: 1, components: [{ type: 2, style: 5, label: 'a', url: 'https://evil.example' }] },
      ]),
    ],
    ['unfolds into a card', { ...NOBODY, content: 'see https://arxiv.org/abs/1' }],
  ])('is held back for: %s', (fault, body) => {
    expect(faultsOf(body)).toContain(fault);
  });

  it('is held back for files that are too many or too large', () => {
    const file = { name: 'a', bytes: new Uint8Array(10 * 1_048_576 + 1) };
    expect(faultsOf(NOBODY, [file])).toContain('bytes in a file');
    const small = { name: 'a', bytes: new Uint8Array(1) };
    expect(faultsOf(NOBODY, Array(11).fill(small))).toContain('11 files');
  });

  it('stays what it was: components do not go back to text', () => {
    const before = { flags: V2, content: '', embeds: [], components: [text('a')], files: [] };
    const edit = (body: Json, was: object) =>
      // Only these fields of a message are looked at.
      judge({ kind: 'messageEdit', body, files: [], before: was as never }, RULES).refused.join();
    expect(edit({ ...NOBODY, content: 'b' }, before)).toContain('content beside');
    const plain = { ...before, flags: 0, content: 'a', components: [] };
    expect(edit(card([text('a')]), plain)).toContain('content beside');
    expect(edit({ ...card([text('a')]), content: null, embeds: [] }, plain)).toBe('');
  });
});
