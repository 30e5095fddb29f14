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
