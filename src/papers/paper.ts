/** The id of a Paper: `arxiv:2401.00001`, or `title:<hash>` while no arXiv id is known. */
export type PaperId = string & { readonly brand: 'PaperId' };

/**
 * One place a Paper was found: a saved page or file and the line its title stands on (from 1), or
 * the name of a site, such as `arxiv`.
 */
export interface PaperOrigin {
  readonly page: string;
  readonly line: number;
}

/** Who tells of a paper; the earlier ones are believed before the later ones. */
export const RECORD_SOURCES = [
  'arxiv-oai',
  'arxiv-api',
  'kaggle',
  'arxiv-feed',
  'hugging-face',
  'export',
  'bibtex',
  'pages',
] as const;
export type RecordSource = (typeof RECORD_SOURCES)[number];

/** A day's list that a paper stood on, and its place there (from 1). */
export interface Listing {
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly rank?: number;
}

/** What can be known of a paper, whoever tells it. */
export interface PaperFacts {
  readonly title: string;
  /** The abstract as the source gave it, without its line breaks; quotes are checked against it. */
  readonly abstract: string;
  /** Without its version. */
  readonly arxivId?: string;
  /** The arXiv version that title and abstract are of. */
  readonly version?: number;
  /** Publication date, `YYYY-MM-DD`; of the first version. */
  readonly date?: string;
  /** True when the source gave no year and the page implied it. */
  readonly dateInferred?: boolean;
  /** The day of the version, `YYYY-MM-DD`. */
  readonly updated?: string;
  readonly authors?: readonly string[];
  readonly authorCount?: number;
  readonly organization?: string;
  readonly commentCount?: number;
  readonly upvotes?: number;
  /** arXiv categories, the primary one first. */
  readonly categories?: readonly string[];
  readonly license?: string;
  readonly doi?: string;
  readonly journal?: string;
  /** What its authors noted on arXiv, such as where it was accepted. */
  readonly comment?: string;
  /** True when its authors or arXiv took it back: it is not cited any more. */
  readonly withdrawn?: boolean;
  /** The daily lists of Hugging Face it stood on, latest first. */
  readonly listed?: readonly Listing[];
  /** The days arXiv announced it, latest first. */
  readonly announced?: readonly string[];
}

/** What a new version changed in the abstract, in whole sentences. */
export interface AbstractChange {
  readonly fromVersion: number;
  readonly toVersion: number;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** One scholarly work, its versions and its appearances in several sources joined. */
export interface Paper extends PaperFacts {
  readonly id: PaperId;
  /** Link to the paper itself where its arXiv id is known, else to a title search. */
  readonly url: string;
  readonly sources: readonly PaperOrigin[];
  /** Between the two latest versions we saw, where the abstract differs. */
  readonly change?: AbstractChange;
  /** Which source each fact is from; `*` for all not named. Without it, saved pages. */
  readonly provenance?: Readonly<Record<string, RecordSource>>;
}
