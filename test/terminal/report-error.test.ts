import { describe, expect, it } from 'vitest';
import { FootnoteError } from '../../src/errors.ts';
import { errorReference, errorSentence, exitCode } from '../../src/terminal/report-error.ts';
import { FORBIDDEN } from './hostile-text.ts';

describe('errorSentence', () => {
  it('lets our own errors speak', () => {
    const error = new FootnoteError('config', 'PORT is wrong. Correct it in .env.');
    expect(errorSentence(error)).toBe('PORT is wrong. Correct it in .env.');
  });

  it('takes the harm out of foreign text in our own errors', () => {
    const error = new FootnoteError(
      'input',
      'No paper \u001b]8;;x\u0007named\u202e that.\n\u009b1m',
    );
    expect(errorSentence(error)).toBe('No paper named that.');
    expect(errorSentence(error)).not.toMatch(FORBIDDEN);
  });

  it.each([new TypeError('secret /home/me/.env'), 'secret', undefined, { secret: 1 }])(
    'shows nothing of any other error but a reference (%#)',
    (error) => {
      const sentence = errorSentence(error);
      expect(sentence).not.toContain('secret');
      expect(sentence).toContain(`(reference ${errorReference(error)})`);
    },
  );
});

describe('errorReference', () => {
  it('is the same for the same failure and another for another', () => {
    const error = new Error('one');
    expect(errorReference(error)).toMatch(/^[0-9a-f]{8}$/);
    expect(errorReference(error)).toBe(errorReference(error));
    expect(errorReference(error)).not.toBe(errorReference(new Error('two')));
  });
});

describe('exitCode', () => {
  it('is 2 for wrong usage and 1 for every other failure', () => {
    expect(exitCode(new FootnoteError('usage', 'No such command.'))).toBe(2);
    expect(exitCode(new FootnoteError('index', 'No index.'))).toBe(1);
    expect(exitCode(new Error('bug'))).toBe(1);
    expect(exitCode('usage')).toBe(1);
  });
});
