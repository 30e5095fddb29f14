import { createHash } from 'node:crypto';
import { foldTitle } from './fold.ts';
import type { PaperId } from './paper.ts';

const HASH_DIGITS = 16;

/** What identifies a paper. */
export interface PaperKey {
  readonly arxivId?: string | undefined;
  readonly title: string;
}

/** The one builder of a PaperId: from the arXiv id where it is known, else from the title. */
export function paperId({ arxivId, title }: PaperKey): PaperId {
  const id =
    arxivId === undefined ? `title:${titleHash(title)}` : `arxiv:${unversionedArxivId(arxivId)}`;
  return id as PaperId; // The brand exists for the compiler only.
}

/** The paper's page on arXiv where its id is known, else a search for its title. */
export function paperUrl({ arxivId, title }: PaperKey): string {
  if (arxivId !== undefined) return `https://arxiv.org/abs/${unversionedArxivId(arxivId)}`;
  // encodeURIComponent throws on half a surrogate pair.
  return `https://huggingface.co/papers?q=${encodeURIComponent(title.toWellFormed())}`;
}

/** "arXiv:2401.00001v3" -> "2401.00001": all versions are one paper. */
export function unversionedArxivId(arxivId: string): string {
  return arxivId
    .trim()
    .replace(/^arxiv:/i, '')
    .replace(/v\d+$/i, '');
}

/** The id of a title alone, whether or not the paper has a better one. */
export function titleId(title: string): PaperId {
  return paperId({ title });
}

function titleHash(title: string): string {
  return createHash('sha256').update(foldTitle(title)).digest('hex').slice(0, HASH_DIGITS);
}
