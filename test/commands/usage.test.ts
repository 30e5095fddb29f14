import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeDataDir, runFootnote } from './run-footnote.ts';

let dataDir: string;
let drop: () => Promise<void>;
beforeEach(async () => {
  ({ dataDir, drop } = await makeDataDir());
});
afterEach(() => drop());

describe('wrong usage', () => {
  it.each([
    ['an unknown command', ['nope'], /no command "nope".*ask/],
    ['the name of a built-in', ['constructor'], /no command "constructor"/],
    ['no question', ['ask'], /no question.*npm run ask/],
    ['an empty question', ['ask', ''], /no question.*npm run ask/],
    ['a question of spaces', ['ask', '   '], /no question.*npm run ask/],
    ['a question of what nobody sees', ['ask', '\u200b\u001b[31m'], /no question.*npm run ask/],
    ['spaces to search for', ['search', ' '], /nothing to search for.*npm run search/],
    ['an unknown option', ['ask', '--nope', 'why?'], /Unknown option '--nope'.*npm run ask/],
    ['an option without its value', ['ask', 'why?', '--from'], /--from.*missing.*npm run ask/],
    ['a question beside a file', ['ask', 'why?', '--jsonl', 'f'], /not both.*npm run ask/],
    ['nothing to search for', ['search', '--json'], /nothing to search for.*npm run search/],
    ['a limit of none', ['search', '--limit', '0', 'nets'], /--limit takes.*1 to 100/],
    ['a limit too high', ['search', '--limit', '101', 'nets'], /--limit takes/],
    ['a limit of letters', ['search', '--limit', 'all', 'nets'], /--limit takes/],
    ['a broken limit', ['search', '--limit', '2.5', 'nets'], /--limit takes/],
    ['a date in words', ['ask', '--from', 'last year', 'why?'], /"last year" is no date.*2025-06/],
    ['a month too many', ['ask', '--from', '2025-13', 'why?'], /"2025-13" is no date/],
    ['a day that no month has', ['ask', '--to', '2025-02-30', 'why?'], /"2025-02-30" is no date/],
    ['an end before the start', ['ask', '--from', '2025', '--to', '2024', 'why?'], /2025.*2024/],
    ['a name for papers', ['papers', 'all'], /papers takes no names/],
    ['a name for start', ['start', 'now'], /start takes no names/],
    ['a run without a folder', ['eval', '--run', 'f'], /--run FILE goes with --beir/],
    ['a report of a BEIR folder', ['eval', '--beir', 'd', '--json', 'f'], /--json/],
    ['an unknown bench', ['bench', 'nope'], /no bench "nope"/],
  ])('with %s ends with 2 and one line on how it is used', async (_, args, line) => {
    const { code, stdout, stderr } = await runFootnote(args, { dataDir });
    expect(stderr).toMatch(line);
    expect(stderr.trimEnd()).toMatch(/^[^\n]*Usage: npm [^\n]*$/);
    expect([code, stdout]).toEqual([2, '']);
  });
});

describe('wrong input', () => {
  it.each([
    ['20,000 characters', ['ask', 'x'.repeat(20_000)], /20000 characters long; at most 8000/],
    ['a file that is not there', ['ask', '--jsonl', '/nope.jsonl'], /nope\.jsonl.*no such file/],
    ['a page that is not there', ['ingest', '/nope.txt'], /no file or folder \/nope\.txt/],
    ['a BEIR folder that is not there', ['eval', '--beir', '/nope'], /Cannot read \/nope/],
  ])('with %s ends with 1 and a sentence, before an index is made', async (_, args, line) => {
    const { code, stdout, stderr } = await runFootnote(args, { dataDir });
    expect(stderr).toMatch(line);
    expect(stderr.trimEnd()).not.toContain('\n');
    expect([code, stdout]).toEqual([1, '']);
  });

  it('in the settings ends with 1 and names them all', async () => {
    const env = { PORT: 'x', LOG_LEVEL: 'loud' };
    const { code, stdout, stderr } = await runFootnote(['papers'], { dataDir, env });
    expect(stderr).toMatch(/^These settings are wrong: PORT .*LOG_LEVEL .*\n$/);
    expect([code, stdout]).toEqual([1, '']);
  });
});
