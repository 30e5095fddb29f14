import type { AnswerCache, CachedAnswer } from '../../src/answer/answer-cache.ts';

const MOST_ANSWERS = 5_000;
const MOST_QUESTIONS = 1_000;

/** An AnswerCache without a store. */
export class MemoryAnswerCache implements AnswerCache {
  #kept = new Map<string, CachedAnswer>();

  async get(key: string) {
    return this.#kept.get(key);
  }

  async questions(group: string) {
    const ofGroup = [...this.#kept.values()].filter((kept) => kept.group === group);
    const latest = ofGroup.sort(latestFirst).slice(0, MOST_QUESTIONS);
    return latest.map(({ answered: _, ...question }) => question);
  }

  async put(answer: CachedAnswer) {
    this.#kept.set(answer.key, answer);
    if (this.#kept.size <= MOST_ANSWERS) return;
    const latest = [...this.#kept.values()].sort(latestFirst).slice(0, MOST_ANSWERS);
    this.#kept = new Map(latest.map((kept) => [kept.key, kept]));
  }
}

function latestFirst(a: CachedAnswer, b: CachedAnswer): number {
  return a.answeredAt < b.answeredAt || (a.answeredAt === b.answeredAt && a.key < b.key) ? 1 : -1;
}
