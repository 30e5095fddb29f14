import type { MetaEntry, PageEntry, TextEntry } from './page-entries.ts';
import { isAbstractBefore, isTitleBefore } from './title-or-abstract.ts';

const LONGEST_TEXT = 20_000;
const TOO_LONG = `the text is longer than ${LONGEST_TEXT.toLocaleString('en-US')} characters`;
const NO_ABSTRACT = 'a title without an abstract below it';
const NO_TITLE = 'an abstract without a title above it';

/** A title with its abstract and, where the page has it, the meta block below them. */
export interface PagePair {
  readonly title: TextEntry;
  readonly abstract: TextEntry;
  readonly meta?: MetaEntry;
}

/** A line that became no record, and why. */
export interface RefusedLine {
  /** From 1; of the title, where there is one. */
  readonly line: number;
  readonly reason: string;
}

interface Pairing {
  readonly pairs: PagePair[];
  readonly refused: RefusedLine[];
  title: TextEntry | undefined;
  /** True right after a pair, while a meta block still belongs to it. */
  isOpen: boolean;
}

/**
 * Pairs titles with abstracts by place and by look, so that one lost line costs one paper and
 * never shifts the rest.
 */
export function pairEntries(entries: readonly PageEntry[]): {
  pairs: PagePair[];
  refused: RefusedLine[];
} {
  const state: Pairing = { pairs: [], refused: [], title: undefined, isOpen: false };
  for (const [at, entry] of entries.entries()) {
    const next = entries[at + 1];
    if (entry.kind === 'meta') addMeta(state, entry);
    else addText(state, { entry, following: next?.kind === 'text' ? next.text : '' });
  }
  refuseTitle(state);
  return { pairs: state.pairs, refused: state.refused };
}

function addMeta(state: Pairing, meta: MetaEntry): void {
  const last = state.pairs.at(-1);
  if (state.title === undefined && state.isOpen && last !== undefined) {
    state.pairs[state.pairs.length - 1] = { ...last, meta };
  }
  refuseTitle(state);
  state.isOpen = false;
}

function addText(state: Pairing, text: { entry: TextEntry; following: string }): void {
  const { entry, following } = text;
  state.isOpen = false;
  if (entry.text.length > LONGEST_TEXT) refuseLong(state, entry);
  else if (state.title !== undefined && isAbstractBefore(entry.text, following)) {
    state.pairs.push({ title: state.title, abstract: entry });
    state.title = undefined;
    state.isOpen = true;
  } else {
    refuseTitle(state);
    if (isTitleBefore(entry.text, following)) state.title = entry;
    else state.refused.push({ line: entry.line, reason: NO_TITLE });
  }
}

function refuseLong(state: Pairing, entry: TextEntry): void {
  state.refused.push({ line: state.title?.line ?? entry.line, reason: TOO_LONG });
  state.title = undefined;
}

function refuseTitle(state: Pairing): void {
  if (state.title === undefined) return;
  state.refused.push({ line: state.title.line, reason: NO_ABSTRACT });
  state.title = undefined;
}
