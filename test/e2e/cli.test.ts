import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { Paper } from '../../src/papers/paper.ts';
import {
  finished,
  makeDataDir,
  type Run,
  runFootnote,
  startFootnote,
  written,
} from '../commands/run-footnote.ts';
import { Line } from './answer-object.ts';

const ALL_PAGES = join(import.meta.dirname, '../../data/pages');
const QUESTION = 'how does DADAO decouple communication from computation?';

let dataDir: string;
let drop: () => Promise<void>;
let first: Run;
let papers: Map<string, Paper>;
const run = (...args: string[]) => runFootnote(args, { dataDir });
const linesOf = ({ stdout }: Run) => stdout.trimEnd().split('\n');
const parseLine = (line = '') => Line.parse(JSON.parse(line));

/** Every number stands for a citation, and every quote stands in its abstract where it says. */
function expectChecked({ sentences, citations }: z.infer<typeof Line>): void {
  const numbers = citations.map(({ n }) => n);
  expect(numbers).toEqual(numbers.map((_, i) => i + 1));
  expect(new Set(sentences.flatMap((sentence) => sentence.citations))).toEqual(new Set(numbers));
  for (const { paperId, evidence } of citations) {
    const abstract = papers.get(paperId)?.abstract ?? '';
    for (const { quote, start, end } of evidence) expect(abstract.slice(start, end)).toBe(quote);
  }
}

beforeAll(async () => {
  ({ dataDir, drop } = await makeDataDir());
  first = await run('ask', QUESTION);
  const listed = linesOf(await run('papers', '--json'));
  papers = new Map(listed.map((line) => JSON.parse(line) as Paper).map((one) => [one.id, one]));
});
afterAll(() => drop());

describe('the first question', () => {
  it('makes the index by itself and says on standard error how far it is', () => {
    const { code, stderr } = first;
    expect(stderr).toMatch(/No index yet.*pages\.\n/);
    expect(stderr).toContain(
      'small.txt: 14 added, 0 merged, 0 changed, 0 already there, 0 refused',
    );
    expect(stderr).toContain('Embedding papers 14/14\n');
    expect(code).toBe(0);
  });

  it('is answered on standard output, with a numbered source and no escape sequence', () => {
    const { stdout } = first;
    expect(stdout).toMatch(/\[1\]/);
    expect(stdout).toMatch(/\[1\] DADAO: Decoupled Accelerated.*\n?.*\(2022\)/);
    expect(stdout).toMatch(/“[^”]{20,}”/);
    expect(stdout).not.toContain('\u001b');
    expect(stdout).not.toMatch(/added|Embedding/);
  });
});

describe('ask --json', () => {
  it('prints one object of the promised form, and nothing on standard error', async () => {
    const { code, stdout, stderr } = await run('ask', '--json', QUESTION);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.endsWith('\n')).toBe(true);
    const answer = parseLine(stdout);
    expect(answer).toMatchObject({ kind: 'answered', intent: 'ask', id: answer.trace.answerId });
    expect(answer).not.toHaveProperty('nearest');
    expect(answer.passages).toHaveLength(10);
    expect(answer.citations[0]).toMatchObject({ title: answer.passages[0]?.title });
    expectChecked(answer);
  });

  it('takes a question in several words', async () => {
    const answer = parseLine((await run('ask', '--json', ...QUESTION.split(' '))).stdout);
    expect(answer.citations[0]?.title).toMatch(/^DADAO/);
  });

  it('gives the nearest papers where it cannot answer', async () => {
    const answer = parseLine((await run('ask', '--json', '哪种方法最适合冲泡绿茶?')).stdout);
    expect(answer).toMatchObject({ kind: 'insufficient-evidence', citations: [] });
    expect(answer.nearest).toEqual(answer.passages.slice(0, 3));
    expect(answer.text).toContain('English');
  });

  it('reads over control and bidi characters, and shows none', async () => {
    const hidden = `\u202e\u0007${QUESTION}\u2066\u009b2J`;
    const { code, stdout } = await run('ask', '--json', hidden);
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
    expect(parseLine(stdout).citations[0]?.title).toMatch(/^DADAO/);
  });

  it('keeps to the dates asked for', async () => {
    const { stdout } = await run('ask', '--json', '--from', '2024', 'list papers on networks');
    const dates = parseLine(stdout).passages.map(({ paperId }) => papers.get(paperId)?.date ?? '');
    expect(dates.length).toBeGreaterThan(0);
    expect(dates.filter((date) => date < '2024-01-01')).toEqual([]);
  });
});

