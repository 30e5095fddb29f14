import { z } from 'zod';

const Ranked = z.strictObject({ paperId: z.string(), title: z.string(), score: z.number() });
const Evidence = z.strictObject({ quote: z.string().min(1), start: z.int(), end: z.int() });
/** The object of the contract, as `ask --json` prints it without a chat model: nothing else may be in it. */
export const Line = z.strictObject({
  id: z.string(),
  kind: z.enum(['answered', 'insufficient-evidence']),
  intent: z.enum(['ask', 'list', 'count', 'compare', 'similar', 'claim', 'help', 'small-talk']),
  text: z.string().min(1),
  sentences: z.array(z.strictObject({ text: z.string().min(1), citations: z.array(z.int()) })),
  citations: z.array(
    z.strictObject({
      n: z.int().min(1),
      paperId: z.string().regex(/^(?:arxiv:\d{4}\.\d{4,5}|title:[0-9a-f]+)$/),
      title: z.string().min(1),
      url: z.url({ protocol: /^https$/ }),
      date: z.iso.date().optional(),
      evidence: z.array(Evidence).min(1),
    }),
  ),
  passages: z.array(Ranked).max(10),
  nearest: z.array(Ranked).optional(),
  trace: z.strictObject({
    answerId: z.uuid(),
    ms: z.record(z.string(), z.number().min(0)),
    modelCalls: z.int(),
    promptTokens: z.int(),
    completionTokens: z.int(),
    mode: z.string().min(1),
    notes: z.array(z.string()).optional(),
    passages: z
      .array(
        z.strictObject({
          paperId: z.string(),
          rank: z.int(),
          score: z.number(),
          signals: z.record(z.string(), z.number()),
          ranks: z.record(z.string(), z.number()),
        }),
      )
      .max(10)
      .optional(),
  }),
  table: z
    .strictObject({
      columns: z.array(z.strictObject({ paperId: z.string(), title: z.string() })),
      rows: z.array(
        z.strictObject({
          aspect: z.string(),
          cells: z.array(
            z
              .strictObject({
                n: z.int(),
                quote: z.string(),
                start: z.int(),
                end: z.int(),
              })
              .nullable(),
          ),
        }),
      ),
    })
    .optional(),
});
