import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config.ts';

describe('the sources of papers', () => {
  it('are taken with their times, each in its zone', () => {
    const { sources } = parseConfig({
      SYNC_SOURCES: 'hf, arxiv:cs.LG,hf',
      SYNC_TIMES: '0 6 * * 1-5 Europe/Berlin; 30 22 * * * America/New_York',
      SYNC_CONTACT: 'me@example.org',
      HF_TOKEN: 'hf_x',
      HF_URL: 'http://127.0.0.1:1/',
    });
    expect(sources).toMatchObject({
      names: ['hf', 'arxiv:cs.LG'],
      times: [
        { pattern: '0 6 * * 1-5', zone: 'Europe/Berlin' },
        { pattern: '30 22 * * *', zone: 'America/New_York' },
      ],
      contact: 'me@example.org',
      hub: { url: 'http://127.0.0.1:1', token: 'hf_x' },
    });
  });

  it.each([
    ['SYNC_SOURCES', 'hf, arxiv'],
    ['SYNC_TIMES', '0 6 * * *'],
    ['SYNC_TIMES', '0 6 * * * Mars/Base'],
    ['SYNC_TIMES', '61 6 * * * UTC'],
    ['SYNC_TIMES', '0 0 31 2 * UTC'],
    ['SYNC_CONTACT', 'my name'],
    ['ARXIV_OAI_URL', 'oaipmh'],
  ])('of %s=%s are told as wrong', (name, value) => {
    expect(() => parseConfig({ [name]: value })).toThrow(`${name} must be`);
  });
});
