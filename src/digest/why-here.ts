import { foldText } from '../papers/fold.ts';
import type { Term } from './terms.ts';

const LONGEST_TITLE = 80;

/**
 * Why a channel is shown a paper, from the terms of its score alone: every term is named with what
 * it adds, so that the score can be read off the sentence.
 */
export function whyHere(terms: readonly Term[]): string {
  const reasons = terms.map((term) => `${describeTerm(term)} (${signed(term.value)})`);
  return `Here because it ${reasons.join('; ')}.`;
}

function describeTerm(term: Term): string {
  switch (term.kind) {
    case 'topic':
      return `fits “${term.topic}”`;
    case 'author':
      return `is by ${plain(term.name)}`;
    case 'organization':
      return `comes from ${plain(term.name)}`;
    case 'category':
      return `is in ${plain(term.name)}`;
    case 'liked':
      return `is near ${counted(term.papers)} you wanted more of, such as “${short(term.title)}”`;
    case 'disliked':
      return `is near ${counted(term.papers)} that were not for you, such as “${short(term.title)}”`;
    case 'upvotes':
      return `has ${term.upvotes} ${term.upvotes === 1 ? 'upvote' : 'upvotes'}`;
    case 'fresh':
      return term.days === 0
        ? 'came today'
        : `came ${term.days === 1 ? 'a day' : `${term.days} days`} ago`;
  }
}

/** "+0.41", "−0.20". */
export function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
}

function counted(papers: number): string {
  return papers === 1 ? 'a paper' : `${papers} papers`;
}

function short(title: string): string {
  const line = plain(title);
  return line.length <= LONGEST_TITLE ? line : `${line.slice(0, LONGEST_TITLE - 1).trimEnd()}…`;
}

/** Names come from papers: no quotation mark or bracket of theirs ends one of ours. */
function plain(text: string): string {
  return foldText(text)
    .replace(/[“”"()]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
