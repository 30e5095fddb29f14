/** Why a paper scores as it does: each term is one addend, to two places. */
export type Term =
  | { readonly kind: 'topic'; readonly topic: string; readonly value: number }
  | { readonly kind: 'author'; readonly name: string; readonly value: number }
  | { readonly kind: 'organization'; readonly name: string; readonly value: number }
  | { readonly kind: 'category'; readonly name: string; readonly value: number }
  /** Near what the channel asked for more of, `title` the nearest of it; below zero for the opposite. */
  | {
      readonly kind: 'liked' | 'disliked';
      readonly papers: number;
      readonly title: string;
      readonly value: number;
    }
  | { readonly kind: 'upvotes'; readonly upvotes: number; readonly value: number }
  | { readonly kind: 'fresh'; readonly days: number; readonly value: number };

/** The score of a paper is the sum of its terms, to two places. */
export function scoreOf(terms: readonly Term[]): number {
  return toPlaces(terms.reduce((sum, { value }) => sum + value, 0));
}

/** Rounded to two places, which is what is shown: what a reader adds up is the score. */
export function toPlaces(value: number): number {
  const rounded = Math.round(value * 100) / 100;
  return rounded === 0 ? 0 : rounded;
}
