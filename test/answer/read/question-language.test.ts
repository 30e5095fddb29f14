import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { isEnglish } from '../../../src/answer/read/question-language.ts';
import type { TermStatistics } from '../../../src/retrieval/term-statistics.ts';
import { fillers, makePaper, statisticsOf } from '../made-up-library.ts';

const QUESTIONS = new URL('../../../data/eval/questions.jsonl', import.meta.url);
const names = ['voxelkp'];

let statistics: TermStatistics;
beforeAll(async () => {
  const abstract = 'We introduce VoxelKP, a sparse network for human keypoints in LiDAR data.';
  statistics = await statisticsOf([makePaper('voxel', { abstract }), ...fillers(5)]);
});
const isInEnglish = (question: string) => isEnglish(question, { names, statistics });

describe('isEnglish', () => {
  it.each([
    'Wie funktioniert VoxelKP?',
    'Was ist VoxelKP?',
    'Welches Netzwerk schätzt Skelettgelenke?',
    '¿Qué es VoxelKP?',
    'que es voxelkp',
    "Qu'est-ce que VoxelKP ?",
    'Comment fonctionne VoxelKP ?',
    "Che cos'è VoxelKP?",
    'O que é VoxelKP?',
    'Wat is VoxelKP?',
    'Vad är VoxelKP?',
    'Co to jest VoxelKP?',
    'VoxelKP nedir?',
    'Apa itu VoxelKP?',
    'VoxelKP là gì?',
    'что такое VoxelKP?',
    '哪篇论文提出了 VoxelKP?',
    'VoxelKP とは何ですか',
    'ما هو VoxelKP؟',
    'VoxelKP क्या है?',
    'Τι είναι το VoxelKP;',
  ])('of %j is false', (question) => {
    expect(isInEnglish(question)).toBe(false);
  });

  it.each([
    'VoxelKP',
    'what is VoxelKP',
    'summarise VoxelKP',
    'does VoxelKP yodel?',
    'VoxelKP BLEU?',
    'who authored VoxelKP?',
    'EXPLAIN VOXELKP',
    'how do I bake sourdough croissants?',
    'em algorithm',
    'co-training',
    'what does β stand for?',
    'Lévy processes',
    'naïve Bayes',
  ])('of %j is true', (question) => {
    expect(isInEnglish(question)).toBe(true);
  });

  it('is true of every development question, even in a library that knows none of its words', () => {
    const lines = readFileSync(QUESTIONS, 'utf8').trimEnd().split('\n');
    const english = lines.map((line) => String(JSON.parse(line).question));
    const wrong = english.filter((question) => !isInEnglish(question));
    expect(wrong.length / english.length).toBeLessThan(0.02);
  });
});
