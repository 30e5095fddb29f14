import { describe, expect, it } from 'vitest';
import { paperLink } from '../../src/answer/show/paper-link.ts';
import { escapeMarkdown, escapeMrkdwn, escapePlain, escapeWithin } from '../../src/slack/escape.ts';
import { problemsOfMarkup } from './check-blocks.ts';
import { HOSTILE } from './hostile.ts';

describe('foreign text', () => {
  it('is tried with at least seventy hostile examples', () => {
    expect(HOSTILE.length).toBeGreaterThanOrEqual(70);
  });

  it.each(HOSTILE)('is dead in mrkdwn and in markdown: %s', (_, text) => {
    expect(problemsOfMarkup('mrkdwn', escapeMrkdwn(text))).toEqual([]);
    expect(problemsOfMarkup('markdown', escapeMarkdown(text))).toEqual([]);
    expect(escapePlain(text)).not.toMatch(/<[!@#]/);
  });

  it.each(HOSTILE)('stays dead between our own markup: %s', (_, text) => {
    const line = `**${escapeMarkdown(text)}**\n${escapeMarkdown(text)} [[1](https://arxiv.org/abs/1)] ${escapeMarkdown(text)}`;
    expect(problemsOfMarkup('markdown', line)).toEqual([]);
  });

  it.each(HOSTILE)('keeps within a length without a broken entity: %s', (_, text) => {
    for (const most of [1, 7, 40, 300]) {
      const short = escapeWithin(text, most);
      expect(short.length).toBeLessThanOrEqual(most);
      expect(short.replace(/&(?:amp|lt|gt);/g, '')).not.toContain('&');
    }
  });

  it('reads as it was written', () => {
    const seen = escapeMarkdown('AT&T: 3 < 5 in C++ (see GPT-3.5, e.g. 50%)');
    expect(seen.replaceAll('\u2060', '')).toBe('AT&T: 3 &lt; 5 in C++ (see GPT-3.5, e.g. 50%)');
  });

  it('keeps an ampersand in markdown and turns it into an entity in mrkdwn', () => {
    expect(escapeMarkdown('Q&A')).toBe('Q&A');
    expect(escapeMrkdwn('Q&A')).toBe('Q&amp;A');
  });
});

describe('paperLink', () => {
  it.each([
    ['https://huggingface.co/papers/2401.00001', 'https://huggingface.co/papers/2401.00001'],
    ['https://arxiv.org/abs/2401.00001v2', 'https://arxiv.org/abs/2401.00001v2'],
    [
      'https://huggingface.co/papers?q=a (b)|c>',
      'https://huggingface.co/papers?q=a%20%28b%29%7Cc%3E',
    ],
  ])('follows %s', (url, link) => {
    expect(paperLink(url)).toBe(link);
  });

  it.each([
    'http://arxiv.org/abs/1',
    'https://evil.example/arxiv.org',
    'https://arxiv.org.evil.example/',
    'https://arxiv.org@evil.example/',
    'https://user:pass@arxiv.org/',
    'https://arxiv.org:8443/',
    'javascript:alert(1)',
    '//arxiv.org/abs/1',
    'not a link',
    '',
    `https://arxiv.org/${'a'.repeat(2_000)}`,
  ])('follows no %s', (url) => {
    expect(paperLink(url)).toBeUndefined();
  });
});
