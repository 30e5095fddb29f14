import type { Answer, Citation } from '../answer/answer.ts';
import { listed } from './describe-subscription.ts';
import type { AlikePaper, ChangedAnswer } from './digest.ts';
import { counted } from './digest-text.ts';

/** What is different about the evidence of a question; undefined when it is the same. */
export type EvidenceChange = Pick<ChangedAnswer, 'gained' | 'lost' | 'headline'>;

/**
 * Compares what two answers to the same question stand on: the papers they cite, and whether there
 * is an answer at all. Other words for the same evidence are no change.
 */
export function changeOfEvidence(
  before: Answer | undefined,
  after: Answer,
): EvidenceChange | undefined {
  const gained = papersOnlyIn(after.citations, before?.citations ?? []);
  const lost = papersOnlyIn(before?.citations ?? [], after.citations);
  if (before === undefined) {
    return {
      gained,
      lost,
      headline: 'I watch this question from now on. This is the answer today.',
    };
  }
  const isSame = before.kind === after.kind && gained.length + lost.length === 0;
  return isSame
    ? undefined
    : { gained, lost, headline: headlineOf(before, after, { gained, lost }) };
}

function headlineOf(
  before: Answer,
  after: Answer,
  {
    gained,
    lost,
  }: { readonly gained: readonly AlikePaper[]; readonly lost: readonly AlikePaper[] },
): string {
  const parts = [
    gained.length > 0 && `${counted(gained.length, 'new paper')} in the evidence`,
    lost.length > 0 && `${counted(lost.length, 'paper')} no longer among it`,
  ].filter((part) => part !== false);
  const how =
    before.kind === after.kind
      ? 'The evidence for a watched question has changed'
      : after.kind === 'answered'
        ? 'A watched question that had no answer has one now'
        : 'A watched question is no longer borne out by the papers';
  return parts.length === 0 ? `${how}.` : `${how}: ${listed(parts)}.`;
}

function papersOnlyIn(
  these: readonly Citation[],
  those: readonly Citation[],
): readonly AlikePaper[] {
  const other = new Set(those.map(({ paperId }) => paperId));
  return these
    .filter(({ paperId }) => !other.has(paperId))
    .map(({ paperId, title, url }) => ({ paperId, title, url }));
}
