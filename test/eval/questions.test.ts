import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadQuestions, resolveGold } from '../../src/eval/questions.ts';
import type { PaperId } from '../../src/papers/paper.ts';

const SHIPPED = join(import.meta.dirname, '../../data/eval/questions.jsonl');
// A test may make ids up; elsewhere one function builds them.
const id = (text: string) => text as PaperId;
const line = (fields: object) =>
  JSON.stringify({ id: 'a', type: 'known', question: 'q', gold: ['T'], facts: ['f'], ...fields });

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'questions-'));
});
afterEach(() => rm(dir, { recursive: true }));

async function loadText(text: string) {
  const file = join(dir, 'questions.jsonl');
  await writeFile(file, text);
  return loadQuestions(file);
}

describe('loadQuestions', () => {
  it('loads the questions that ship, of all eight types', async () => {
    const questions = await loadQuestions(SHIPPED);
    expect(questions.length).toBeGreaterThanOrEqual(133);
    expect(new Set(questions.map((question) => question.type)).size).toBe(8);
    const followUps = questions.filter((question) => question.type === 'followup');
    expect(followUps.every((question) => question.history.length > 0)).toBe(true);
  });

  it.each([
    ['an unknown type', line({ type: 'riddle' }), 'line 1: type: '],
    ['an id used twice', `${line({})}\n${line({})}`, 'line 2: id "a"'],
    ['no gold', line({ gold: [] }), 'line 1: a known question needs gold'],
    ['no facts', line({ facts: [] }), 'line 1: a known question needs gold'],
  ])('names file and line of %s', async (_name, text, problem) => {
    const message = expect.stringContaining(`questions.jsonl, ${problem}`);
    await expect(loadText(text)).rejects.toMatchObject({ code: 'input', message });
  });

  it('lets an unanswerable question be without gold', async () => {
    const [question] = await loadText(line({ type: 'unanswerable', gold: [], facts: [] }));
    expect(question?.history).toEqual([]);
  });
});

describe('resolveGold', () => {
  const papers = [
    { id: id('arxiv:1'), title: 'Sparse  Routing' },
    { id: id('arxiv:2'), title: 'Dense Mixtures' },
  ];
  const foldTitle = (title: string) => title.toLowerCase().replace(/\s+/g, ' ');

  it('finds gold papers by folded title, in the order of the titles', async () => {
    const questions = await loadText(line({ gold: ['dense mixtures', 'sparse routing'] }));
    const [resolved] = resolveGold({ questions, papers, foldTitle });
    expect(resolved?.goldIds).toEqual(['arxiv:2', 'arxiv:1']);
  });

  it('names every title that no paper has', async () => {
    const questions = await loadText(line({ gold: ['Sparse Routing', 'Lost', 'Gone'] }));
    expect(() => resolveGold({ questions, papers, foldTitle })).toThrow('a "Lost", a "Gone"');
  });
});
