import { describe, expect, it } from 'vitest';
import { displayWidth, wrapText } from '../../src/terminal/wrap-text.ts';

const FAMILY = '👨‍👩‍👧‍👦';

describe('displayWidth', () => {
  it.each([
    ['plain', 5],
    ['', 0],
    ['深度学习', 8],
    ['한국어', 6],
    ['ﾊﾝｶｸ', 4],
    ['Ａ１', 4],
    ['e\u0301a\u0308', 2],
    ['naïve', 5],
    ['\u0301', 0],
    [FAMILY, 2],
    ['🇩🇪❤️', 4],
    ['α≤β', 3],
  ])('measures %j as %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('wrapText', () => {
  it('fills lines up to the width, not beyond', () => {
    expect(wrapText('aa bb cc dd', 5)).toEqual(['aa bb', 'cc dd']);
    expect(wrapText('aa bb cc dd', 4)).toEqual(['aa', 'bb', 'cc', 'dd']);
  });

  it('breaks a word that is longer than a line and goes on after it', () => {
    expect(wrapText('a bcdefghij k', 4)).toEqual(['a', 'bcde', 'fghi', 'j k']);
  });

  it('breaks between wide characters and counts each as two columns', () => {
    expect(wrapText('深度学习模型', 5)).toEqual(['深度', '学习', '模型']);
    expect(wrapText('GPT模型 test', 8)).toEqual(['GPT模型', 'test']);
  });

  it('begins no line with a closing sign and ends none with an opening one', () => {
    expect(wrapText('深度学。习', 6)).toEqual(['深度', '学。习']);
    expect(wrapText('深度「学习」', 6)).toEqual(['深度', '「学', '习」']);
    expect(wrapText('x「abcd', 6)).toEqual(['x', '「abcd']);
  });

  it('keeps grapheme clusters whole, even in a narrow column', () => {
    expect(wrapText(FAMILY.repeat(3), 4)).toEqual([FAMILY + FAMILY, FAMILY]);
    expect(wrapText('e\u0301e\u0301e\u0301', 2)).toEqual(['e\u0301e\u0301', 'e\u0301']);
  });

  it('does not break at a no-break space', () => {
    expect(wrapText('aa bb\u00a0[1]', 6)).toEqual(['aa', 'bb [1]']);
  });

  it('loses no character at any width', () => {
    const text = `Retrieval 深度学习「模型」。 ${'x'.repeat(50)} ${FAMILY} e\u0301 end.`;
    for (let width = 2; width <= 90; width += 1) {
      const lines = wrapText(text, width);
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(width);
    }
  });

  it('gives no lines for nothing', () => {
    expect(wrapText('   ', 10)).toEqual([]);
  });
});
