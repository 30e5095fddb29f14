import { describe, expect, it } from 'vitest';
import { redact } from '../../src/llm/redact.ts';

const SECRET = 'Zq8"+/x~Wm3 pT';

describe('a redacted text', () => {
  it.each([
    ['plain', SECRET],
    ['in lower case', SECRET.toLowerCase()],
    ['in a URL', encodeURIComponent(SECRET)],
    ['in JSON', JSON.stringify(SECRET)],
    ['in base64', Buffer.from(SECRET).toString('base64')],
    ['in base64url', Buffer.from(SECRET).toString('base64url')],
    ['in hex', Buffer.from(SECRET).toString('hex')],
  ])('holds no secret %s', (_, form) => {
    const text = redact(`before ${form} after ${form}`, SECRET);
    expect(text).not.toContain(form.replaceAll('"', '').slice(0, 8));
    expect(text).toMatch(/^before "?\[redacted\]"? after "?\[redacted\]"?$/);
  });

  it.each([
    ['Incorrect API key provided: sk-pr****wxyz.', /^Incorrect API key provided: \[redacted\]/],
    ['{"authorization":"Bearer abc.def"}', /^{"authorization":"\[redacted\]"}$/],
    ['GET https://h/v1?api-key=abc&x=1', /^GET https:\/\/h\/v1\?api-key=\[redacted\]&x=1$/],
    ['http://me:hunter2@h/v1', /^http:\/\/\[redacted\]@h\/v1$/],
  ])('holds nothing like a key: %s', (text, left) => {
    expect(redact(text, undefined)).toMatch(left);
  });

  it('keeps everything else', () => {
    const text = 'The task-based model asked for 3 tokens at http://127.0.0.1:80/v1.';
    expect(redact(text, '')).toBe(text);
  });
});

describe('a key that a server echoes in part', () => {
  const KEY = 'A7fKq2-Zt9vLw3xYb8nRc5mD';

  it.each([
    ['short by its last two characters', KEY.slice(0, -2)],
    ['short by its first two characters', KEY.slice(2)],
    ['by eight characters of its middle', KEY.slice(9, 17)],
    ['in capitals, short by two', KEY.toUpperCase().slice(1, -1)],
    ['in hex, short by two', Buffer.from(KEY).toString('hex').slice(2)],
    ['in base64 behind a name', Buffer.from(`me:${KEY}`).toString('base64').slice(4)],
    ['in base64 behind another', Buffer.from(`u:${KEY}`).toString('base64').slice(4)],
  ])('%s is left out', (_, part) => {
    expect(redact(`no key ${part}!`, KEY)).toMatch(/^no key .{0,2}\[redacted\].{0,3}!$/);
  });

  it('in two halves is left out twice', () => {
    const text = `${KEY.slice(0, 11)}...${KEY.slice(13)}`;
    expect(redact(text, KEY)).toBe('[redacted]...[redacted]');
  });
});