describe('ask --jsonl', () => {
  it('prints an object a line in the order of the file, with its ids', async () => {
    const file = join(dataDir, 'questions.jsonl');
    const lines = [
      { id: 'b', question: QUESTION },
      { id: 'a', question: 'and how fast is it?', history: [QUESTION] },
      { id: 'c c', question: 'hello' },
    ];
    await writeFile(file, `\uFEFF${lines.map((line) => JSON.stringify(line)).join('\r\n\n')}`);
    const done = await run('ask', '--jsonl', file);
    expect([done.code, done.stderr]).toEqual([0, '']);
    const answers = linesOf(done).map(parseLine);
    expect(answers.map(({ id }) => id)).toEqual(['b', 'a', 'c c']);
    expect(new Set(answers.map(({ trace }) => trace.answerId)).size).toBe(3);
    expect(answers[1]?.passages[0]?.title).toMatch(/^DADAO/);
    expect(answers[2]).toMatchObject({ intent: 'small-talk', citations: [], passages: [] });
    for (const answer of answers) expectChecked(answer);
  });

  it('keeps to the dates asked for', async () => {
    const file = join(dataDir, 'dated.jsonl');
    await writeFile(file, JSON.stringify({ id: 'a', question: 'list papers on networks' }));
    const [line] = linesOf(await run('ask', '--from', '2011', '--to', '2012', '--jsonl', file));
    expect(parseLine(line)).toMatchObject({ kind: 'insufficient-evidence', passages: [] });
  });

  it('says what is wrong with a line that is no question and answers the others', async () => {
    const file = join(dataDir, 'odd.jsonl');
    const lines = [
      { id: 'empty', question: ' ' },
      { id: 'long', question: 'x'.repeat(20_000) },
      { id: 'good', question: QUESTION },
    ];
    await writeFile(file, lines.map((line) => JSON.stringify(line)).join('\n'));
    const done = await run('ask', '--jsonl', file);
    const [empty, long, good] = linesOf(done).map(parseLine);
    expect(done.code).toBe(0);
    expect(empty).toMatchObject({ id: 'empty', kind: 'insufficient-evidence' });
    expect(empty?.text).toMatch(/empty/);
    expect(long?.text).toMatch(/20000 characters/);
    expect(good?.citations.length).toBeGreaterThan(0);
  });

  // One such line refused the whole file.
  it('answers the lines around one that cannot be read', async () => {
    const file = join(dataDir, 'broken.jsonl');
    const good = JSON.stringify({ id: 'good', question: QUESTION, history: null });
    await writeFile(file, `${good}\n{"id":"b",\n{"id":7,"question":"why?"}\n${good}\n`);
    const done = await run('ask', '--jsonl', file);
    expect([done.code, done.stderr]).toEqual([0, '']);
    const answers = linesOf(done).map(parseLine);
    expect(answers.map(({ id }) => id)).toEqual(['good', 'line-2', '7', 'good']);
    expect(answers[1]?.text).toContain('Line 2 is not one JSON object.');
    expect(answers[3]?.citations[0]?.title).toMatch(/^DADAO/);
  });

  it.each(['', '\n \n'])('says that a file of %j holds no question', async (text) => {
    const file = join(dataDir, 'empty.jsonl');
    await writeFile(file, text);
    const { code, stdout, stderr } = await run('ask', '--jsonl', file);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`${file} is empty`);
  });
});

describe('a reader that closes early', () => {
  it('ends the program quietly with 0', async () => {
    const child = startFootnote(['papers', '--json'], { dataDir });
    child.stdout?.destroy();
    const { code, stderr } = await finished(child);
    expect([code, stderr]).toEqual([0, '']);
  });

  it('of standard error alone changes nothing', async () => {
    const other = await makeDataDir();
    const child = startFootnote(['ingest'], other);
    child.stderr?.destroy();
    const { code, stdout } = await finished(child);
    await other.drop();
    expect([code, stdout]).toEqual([0, '14 papers in the index, 14 of them embedded.\n']);
  });
});

describe('a program stopped in the middle of its work', () => {
  it('says so in a word and leaves no process behind', async () => {
    const other = await makeDataDir();
    const child = startFootnote(['ask', QUESTION], { ...other, env: { PAGES_DIR: ALL_PAGES } });
    const ended = finished(child);
    await written(child, /003_.*added/);
    const told = performance.now();
    child.kill('SIGINT');
    const { code, stdout, stderr } = await ended;
    await other.drop();
    expect(performance.now() - told).toBeLessThan(8_000);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/\nStopped\.\n$/);
  });
});
