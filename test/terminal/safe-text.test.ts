import { describe, expect, it } from 'vitest';
import { safeLink, safeText, stripUnsafe } from '../../src/terminal/safe-text.ts';
import { FORBIDDEN, HOSTILE } from './hostile-text.ts';

describe('safeText', () => {
  it.each(HOSTILE)('takes the harm out of %s', (_name, text, safe) => {
    expect(safeText(text)).toBe(safe);
  });

  it('lets no control character through, whatever stands around it', () => {
    for (let code = 0; code < 0x100; code += 1) {
      const character = String.fromCodePoint(code);
      expect(safeText(`a${character}[31mb ${character}]8;;x`)).not.toMatch(FORBIDDEN);
    }
  });

  it('leaves what people write in many scripts', () => {
    const texts = ['naïve Ångström', '深度学习。', 'می‌خواهم', 'क्‍ष', '👩‍🔬 and ❤️', 'שלום'];
    expect(texts.map(safeText)).toEqual(texts);
  });

  it('folds LaTeX for reading', () => {
    expect(safeText('$\\alpha$-decay')).toBe('α-decay');
    expect(safeText('a {} $ $ b')).toBe('a b');
  });

  it('keeps folding from putting an escape together', () => {
    expect(safeText('\u001b\u200b[31m\u0000\u001b$[$2J')).not.toMatch(FORBIDDEN);
  });

  it('takes linear time on long hostile text', () => {
    const started = performance.now();
    safeText('\u001b[;'.repeat(40_000) + '\u001b]8;'.repeat(40_000) + '\u200d'.repeat(100_000));
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});

describe('stripUnsafe', () => {
  it('keeps what folding would change', () => {
    expect(stripUnsafe('C:\\alpha\\$file$\u001b[0m')).toBe('C:\\alpha\\$file$');
  });
});

describe('safeLink', () => {
  it('keeps a link as it is', () => {
    expect(safeLink('https://arxiv.org/abs/2401.00001')).toBe('https://arxiv.org/abs/2401.00001');
  });

  it('writes everything but ASCII so that it cannot be mistaken', () => {
    const link = safeLink('https://аrxiv.org/\u202eabs?q=a b\u001b[31m');
    expect(link).toMatch(/^https:\/\/xn--[!-~]+$/);
  });

  it.each(['javascript:alert(1)', 'file:///etc/passwd', 'not a link', ''])('drops %j', (url) => {
    expect(safeLink(url)).toBe('');
  });
});
