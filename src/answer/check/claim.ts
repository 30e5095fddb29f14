/** One sentence of a model with what it gives as evidence; nothing in it is checked yet. */
export interface Claim {
  readonly text: string;
  readonly evidence: readonly ClaimedEvidence[];
}

export interface ClaimedEvidence {
  /** The number the paper was given in the prompt, from 1. */
  readonly paper: number;
  readonly quote: string;
}
