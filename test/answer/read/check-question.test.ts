import { describe, expect, it } from 'vitest';
import { checkQuestion } from '../../../src/answer/read/check-question.ts';

describe('checkQuestion', () => {
  it('leaves an ordinary question as it is, in any script', () => {
    const questions = ['How fast is DADAO?', '哪种方法最快？', 'Wie schnell – „DADAO“?', 'a\tb\nc'];
    expect(questions.map(checkQuestion)).toEqual(questions);
  });

  it('trims', () => {
    expect(checkQuestion(' \n why? \t')).toBe('why?');
  });

  it.each([
    ['nothing', ''],
    ['spaces', ' \n\t '],
    ['control characters', '\u0000\u0007\u009b'],
    ['bidi overrides', '\u202e\u2066'],
    ['zero-width characters', '\u200b\u200d\ufeff\u2060\u00ad'],
  ])('refuses a question of %s', (_, question) => {
    expect(() => checkQuestion(question)).toThrow(/empty/);
  });

  it('takes 8,000 characters and refuses more, with both figures', () => {
    expect(checkQuestion('x'.repeat(8_000))).toHaveLength(8_000);
    expect(() => checkQuestion('x'.repeat(20_000))).toThrow(/20000 characters.*8000/);
  });

  it('takes time in proportion to the length', () => {
    const started = performance.now();
    expect(() => checkQuestion('\u202e x'.repeat(500_000))).toThrow(/characters long/);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('refuses as wrong input, which ends the program with 1', () => {
    expect(() => checkQuestion('')).toThrow(expect.objectContaining({ code: 'input' }));
  });

  it.each([
    ['escape sequences', 'a\u001b[2Jb'],
    ['bidi overrides', 'abc\u202egnp.exe\u202c'],
    ['bidi isolates', '\u2066a\u2067b\u2069'],
    ['the Arabic letter mark', 'a\u061cb'],
    ['tag characters, which hide whole sentences', 'hi\u{e0068}\u{e0069}\u{e007f}'],
    ['half a surrogate pair', 'x\ud83dy'],
  ])('lets none of %s through', (_, question) => {
    const clean = checkQuestion(question);
    expect(clean).not.toMatch(/(?![\n\t])[\p{Cc}\p{Bidi_Control}\u{e0000}-\u{e007f}]/u);
    expect(clean.isWellFormed()).toBe(true);
    expect(clean).toMatch(/\w/);
  });

  it.each([
    ['a colour', 'VoxelKP\u0000 what\u001b[31m is it'],
    ['a colour in 8 bits', 'VoxelKP what\u009b1;31m is it'],
    ['a title', 'VoxelKP what\u001b]0;owned\u0007 is it'],
    ['a link', '\u001b]8;;https://evil.example\u001b\\VoxelKP\u001b]8;;\u001b\\ what is it'],
    ['a colour parted by what is unseen', 'VoxelKP what\u001b\u200b[31m is it'],
  ])('leaves nothing of %s as words', (_, question) => {
    expect(checkQuestion(question).replace(/\s+/g, ' ')).toBe('VoxelKP what is it');
  });

  it.each([
    ['soft hyphens', 'hetero\u00adphily'],
    ['zero-width spaces', 'hetero\u200bphily'],
    ['word joiners', 'hetero\u2060phily'],
  ])('joins a word that %s part, as on pages they are copied from', (_, question) => {
    expect(checkQuestion(question)).toBe('heterophily');
  });
});
