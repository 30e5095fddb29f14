import type { CachedAnswer } from '../../src/answer/answer-cache.ts';
import { makeTurn } from './make-turn.ts';

/** An answer to keep, every field filled, made up. */
export function makeKeptAnswer(fields: Partial<CachedAnswer> = {}): CachedAnswer {
  const { answer, papers, question } = makeTurn({ answerId: fields.key ?? 'key' });
  return {
    key: 'key',
    group: 'group',
    question,
    vector: Float32Array.of(0.6, -0.8, 1 / 3),
    given: 'arxiv:2401.00001 arxiv:2401.00002',
    answeredAt: '2026-01-02T03:04:05.678Z',
    answered: { answer, papers },
    ...fields,
  };
}

/** An ISO time so many minutes after the start of 2026. */
export function atMinute(minute: number): string {
  return new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
}
