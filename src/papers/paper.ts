/** The id of a Paper: `arxiv:2401.00001`, or `title:<hash>` while no arXiv id is known. */
export type PaperId = string & { readonly brand: 'PaperId' };

/** One place a Paper was found: a saved page and the line its title stands on (from 1). */
export interface PaperOrigin {
  readonly page: string;
  readonly line: number;
}

/** One scholarly work, its versions and its appearances on several pages joined. */
export interface Paper {
  readonly id: PaperId;
  readonly title: string;
  /** The abstract exactly as it stood in the source; quotes are checked against it. */
  readonly abstract: string;
  /** Link to the paper itself where its arXiv id is known, else to a title search. */
  readonly url: string;
  readonly arxivId?: string;
  /** Publication date, `YYYY-MM-DD`. */
  readonly date?: string;
  /** True when the source gave no year and the page implied it. */
  readonly dateInferred?: boolean;
  readonly authors?: readonly string[];
  readonly authorCount?: number;
  readonly organization?: string;
  readonly commentCount?: number;
  readonly sources: readonly PaperOrigin[];
}
