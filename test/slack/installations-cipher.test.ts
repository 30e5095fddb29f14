import { describe, expect, it } from 'vitest';
import { createCipher } from '../../src/slack/installations-cipher.ts';

const [A, B] = ['a1'.repeat(32), 'b2'.repeat(32)];

describe('a sealed text', () => {
  it('opens again, and looks different each time', () => {
    const cipher = createCipher([A]);
    const both = [cipher.seal('xoxb-1', 'T1'), cipher.seal('xoxb-1', 'T1')];
    expect(both.map((sealed) => cipher.open(sealed, 'T1'))).toEqual(['xoxb-1', 'xoxb-1']);
    expect(both[0]).not.toBe(both[1]);
    expect(both.join()).not.toContain('xoxb');
  });

  it('opens with each of the keys, and is current with the first alone', () => {
    const old = createCipher([A]).seal('xoxb-1', 'T1');
    const cipher = createCipher([B, A]);
    expect(cipher.open(old, 'T1')).toBe('xoxb-1');
    expect([old, cipher.seal('x', 'T1')].map((sealed) => cipher.isCurrent(sealed))).toEqual([
      false,
      true,
    ]);
  });

  it('without its key says which installation it is of and what to do', () => {
    const sealed = createCipher([A]).seal('xoxb-1', 'T1');
    expect(() => createCipher([B]).open(sealed, 'T1')).toThrow(
      /installation T1 was encrypted with a key that SLACK_ENCRYPTION_KEYS does not name/,
    );
  });

  it('opens for the row it was sealed for alone', () => {
    const cipher = createCipher([A]);
    const sealed = cipher.seal('xoxb-1', 'T1');
    expect(() => cipher.open(sealed, 'T2')).toThrow('T2 was changed');
  });

  it.each([0, 1, 2, 3, 4])('does not open when its part %i was changed', (part) => {
    const cipher = createCipher([A]);
    const parts = cipher.seal('xoxb-1', 'T1').split('.');
    const other = Buffer.from(parts[part] ?? '', 'base64url');
    other[0] = (other[0] ?? 0) ^ 1;
    parts[part] = part === 0 ? '2' : other.toString('base64url');
    expect(() => cipher.open(parts.join('.'), 'T1')).toThrow(/T1/);
    parts[part] = '';
    expect(() => cipher.open(parts.join('.'), 'T1')).toThrow(/T1/);
  });
});
