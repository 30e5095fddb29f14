import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBreaches, loadFloors, renderBreach } from '../../src/eval/floors.ts';

const SHIPPED = join(import.meta.dirname, '../../data/eval/floors.json');
const FLOORS = {
  retrieval: { ndcg10: 0.83 },
  answers: { refusal: 0.65 },
  modern: { ndcg10: 0.87 },
  max: { falseRefusal: 0.08 },
};

describe('findBreaches', () => {
  it('finds none when every figure is at its limit', () => {
    const measured = {
      retrieval: { ndcg10: 0.83 },
      answers: { refusal: 0.65, falseRefusal: 0.08 },
      modern: { ndcg10: 0.87 },
    };
    expect(findBreaches(FLOORS, measured)).toEqual([]);
  });

  it('names what is too low, too high and not measured', () => {
    const measured = {
      retrieval: { ndcg10: 0.829 },
      answers: { falseRefusal: 0.09 },
      modern: { ndcg10: 0.869 },
    };
    expect(findBreaches(FLOORS, measured).map(renderBreach)).toEqual([
      'ndcg10 is 0.829, below its floor 0.83',
      'refusal was not measured; its limit is 0.65',
      'modern ndcg10 is 0.869, below its floor 0.87',
      'falseRefusal is 0.090, above its limit 0.08',
    ]);
  });

  it('takes a figure that is no number as a breach', () => {
    const answers = { refusal: 1, falseRefusal: Number.NaN };
    const found = findBreaches(FLOORS, {
      retrieval: { ndcg10: Number.NaN },
      answers,
      modern: FLOORS.modern,
    });
    expect(found.map((breach) => breach.kind)).toEqual(['too-low', 'too-high']);
  });
});

describe('loadFloors', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'floors-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  it('loads the floors that ship', async () => {
    const floors = await loadFloors(SHIPPED);
    expect(floors.answers.citationValidity).toBe(1);
    expect(floors.modern.ndcg10).toBeGreaterThanOrEqual(0.84);
    expect(floors.max).toHaveProperty('falseRefusal');
  });

  it.each([
    ['a missing file', undefined],
    ['broken JSON', '{'],
    ['an unknown group', '{"retrievals": {"ndcg10": 0.8}}'],
    ['a floor in words', '{"answers": {"refusal": "high"}}'],
  ])('refuses %s', async (_name, text) => {
    const file = join(dir, 'floors.json');
    if (text !== undefined) await writeFile(file, text);
    const message = expect.stringContaining(file);
    await expect(loadFloors(file)).rejects.toMatchObject({ code: 'input', message });
  });
});
