import type { Passage, Retrieval } from '../../retrieval/passage.ts';
import type { Decision } from '../decide.ts';
import { type DraftSentence, framing, quoted } from '../draft.ts';
import { inQuotes } from '../show/in-quotes.ts';
import { scoreSentences } from './sentence-scores.ts';

const MAX_WORDS = 5;

/** What to say when the papers do not answer: what is held, what is wanting, what comes nearest. */
export function refuse(
  decision: Exclude<Decision, { kind: 'enough' }>,
  { question, retrieval }: { readonly question: string; readonly retrieval: Retrieval },
): readonly DraftSentence[] {
  switch (decision.kind) {
    case 'not-stated':
      return notStated(decision, { question, retrieval });
    case 'nothing-near':
      return nothingNear(decision.missing, retrieval);
  }
}

function notStated(
  { passage, missing }: { readonly passage: Passage; readonly missing: readonly string[] },
  { question, retrieval }: { readonly question: string; readonly retrieval: Retrieval },
): readonly DraftSentence[] {
  const nearest = scoreSentences(passage, retrieval, question).toSorted(
    (a, b) => b.score - a.score,
  )[0];
  const title = inQuotes(passage.paper.title);
  // What was looked for by rules and not found may still be there in other words.
  const wanting = missing.length === 0 ? '' : ` I did not find ${listWords(missing)} there.`;
  const text = `I found no sentence in the abstract of ${title} that states this.${wanting}`;
  if (nearest === undefined) return [framing(text)];
  return [{ text, quotes: [nearest] }, framing('The nearest it comes is:'), quoted(nearest)];
}

function nothingNear(
  missing: readonly string[],
  { status, passages }: Retrieval,
): readonly DraftSentence[] {
  const held =
    status.papers === 1 ? 'the one abstract I hold' : `the ${status.papers} abstracts I hold`;
  const drafts = [framing(`I can't answer that from ${held}.`)];
  if (missing.length > 0) {
    drafts.push(framing(`No abstract near your question mentions ${listWords(missing)}.`));
  }
  if (passages.length > 0) {
    drafts.push(framing('The papers listed as nearest may still be worth a look.'));
  }
  return drafts;
}

function listWords(words: readonly string[]): string {
  const shown = words.slice(0, MAX_WORDS).map(inQuotes);
  const rest = words.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more of your words`;
  return shown.length < 2
    ? shown.join('')
    : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1) ?? ''}`;
}
