import type { CommandContext } from '../src/commands/command.ts';
import { seededRandom } from '../test/papers/seeded-random.ts';
import { FORMS, fuzzOnce } from './fuzz-payloads.ts';
import { nonsenseIn } from './fuzz-records.ts';
import { printFigures, printTable } from './report.ts';

const PAYLOADS = 100_000;
const SEED = 20_261_126;

/** `bench fuzz-sources`: payloads made wrong at random, past every reader; throws at the first nonsense. */
export async function benchFuzzSources(context: CommandContext): Promise<void> {
  const started = performance.now();
  const results = fuzz(PAYLOADS, context.signal);
  const seconds = (performance.now() - started) / 1000;
  const rows = [...results].map(([name, { payloads, records }]) => [
    name,
    `${payloads}`,
    `${records}`,
  ]);
  printTable(context, {
    title: 'Payloads made wrong at random',
    rows: [['form', 'payloads', 'records that were still read'], ...rows],
  });
  const records = [...results.values()].reduce((sum, one) => sum + one.records, 0);
  printFigures(context, { payloads: PAYLOADS, records, crashes: 0, nonsense: 0, seconds });
}

/** Reads that many payloads of all forms in turn; throws where one crashes its reader or gives nonsense. */
export function fuzz(
  count: number,
  signal?: AbortSignal,
): ReadonlyMap<string, { readonly payloads: number; readonly records: number }> {
  const random = seededRandom(SEED);
  const results = new Map<string, { payloads: number; records: number }>();
  for (let at = 0; at < count; at += 1) {
    if (at % 1_000 === 0) signal?.throwIfAborted();
    const form = FORMS[at % FORMS.length];
    if (form === undefined) break;
    const { payload, items } = fuzzOnce(form, random);
    const nonsense = nonsenseIn(items);
    if (nonsense.length > 0) {
      throw new Error(`${form.name} gives ${nonsense.join(', ')} for ${JSON.stringify(payload)}`);
    }
    const result = results.get(form.name) ?? { payloads: 0, records: 0 };
    result.payloads += 1;
    result.records += items.filter(({ kind }) => kind === 'record').length;
    results.set(form.name, result);
  }
  return results;
}
