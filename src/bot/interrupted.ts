/** Why work on a message ends before there is an outcome. */
export type Interruption = 'lost' | 'stopped' | 'closing' | 'too-slow';

/** The reason of our abort signals. */
export class Interrupted extends Error {
  readonly why: Interruption;

  constructor(why: Interruption) {
    super(`The work was interrupted: ${why}.`);
    this.name = 'Interrupted';
    this.why = why;
  }
}
