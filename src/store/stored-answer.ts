import { z } from 'zod';
import type { Answer } from '../answer/answer.ts';
import type { Paper, PaperId } from '../papers/paper.ts';

const paperId = z.custom<PaperId>((value) => typeof value === 'string');

// Loose: a field that is added to Paper or Answer later comes back without being named here.

/** A Paper as it is stored in JSON. */
export const storedPaper: z.ZodType<Paper> = z.looseObject({
  id: paperId,
  title: z.string(),
  abstract: z.string(),
  url: z.string(),
  date: z.string().exactOptional(),
  dateInferred: z.boolean().exactOptional(),
  sources: z.array(z.looseObject({ page: z.string(), line: z.number() })),
});

const rankedPaper = z.looseObject({ paperId, title: z.string(), score: z.number() });

const citation = z.looseObject({
  n: z.number(),
  paperId,
  title: z.string(),
  url: z.string(),
  date: z.string().exactOptional(),
  evidence: z.array(z.looseObject({ quote: z.string(), start: z.number(), end: z.number() })),
});

const trace = z.looseObject({
  answerId: z.string(),
  ms: z.record(z.string(), z.number()),
  modelCalls: z.number(),
  promptTokens: z.number(),
  completionTokens: z.number(),
  mode: z.string(),
});

/** An Answer as it is stored in JSON. */
export const storedAnswer: z.ZodType<Answer> = z.looseObject({
  kind: z.enum(['answered', 'insufficient-evidence']),
  intent: z.enum(['ask', 'list', 'count', 'compare', 'similar', 'claim', 'help', 'small-talk']),
  text: z.string(),
  sentences: z.array(z.looseObject({ text: z.string(), citations: z.array(z.number()) })),
  citations: z.array(citation),
  passages: z.array(rankedPaper),
  nearest: z.array(rankedPaper).exactOptional(),
  trace,
});
