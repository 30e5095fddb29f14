import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSuggestions } from '../../src/bot/suggest-questions.ts';
import { openRealLibrary, type RealLibrary } from '../answer/real-library.ts';
import { MemoryIndex } from '../fakes/memory-index.ts';

let library: RealLibrary;
let index: MemoryIndex;
beforeAll(async () => {
  library = await openRealLibrary();
  index = new MemoryIndex();
  await index.savePapers(library.papers);
});
afterAll(() => library.close());

describe('suggested questions', () => {
  it('are four short ones, each of which is answered with a citation', async () => {
    const { questions } = createSuggestions({ index, answerer: library.answerer });
    const suggested = await questions();
    expect(new Set(suggested).size).toBe(4);
    for (const question of suggested) {
      expect(question.length).toBeLessThanOrEqual(75);
      const { answer } = await library.answerer.answer({ question });
      expect(answer.kind).toBe('answered');
      expect(answer.citations.length).toBeGreaterThan(0);
    }
  });

  it('hold no words of a title that would act or speak', async () => {
    const { questions } = createSuggestions({ index, answerer: library.answerer });
    expect((await questions()).join(' ')).not.toMatch(/[<>@“”"[\]()`*|/]|https?:|www\.|password/i);
  });

  it('are made once for an index, and anew when it changes', async () => {
    let asked = 0;
    const counting = {
      answer: (request: { question: string }) => {
        asked += 1;
        return library.answerer.answer(request);
      },
    };
    const own = new MemoryIndex();
    await own.savePapers(library.papers);
    const { questions } = createSuggestions({ index: own, answerer: counting });
    const [one, other] = await Promise.all([questions(), questions()]);
    expect(other).toEqual(one);
    const before = asked;
    await questions();
    expect(asked).toBe(before);
    await own.savePapers(library.papers.slice(0, 1));
    await questions();
    expect(asked).toBeGreaterThan(before);
  });

  it('stay, in a large library, until it has grown by a tenth', async () => {
    const own = new MemoryIndex();
    let papers = 100_000;
    let version = 1;
    own.status = async () => ({ papers, dated: 0, embedded: papers, version, vectorVersion: 1 });
    const { questions } = createSuggestions({ index: own, answerer: library.answerer });
    await questions();
    [papers, version] = [100_500, 2];
    await questions();
    expect(own.calls.sample).toBe(1);
    [papers, version] = [112_000, 3];
    await questions();
    expect(own.calls.sample).toBe(2);
  });

  it('are none while nothing is indexed', async () => {
    const empty = { index: new MemoryIndex(), answerer: library.answerer };
    expect(await createSuggestions(empty).questions()).toEqual([]);
  });
});
