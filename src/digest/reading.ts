/** A sentence that is read piece by piece: what was understood is taken out of it. */
export class Reading {
  readonly #problems: string[] = [];
  #rest: string;

  constructor(sentence: string) {
    this.#rest = sentence;
  }

  /** The first match of a pattern, which leaves a break where it stood. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    const found = pattern.exec(this.#rest);
    if (found === null) return undefined;
    const { index } = found;
    this.#rest = `${this.#rest.slice(0, index)} ; ${this.#rest.slice(index + found[0].length)}`;
    return found;
  }

  /** All matches. */
  takeAll(pattern: RegExp): readonly RegExpExecArray[] {
    const all: RegExpExecArray[] = [];
    for (let found = this.take(pattern); found !== undefined; found = this.take(pattern)) {
      all.push(found);
    }
    return all;
  }

  /** Notes what could not be read, and what to write instead. */
  complain(problem: string): void {
    this.#problems.push(problem);
  }

  get rest(): string {
    return this.#rest;
  }

  get problems(): readonly string[] {
    return this.#problems;
  }
}
