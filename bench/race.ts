import { percentile } from '../src/eval/metrics.ts';

/** One of the systems measured side by side. */
export interface Contender<Input> {
  readonly name: string;
  run(input: Input): Promise<unknown>;
}

export interface RaceOptions<Input> {
  readonly contenders: readonly Contender<Input>[];
  readonly inputs: readonly Input[];
  readonly rounds: number;
  /** Inputs that every contender is given first, untimed; none by default. */
  readonly warmUp?: readonly Input[];
  readonly signal: AbortSignal;
}

/**
 * Times all contenders on every input in turn (A B C, B C A, ...), so that noise hits all alike.
 * Gives for each contender, by name, the median over the rounds for every input, in milliseconds.
 */
export async function race<Input>(
  options: RaceOptions<Input>,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const { contenders, inputs, rounds, warmUp = [], signal } = options;
  for (const input of warmUp) for (const { run } of contenders) await run(input);
  const times = new Map(contenders.map(({ name }) => [name, inputs.map((): number[] => [])]));
  for (let round = 0; round < rounds; round++) {
    for (const [i, input] of inputs.entries()) {
      for (const { name, run } of rotate(contenders, round + i)) {
        signal.throwIfAborted();
        times.get(name)?.[i]?.push(await timed(() => run(input)));
      }
    }
  }
  return new Map([...times].map(([name, perInput]) => [name, perInput.map(median)]));
}

/** How long the work takes, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

function rotate<T>(items: readonly T[], by: number): readonly T[] {
  const at = by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}
