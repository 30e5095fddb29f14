import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanLine } from '../../src/answer/show/clean-text.ts';
import { escapeMarkdown, escapeWithin, plainText } from '../../src/discord/escape.ts';
import { HOSTILE } from '../slack/hostile.ts';
import { problemsOfMarkdown } from './read-markdown.ts';

/** More for Discord than Slack has. */
const MORE = [
  '<@123456789012345678> <@!123456789012345678> <@&123456789012345678> <#123456789012345678>',
  '</ask:123456789012345678> <id:customize> <id:guide>',
  '<:smile:123456789012345678> <a:dance:123456789012345678>',
  '<t:1700000000:R>',
  '@everyone @here',
  '[a](<https://evil.example>) [b](https://evil.example "c")',
  '[[a]](https://evil.example)',
  '](https://evil.example)',
  'discord.gg/abc https://discord.com/invite/abc',
  '||spoiler|| __under__ ~~struck~~ **bold** _it_ `code` ```js\ncode```',
  '# heading\n## two\n-# small\n>>> quote\n> q\n- list\n* list\n+ list\n1. one',
  '\\[a\\](https://evil.example) \\\\[a](https://evil.example)',
  '\\<@123456789012345678> \\@everyone',
];

describe('escaped text', () => {
  it.each([...HOSTILE, ...MORE.map((text) => [text, text] as const)])('is dead: %s', (_, text) => {
    expect(problemsOfMarkdown(escapeMarkdown(text))).toEqual([]);
    expect(problemsOfMarkdown(`**${escapeMarkdown(text)}** - ${escapeMarkdown(text)}`)).toEqual([]);
    expect(problemsOfMarkdown(escapeWithin(text, 50))).toEqual([]);
    expect(escapeWithin(text, 50).length).toBeLessThanOrEqual(50);
  });

  it('reads as it was written, whatever is in it', () => {
    const shown = (escaped: string) =>
      escaped.replace(/\\([^0-9A-Za-z\s])/g, '$1').replaceAll('\u2060', '');
    assert(
      property(string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(shown(escapeMarkdown(text))).toBe(cleanLine(text));
        expect(problemsOfMarkdown(escapeMarkdown(text))).toEqual([]);
      }),
    );
  });

  it('leaves words, numbers and punctuation of abstracts as they are', () => {
    const text = 'We reach 93.4% (top-1), i.e. 2x faster; see Sec. 3: ImageNet-1k & more?';
    expect(escapeMarkdown(text)).toBe(text);
  });
});

describe('the reader that judges it', () => {
  it.each([
    ['<@123456789012345678>', 'a mention of a person'],
    ['@everyone', 'a broadcast'],
    ['[x](https://evil.example)', 'a foreign link'],
    ['[x](<https://evil.example>)', 'a foreign link'],
    ['[x](https://arxiv.org.evil.example/)', 'a foreign link'],
    ['see https://evil.example', 'a bare address'],
    ['\\\\[x](https://evil.example)', 'a foreign link'],
    ['discord.gg/abc', 'an invitation'],
    ['a\n# b', 'a heading'],
    ['</ask:123456789012345678>', 'a command'],
  ])('finds what is alive in %s', (text, problem) => {
    expect(problemsOfMarkdown(text).join()).toContain(problem);
  });

  it('lets our own markup pass', () => {
    const ours = 'So it is. \\[[1](<https://arxiv.org/abs/2401.00001>)\\]\n-# **bold** · note';
    expect(problemsOfMarkdown(ours)).toEqual([]);
  });
});

describe('plain text', () => {
  it('is one line of at most so many characters, never empty', () => {
    expect(plainText('a\n b\u202e c', 100)).toBe('a b c');
    expect(plainText('x'.repeat(200), 100)).toHaveLength(100);
    expect(plainText(' \u200b ', 100)).toBe('–');
  });
});
