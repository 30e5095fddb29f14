import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readQuestionLines } from '../../src/commands/question-lines.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'footnote-lines-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(...lines: readonly (string | object)[]) {
  const file = join(folder, 'questions.jsonl');
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  await writeFile(file, text.join('\n'));
  return readQuestionLines(file);
}

describe('readQuestionLines', () => {
  it('reads questions in order; two may have the same id', async () => {
    expect(await read({ id: 'a', question: 'why?' }, '', { id: 'a', question: 'how?' })).toEqual([
      { kind: 'question', id: 'a', question: 'why?', history: [] },
      { kind: 'question', id: 'a', question: 'how?', history: [] },
    ]);
  });

  it.each([
    ['nothing', undefined, []],
    ['null', null, []],
    ['texts', ['one?', 'two?'], ['one?', 'two?']],
    ['turns', [{ question: 'one?', answer: 'yes' }, 'two?'], ['one?', 'two?']],
  ])('takes %s for a history', async (_, history, expected) => {
    expect(await read({ id: 'a', question: 'why?', history })).toMatchObject([
      { kind: 'question', history: expected },
    ]);
  });

  // Any of these refused the whole file, in the words of the schema.
  it.each([
    ['broken JSON', '{"id":"b",', 'line-2', 'is not one JSON object'],
    ['a list', '["why?"]', 'line-2', 'is not one JSON object'],
    ['null', 'null', 'line-2', 'is not one JSON object'],
    ['no id', { question: 'why?' }, 'line-2', 'has no "id"'],
    ['an empty id', { id: '', question: 'why?' }, 'line-2', 'has no "id"'],
    ['a number for an id', { id: 7, question: 'why?' }, '7', 'has an "id" that is not a text'],
    ['an object for an id', { id: {}, question: 'why?' }, 'line-2', 'has an "id" that is not'],
    ['no question', { id: 'b' }, 'b', 'has no "question"'],
    [
      'a number for a question',
      { id: 'b', question: 7 },
      'b',
      'has a "question" that is not a text',
    ],
    ['a text for a history', { id: 'b', question: 'why?', history: 'x' }, 'b', 'has a "history"'],
    ['numbers for a history', { id: 'b', question: 'why?', history: [1] }, 'b', 'has a "history"'],
  ])('lets %s cost its own line only', async (_, line, id, problem) => {
    const good = { id: 'good', question: 'why?' };
    const [before, wrong, after] = await read(good, line, good);
    expect([before, after]).toMatchObject([{ id: 'good' }, { id: 'good' }]);
    expect(wrong).toMatchObject({ kind: 'wrong', id });
    const told = wrong?.kind === 'wrong' ? wrong.problem : '';
    expect(told).toContain(`Line 2 ${problem}`);
    expect(told).not.toMatch(/expected|received|invalid|undefined/i);
  });

  it('says of a file without lines that it is empty, and how to write one', async () => {
    await expect(read('', '  ')).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(/is empty.*"question"/),
    });
  });

  it('refuses a file that is not there', async () => {
    const missing = join(folder, 'none.jsonl');
    await expect(readQuestionLines(missing)).rejects.toMatchObject({ code: 'input' });
  });
});
