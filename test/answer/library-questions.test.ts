import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../src/answer/answer.ts';
import type { AnswerRequest } from '../../src/answer/answerer.ts';
import { openRealLibrary, type RealLibrary } from './real-library.ts';

let library: RealLibrary;
beforeAll(async () => {
  library = await openRealLibrary();
});
afterAll(() => library?.close());

const ask = async (question: string, request: Omit<AnswerRequest, 'question'> = {}) =>
  (await library.answerer.answer({ question, ...request })).answer;
const titles = ({ citations }: Answer) => citations.map(({ title }) => title);

describe('an answer about the library', () => {
  it('counts the papers of a year, and says how many dates are known', async () => {
    const answer = await ask('how many papers do you have from 2024?');
    const dated = library.papers.filter(({ date }) => date?.startsWith('2024')).length;
    expect(answer).toMatchObject({ kind: 'answered', intent: 'count' });
    expect(answer.text).toMatch(
      new RegExp(`^Of the 17 papers in my library ${dated} are known .* known for 13 of them\\.`),
    );
  });

  it.each(['list all papers', 'papers', 'what papers do you have?'])(
    'to %j says how many there are and shows some',
    async (question) => {
      const answer = await ask(question);
      expect(answer).toMatchObject({ kind: 'answered' });
      expect(answer.text).toMatch(/^My library holds 17 papers; .* Here are 8, in no particular/);
      expect(answer.citations).toHaveLength(8);
    },
  );

  it('says of what is no date that it cannot be read', async () => {
    const { text } = await ask('papers about graphs from 2024-13-45');
    expect(text).toMatch(/^I can't read “2024-13-45” as a date; /);
    expect((await ask('papers from 2024-13-45')).text).toMatch(/^I can't read .*holds 17 papers/);
  });

  it('names the pages there are where one is asked for that is not', async () => {
    const { text } = await ask('what is DADAO?', { filter: { sources: ['nope.txt'] } });
    expect(text).toBe(
      'My library has no page named “nope.txt”; the pages are “hostile.txt”, “small.txt”.',
    );
    const filter = { sources: ['nope.txt', 'small.txt'] };
    const half = await ask('what is DADAO?', { filter });
    expect(half.text).toMatch(/^My library has no page named “nope.txt”/);
    expect(titles(half)).toEqual([expect.stringMatching(/^DADAO/)]);
  });
});

describe('a comparison', () => {
  it.each(['compare LeYOLO', 'compare LeYOLO and nothing', 'LeYOLO vs FooBarNet'])(
    'to %j is about the one side that is there, and says so',
    async (question) => {
      const answer = await ask(question);
      expect(answer).toMatchObject({ kind: 'answered', intent: 'compare' });
      expect(answer.text).toMatch(/^I found only one side of this comparison/);
      expect(titles(answer)).toEqual([expect.stringMatching(/^LeYOLO/)]);
    },
  );

  it('to a comparison of two that are there is about both', async () => {
    const answer = await ask('compare LeYOLO and DADAO');
    expect(
      titles(answer)
        .map((title) => title.slice(0, 5))
        .sort(),
    ).toEqual(['DADAO', 'LeYOL']);
    expect(answer.text).not.toContain('only one side');
  });
});

describe('a question in another language', () => {
  it.each(['Wie funktioniert DADAO?', '¿Qué es DADAO?', 'что такое DADAO?', 'DADAOとは何ですか'])(
    'to %j comes from the paper named, with a word on the language',
    async (question) => {
      const answer = await ask(question);
      expect(answer.kind).toBe('answered');
      expect(titles(answer)).toEqual([expect.stringMatching(/^DADAO/)]);
      expect(answer.text).toContain('a question in English finds more');
    },
  );
});
